import TrackCore

/// What is known so far of an execution that cannot be written yet: it has not ended, or its start was not found.
struct HeldExecution: Sendable {
  /// Its `task.execution.started`.
  var start: EventRecord?
  /// Its ending; an abandonment until a late ending takes its place.
  var ending: EventRecord?
  /// Whether it was written as abandoned by an earlier run.
  var wasWritten = false
  /// Whether its start and its ending stand in different files, as far as is known; so do those that an earlier run began.
  private(set) var isDivided = false
  /// The file that its start or its ending was read from; counted by the fold.
  private var file: Int?
  /// Its first reports.
  private(set) var first: [EventRecord] = []
  /// Its last ones.
  private(set) var last: [EventRecord] = []
  /// How many between them were let go of.
  private(set) var dropped = 0

  /// How many first and how many last reports are kept; together the limit of OpenTelemetry's SDKs for events of a span.
  private static let kept = 64

  init() {}

  /// Takes over what an earlier run held.
  init(start: EventRecord, ending: EventRecord?, reports: [EventRecord], dropped: Int) {
    self.start = start
    self.ending = ending
    wasWritten = ending != nil
    isDivided = true
    for report in reports { add(report) }
    self.dropped += dropped
  }

  /// Notes where its start or its ending was read.
  mutating func note(file: Int) {
    if let known = self.file, known != file { isDivided = true }
    self.file = file
  }

  /// When it ended; the end of all time while it has not.
  var endTime: Int64 { ending?.timestamp?.microseconds ?? .max }

  /// The reports that are kept, in the order of reading.
  var reports: [EventRecord] { first + last }
  /// How many that are.
  var reportCount: Int { first.count + last.count }

  /// Takes a report in; a repeated line is passed over.
  mutating func add(_ report: EventRecord) {
    if let id = report.id, first.contains(where: { $0.id == id }) || last.contains(where: { $0.id == id }) { return }
    if first.count < Self.kept { return first.append(report) }
    if last.count == Self.kept {
      last.removeFirst()
      dropped += 1
    }
    last.append(report)
  }

  /// Lets go of the reports: there are too many in all.
  mutating func dropReports() {
    dropped += first.count + last.count
    (first, last) = ([], [])
  }
}

extension EventRecord {
  /// The same record without what is not written: what is held must not be longer than what comes of it.
  func trimmed(to keys: Set<String>) -> EventRecord {
    var fields = fields.bounded(to: Self.headerKeys)
    if fields[WireKey.droidID] == nil { fields[WireKey.droidID] = droid.map { .string($0.bounded) } }
    if fields[WireKey.taskID] == nil { fields[WireKey.taskID] = task.map { .string($0.bounded) } }
    fields[WireKey.details] = .object(details.bounded(to: keys))
    return EventRecord(fields: fields)
  }

  /// What is kept of every line.
  private static let headerKeys: Set<String> = [
    WireKey.timestamp, WireKey.eventType, WireKey.runID, WireKey.taskID, WireKey.droidID, WireKey.executionID,
    WireKey.status, WireKey.reason, WireKey.eventID, WireKey.host, WireKey.project,
  ]

  /// What is kept of a start's details.
  static let startKeys: Set<String> = [
    WireKey.description, WireKey.parentExecutionID, WireKey.attempt, WireKey.retryOf, WireKey.timeoutSeconds,
    WireKey.kind,
    WireKey.traceID, WireKey.spanID, WireKey.parentSpanID, WireKey.traceFlags, WireKey.traceState, WireKey.baggage,
  ]

  /// What is kept of an ending's details.
  static let endingKeys: Set<String> = [
    WireKey.durationSeconds, WireKey.exitCode, WireKey.signal, WireKey.error, WireKey.line, WireKey.cause, WireKey.late,
    WireKey.confirmed, WireKey.resources,
  ]

  /// What is kept of a report's details.
  static let reportKeys: Set<String> = [
    WireKey.eventType, WireKey.progress, WireKey.message, WireKey.error, WireKey.cpuPercent, WireKey.memoryMB,
    WireKey.diskIOMB,
  ]
}

extension JSONObject {
  /// The members of `keys` that are plain values or objects of such, their texts bounded.
  fileprivate func bounded(to keys: Set<String>) -> JSONObject {
    JSONObject(
      members.filter { keys.contains($0.key) }.compactMap { member in
        switch member.value {
        case .string(let text): (key: member.key, value: .string(text.bounded))
        case .object(let object): (key: member.key, value: .object(object.numbers))
        case .number(let number): number.text.utf8.count <= 32 ? (key: member.key, value: member.value) : nil
        case .bool: (key: member.key, value: member.value)
        case .null, .array: nil
        }
      })
  }

  /// The first members that are numbers.
  private var numbers: JSONObject {
    JSONObject(
      members.prefix(32).compactMap { member in
        guard case .number(let number) = member.value, number.text.utf8.count <= 32, member.key.utf8.count <= 64 else {
          return nil
        }
        return (key: member.key, value: member.value)
      })
  }
}

extension String {
  /// The beginning of the text: other writers' may be of any length.
  fileprivate var bounded: String {
    guard utf8.count > 8192 else { return self }
    var end = utf8.index(startIndex, offsetBy: 8192)
    while end > startIndex, end.samePosition(in: unicodeScalars) == nil { end = utf8.index(before: end) }
    return String(self[..<end])
  }
}
