import TrackCore

/// An execution that is written: when it was, where it stands among all that is traced, and how it ended.
struct FinishedExecution: Sendable {
  /// Its id.
  let id: String
  /// Its start; nil where the start is not in the journal any more.
  let start: EventRecord?
  /// Its ending.
  let ending: EventRecord
  /// When it began, in microseconds since 1970.
  let begin: Int64
  /// When it ended; never before it began.
  let end: Int64
  /// Where it stands among all that is traced.
  let trace: TraceContext
  /// What was reported of it, in the order of time; what lies outside of it is moved to its edge.
  let reports: [(time: Int64, record: EventRecord)]
  /// How many reports are left out.
  let dropped: Int
  /// Whether an earlier run wrote it as abandoned.
  let replacesAbandonment: Bool

  /// Puts an execution together; nil when it has no ending.
  init?(id: String, _ held: HeldExecution) {
    guard let ending = held.ending, let ended = ending.timestamp?.microseconds else { return nil }
    let lasted = ending.details.number(WireKey.durationSeconds).flatMap { (0...1e9).contains($0) ? $0 : nil }
    let length = Int64((lasted ?? 0) * 1e6)
    let begin = max(0, held.start?.timestamp?.microseconds ?? ended - length)
    let end = ended >= begin ? ended : begin + length
    self.id = id
    (start, self.ending, self.begin, self.end) = (held.start, ending, begin, end)
    let parent = held.start?.details.text(WireKey.parentExecutionID)
    trace =
      held.start?.details.trace
      ?? TraceContext(derivedFrom: id, run: (held.start ?? ending).run, parent: parent)
    reports = held.reports.compactMap { record in
      record.timestamp.map { (min(max($0.microseconds, begin), end), record) }
    }.enumerated().sorted { ($0.element.0, $0.offset) < ($1.element.0, $1.offset) }.map(\.element)
    dropped = held.dropped
    replacesAbandonment = held.wasWritten
  }

  /// The task.
  var task: String? { start?.task ?? ending.task }
  /// The droid that started it.
  var droid: String? { start?.droid ?? ending.droid }
  /// The run.
  var run: String? { start?.run ?? ending.run }
  /// The host.
  var host: String? { start?.host ?? ending.host }
  /// The project.
  var project: String? { start?.project ?? ending.project }
  /// The execution it was started in.
  var parent: String? { start?.details.text(WireKey.parentExecutionID) }

  /// How it ended; a line whose status is none of ours says what its type says.
  var status: Status {
    let told = ending.status.flatMap { Status(rawValue: $0) }
    if ending.type == EventType.abandoned { return .abandoned }
    return told.flatMap { $0.isEnding ? $0 : nil } ?? .completed
  }
}
