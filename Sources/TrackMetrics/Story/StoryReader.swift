import TrackCore

/// Finds everything that is recorded of one execution, or of every execution of a task.
///
/// The logs are read twice with bounded memory: once for the executions meant, once for what names them. A line is
/// taken apart only when it holds the text that is looked for.
package struct StoryReader {
  private let directories: [LogSource]

  /// Reads `directories`.
  package init(_ directories: [LogSource]) { self.directories = directories }

  /// The stories, the earliest first; none when nothing is recorded of the subject.
  /// - Throws: `Unreadable` when a log cannot be read: half a story would be told as a whole one.
  package func stories(of subject: StorySubject) throws(Unreadable) -> [Story] {
    let ids = try executions(of: subject)
    guard !ids.isEmpty else { return [] }
    var found = Collected()
    try read(holding: Self.needles(of: ids)) { record, place in found.add(record, place, of: ids) }
    return found.stories
  }

  /// A log that cannot be read.
  package struct Unreadable: Error, Hashable {
    /// Its name, as the report names it.
    package let name: String
    /// Why.
    package let reason: String
  }

  private func executions(of subject: StorySubject) throws(Unreadable) -> Set<String> {
    switch subject {
    case .execution(let id): return [id]
    case .task(let task):
      var ids: Set<String> = []
      try read(holding: Self.needles(of: [task])) { record, _ in
        if record.task == task, let execution = record.execution { ids.insert(execution) }
      }
      return ids
    }
  }

  /// What a line must hold to be looked at: one of the texts, or nothing in particular where there are many.
  ///
  /// An id that needs escapes in JSON may stand escaped in several ways, so it is not looked for by its bytes.
  private static func needles(of texts: Set<String>) -> [[UInt8]] {
    let isPlain = texts.allSatisfy {
      $0.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != 0x22 && $0 != 0x5C && $0 != 0x2F }
    }
    return isPlain && texts.count <= 16 ? texts.map { Array($0.utf8) } : []
  }

  private func read(holding needles: [[UInt8]], _ take: (EventRecord, String) -> Void) throws(Unreadable) {
    var seen: Set<FileStatus.Identity> = []
    for directory in directories {
      let names: [String]
      do throws(SystemError) {
        names = try Directory(path: directory.path, followingLink: true).names().sorted()
      } catch  where error.isAbsence {
        continue
      } catch {
        throw Unreadable(name: directory.label, reason: error.message)
      }
      for name in names where LogSource.holdsLines(name) {
        let label = "\(directory.label)/\(name)"
        do throws(SystemError) {
          try read("\(directory.path)/\(name)", name, holding: needles, &seen, take)
        } catch {
          throw Unreadable(name: label, reason: error.message)
        }
      }
    }
  }

  private func read(
    _ path: String, _ name: String, holding needles: [[UInt8]], _ seen: inout Set<FileStatus.Identity>,
    _ take: (EventRecord, String) -> Void
  ) throws(SystemError) {
    var reader = try LineReader(path: path)
    guard seen.insert(reader.identity).inserted else { return }
    while let line = try reader.next() {
      guard needles.isEmpty || needles.contains(where: { line.bytes.contains($0, in: line.range) }) else { continue }
      guard let record = try? EventRecord(line: line.bytes, in: line.range) else { continue }
      take(record, "\(name):\(line.number)")
    }
  }
}

/// What was found of several executions so far.
private struct Collected {
  private var entries: [String: [Story.Entry]] = [:]
  private var relatives: [String: [Story.Relative]] = [:]
  private var seen: Set<String> = []

  mutating func add(_ record: EventRecord, _ place: String, of ids: Set<String>) {
    guard let execution = record.execution ?? record.details.text(WireKey.executionID) else { return }
    // The copy in `droid_status` and a shipped repeat say nothing new.
    let identity = record.id.map { "\(record.type ?? "") \($0)" } ?? "\(record.fields)"
    guard seen.insert(identity).inserted else { return }
    if ids.contains(execution) { entries[execution, default: []].append(Story.Entry(record: record, place: place)) }
    guard record.type == EventType.started else { return }
    relate(record, execution, .child, WireKey.parentExecutionID, ids)
    relate(record, execution, .retry, WireKey.retryOf, ids)
  }

  private mutating func relate(
    _ record: EventRecord, _ execution: String, _ kind: Story.Relative.Kind, _ key: String, _ ids: Set<String>
  ) {
    guard let other = record.details.text(key), ids.contains(other) else { return }
    relatives[other, default: []].append(
      Story.Relative(
        kind: kind, id: execution, task: record.task, droid: record.droid, started: record.timestamp))
  }

  var stories: [Story] {
    entries.map { id, entries in
      let related = (relatives[id] ?? []).enumerated()
        .sorted { (order($0.element.started), $0.offset) < (order($1.element.started), $1.offset) }
      let ordered = entries.enumerated()
        .sorted { (order($0.element.record), $0.offset) < (order($1.element.record), $1.offset) }
      return Story(id: id, entries: ordered.map(\.element), relatives: related.map(\.element))
    }
    .sorted { (order($0.entries.first?.record), $0.id) < (order($1.entries.first?.record), $1.id) }
  }

  private func order(_ time: Timestamp?) -> Int64 { time?.microseconds ?? .max }

  /// By time; of what happened at once, the start comes first and the result after the ending it belongs to.
  private func order(_ record: EventRecord?) -> Order {
    let rank =
      switch record?.type {
      case EventType.started: 0
      case EventType.completed, EventType.abandoned: 2
      case EventType.result: 3
      case EventType.validated: 4
      default: 1
      }
    return Order(time: order(record?.timestamp), rank: rank)
  }

  private struct Order: Comparable {
    let time: Int64
    let rank: Int

    static func < (left: Self, right: Self) -> Bool { (left.time, left.rank) < (right.time, right.rank) }
  }
}
