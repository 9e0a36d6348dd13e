package import TrackCore

/// What is counted of a session: names, numbers and paths, never a prompt nor what a tool was given or answered.
///
/// A pure fold over events: time is passed in. Everything in it is bounded, however long the session is.
package struct SessionCounters: Hashable, Sendable {
  /// How often a tool was called, and how it went.
  package struct Tally: Hashable, Sendable {
    package var calls = 0
    package var failures = 0
    /// How long its calls took that were seen to begin and end.
    package var milliseconds = 0.0
  }

  /// A call that has begun.
  package struct Pending: Hashable, Sendable {
    package let id: String?
    package let tool: String
    package let began: Timestamp
  }

  static let maximumTools = 64
  static let maximumPending = 64
  static let maximumPaths = 200
  private static let maximumFinished = 64
  private static let maximumPathLength = 512

  package internal(set) var prompts = 0
  package internal(set) var turns = 0
  package internal(set) var compactions = 0
  /// By the name they are counted under, in the order in which they were met.
  package internal(set) var tools: [(name: String, tally: Tally)] = []
  package internal(set) var created: [String] = []
  package internal(set) var modified: [String] = []
  /// Paths beyond the number that is kept.
  package internal(set) var pathsLeftOut = 0
  var pending: [Pending] = []
  /// The ids of calls that have ended lately: a repeated event says nothing new.
  var finished: [String] = []

  package init() {}

  package static func == (left: Self, right: Self) -> Bool { left.members == right.members }
  package func hash(into hasher: inout Hasher) { hasher.combine(members) }

  /// All calls.
  package var calls: Int { tools.reduce(0) { $0 + $1.tally.calls } }
  /// The calls that failed.
  package var failures: Int { tools.reduce(0) { $0 + $1.tally.failures } }

  /// Takes in that a call begins; false when it was known.
  mutating func begin(_ call: ToolCall, at time: Timestamp) -> Bool {
    if let id = call.id, pending.contains(where: { $0.id == id }) || finished.contains(id) { return false }
    let name = ToolName.counted(call.tool)
    change(name) { $0.calls += 1 }
    pending.append(Pending(id: call.id, tool: name, began: time))
    if pending.count > Self.maximumPending { pending.removeFirst() }
    return true
  }

  /// Takes in that a call has ended; false when that was known.
  mutating func end(_ call: ToolCall, failed: Bool, at time: Timestamp) -> Bool {
    if let id = call.id, finished.contains(id) { return false }
    let name = ToolName.counted(call.tool)
    let begun = pending.firstIndex { call.id == nil ? $0.tool == name : $0.id == call.id }
    var milliseconds = call.milliseconds
    if let begun {
      let began = pending.remove(at: begun).began
      milliseconds = milliseconds ?? max(0, time.seconds(since: began) * 1_000)
    }
    change(name) { tally in
      // Its beginning was not told, or so long ago that it was forgotten.
      if begun == nil { tally.calls += 1 }
      if failed { tally.failures += 1 }
      tally.milliseconds += min(milliseconds ?? 0, 1e12)
    }
    if let id = call.id {
      finished.append(id)
      if finished.count > Self.maximumFinished { finished.removeFirst() }
    }
    if !failed { touch(call.paths, by: ToolRole(of: call.tool)) }
    return true
  }

  private mutating func change(_ name: String, _ body: (inout Tally) -> Void) {
    var name = name
    if !tools.contains(where: { $0.name == name }), tools.count >= Self.maximumTools { name = ToolName.other }
    let place = tools.firstIndex { $0.name == name } ?? tools.endIndex
    if place == tools.endIndex { tools.append((name, Tally())) }
    body(&tools[place].tally)
  }

  private mutating func touch(_ paths: [String], by role: ToolRole) {
    guard role == .creates || role == .edits || role == .patches else { return }
    for path in paths where !created.contains(path) && !modified.contains(path) {
      guard created.count + modified.count < Self.maximumPaths, path.utf8.count <= Self.maximumPathLength else {
        pathsLeftOut += 1
        continue
      }
      if role == .creates { created.append(path) } else { modified.append(path) }
    }
  }
}
