package import TrackCore

/// What the lines say of one execution id: sets of starts and endings, whatever their order and number.
///
/// Adding is a union, and notes with the same identity are joined field by field, so that neither the order of the
/// lines nor their repetition shows in the outcome.
package struct ExecutionRecord: Hashable, Sendable {
  /// The distinct starts, in order of time.
  ///
  /// The original's ids are unique only within a second, so there one id may stand for several executions.
  package private(set) var starts: [StartNote] = []
  /// The distinct endings, in order of time.
  package private(set) var endings: [EndingNote] = []
  /// The newest report on it.
  private(set) var lastReport: ReportNote?
  /// What its result is said to be.
  var result = ResultNote()

  package init() {}

  /// Takes in a start; false when it was known.
  package mutating func add(_ start: StartNote) -> Bool { Self.add(start, to: &starts) }

  /// Takes in an ending; false when it was known.
  package mutating func add(_ ending: EndingNote) -> Bool { Self.add(ending, to: &endings) }

  /// Takes in a report.
  mutating func add(_ report: ReportNote) {
    lastReport = lastReport.map { max($0, report) } ?? report
  }

  private static func add<Note: ExecutionNote>(_ note: Note, to notes: inout [Note]) -> Bool {
    if let known = notes.firstIndex(where: { $0.identity == note.identity }) {
      notes[known].join(note)
      return false
    }
    let place = notes.firstIndex { note.identity < $0.identity } ?? notes.endIndex
    notes.insert(note, at: place)
    return true
  }
}

/// A start or an ending, as a set of them holds it.
private protocol ExecutionNote {
  associatedtype Identity: Comparable
  /// What tells it from the others of the same execution.
  var identity: Identity { get }
  /// Takes over what `other`, which has the same identity, knows besides.
  mutating func join(_ other: Self)
}

/// What a start line says.
package struct StartNote: Hashable, Sendable, ExecutionNote {
  package let time: Timestamp?
  package let droid: String?
  package var task: String?
  /// The execution's own limit in seconds.
  package var limit: Double?
  /// Whether it is a session's.
  package var isSession: Bool

  package init(time: Timestamp?, droid: String?, task: String?, limit: Double?, isSession: Bool = false) {
    (self.time, self.droid, self.task, self.limit, self.isSession) = (time, droid, task, limit, isSession)
  }

  struct Identity: Comparable {
    let time: Int64
    let droid: String

    static func < (left: Self, right: Self) -> Bool {
      (left.time, left.droid) < (right.time, right.droid)
    }
  }

  var identity: Identity { Identity(time: order(of: time), droid: droid ?? "") }

  mutating func join(_ other: StartNote) {
    task = joined(task, other.task)
    limit = joined(limit, other.limit)
    isSession = isSession || other.isSession
  }
}

/// What an ending line says.
package struct EndingNote: Hashable, Sendable, ExecutionNote {
  package let time: Timestamp?
  package let kind: EndingKind
  package var droid: String?
  package var task: String?
  /// From the start to the ending in seconds, as the writer measured it.
  package var duration: Double?
  /// Why it was abandoned.
  package var reason: String?
  package var error: String?
  /// It was given up before.
  package var isLate = false

  package init(
    time: Timestamp?, kind: EndingKind, droid: String?, task: String?, duration: Double?, reason: String?,
    error: String?, isLate: Bool
  ) {
    (self.time, self.kind, self.droid, self.task) = (time, kind, droid, task)
    (self.duration, self.reason, self.error, self.isLate) = (duration, reason, error, isLate)
  }

  struct Identity: Comparable {
    let time: Int64
    let kind: Int

    static func < (left: Self, right: Self) -> Bool { (left.time, left.kind) < (right.time, right.kind) }
  }

  var identity: Identity { Identity(time: order(of: time), kind: kind.rawValue) }

  mutating func join(_ other: EndingNote) {
    droid = joined(droid, other.droid)
    task = joined(task, other.task)
    duration = joined(duration, other.duration)
    reason = joined(reason, other.reason)
    error = joined(error, other.error)
    isLate = isLate || other.isLate
  }
}

/// How an execution ended.
package enum EndingKind: Int, Sendable {
  case completed, failed, timeout, abandoned
}

/// The newest report on an execution.
package struct ReportNote: Hashable, Comparable, Sendable {
  /// When it was made.
  package let time: Timestamp
  /// The part done, 0 to 1.
  package let progress: Double?
  /// What the droid said.
  package let message: String?

  package static func < (left: Self, right: Self) -> Bool {
    (left.time, left.progress ?? -1, left.message ?? "") < (right.time, right.progress ?? -1, right.message ?? "")
  }
}

private func order(of time: Timestamp?) -> Int64 { time?.microseconds ?? .min }

/// The smaller of two values that are both known, else the known one: the same whichever comes first.
private func joined<Value: Comparable>(_ one: Value?, _ other: Value?) -> Value? {
  guard let one, let other else { return one ?? other }
  return min(one, other)
}
