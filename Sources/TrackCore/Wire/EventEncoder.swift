/// Where the writer stands: the keys at the end of every line.
package struct Origin: Hashable, Sendable {
  /// The node name to the first dot; nil leaves the key out.
  package var host: String?
  /// The base name of the project's root.
  package var project: String

  /// Makes an origin of its parts.
  package init(host: String?, project: String) {
    self.host = host
    self.project = project
  }
}

/// Writes events as lines of the journal.
package struct EventEncoder: Sendable {
  /// The longest line, its line feed included.
  ///
  /// Texts and results are bounded before they come here.
  package static let maximumLineLength = 64 * 1024

  private let origin: WrittenMembers

  /// Writes lines that end in `origin`.
  package init(origin: Origin) {
    self.origin = WrittenMembers { json in
      json.member(WireKey.host, origin.host)
      json.key(WireKey.project)
      json.string(origin.project)
    }
  }

  /// The line of `event`, line feed included.
  package func line(_ event: Event) -> [UInt8] {
    var writer = JSONWriter()
    write(event, Self.identity(of: event), to: &writer)
    return writer.bytes
  }

  /// The members that tell what kind of event it is and what it is of: of the reports of one execution always the same.
  static func identity(of event: Event) -> WrittenMembers {
    WrittenMembers { json in
      json.key(WireKey.eventType)
      json.string(event.type)
      json.member(WireKey.runID, event.run?.text)
      json.member(WireKey.taskID, event.task?.text)
      json.member(WireKey.droidID, event.droid?.text)
      json.member(WireKey.executionID, event.execution?.text)
    }
  }

  /// Writes the line of `event` after what has been written; `identity` is the event's.
  func write(_ event: Event, _ identity: WrittenMembers, to writer: inout JSONWriter) {
    writer.object { json in
      json.key(WireKey.timestamp)
      json.time(event.timestamp)
      json.members(identity)
      json.member(WireKey.status, event.statusText)
      json.ownMembers(of: event.payload)
      json.key(WireKey.eventID)
      json.id(event.id)
      json.members(origin)
    }
    writer.endLine()
  }
}

extension SelfReport {
  /// The streams that hold reports, in the order of writing.
  package static let streams: [Stream] = [.events, .droidStatus]
}

extension Event {
  /// The event's type on the wire.
  package var type: String {
    switch payload {
    case .started: EventType.started
    case .selfReport: EventType.selfReport
    case .completed: EventType.completed
    case .abandoned: EventType.abandoned
    case .result: EventType.result
    case .validated: EventType.validated
    case .metrics: EventType.metrics
    case .audit: EventType.audit
    case .orchestrator(let type, _, _): type.rawValue
    }
  }

  /// The streams that hold the event, in the order of writing.
  package var streams: [Stream] {
    switch payload {
    case .started, .completed, .abandoned, .orchestrator: [.events]
    case .selfReport: SelfReport.streams
    case .result, .validated: [.results]
    case .metrics: [.performance]
    case .audit: [.audit]
    }
  }

  fileprivate var statusText: String? {
    switch payload {
    case .started: Status.executing.rawValue
    case .selfReport(let report): report.status.rawValue
    case .completed(let completion): completion.ending.rawValue
    case .abandoned: Status.abandoned.rawValue
    case .orchestrator(_, let status, _): status
    case .result, .validated, .metrics, .audit: nil
    }
  }
}

extension JSONWriter {
  /// Writes a member, or nothing when its value is unknown.
  fileprivate mutating func member(_ name: String, _ value: String?) {
    guard let value else { return }
    key(name)
    string(value)
  }

  fileprivate mutating func member(_ name: String, number value: Double?) {
    guard let value else { return }
    key(name)
    number(value)
  }

  fileprivate mutating func member(_ name: String, integer value: (some FixedWidthInteger)?) {
    guard let value else { return }
    key(name)
    integer(value)
  }

  fileprivate mutating func member(_ name: String, object value: JSONObject) {
    key(name)
    self.value(.object(value))
  }

  fileprivate mutating func ownMembers(of payload: Event.Payload) {
    switch payload {
    case .started(let start):
      key(WireKey.details)
      object { $0.members(of: start) }
    case .selfReport(let report):
      key(WireKey.details)
      object { $0.members(of: report) }
    case .completed(let completion):
      if let result = completion.result { member(WireKey.result, object: result) }
      key(WireKey.details)
      object { $0.members(of: completion) }
    case .abandoned(let abandonment):
      member(WireKey.reason, abandonment.reason.rawValue)
      key(WireKey.details)
      object { json in
        json.member(WireKey.durationSeconds, number: abandonment.durationSeconds)
        json.member(WireKey.evidence, object: abandonment.evidence)
      }
    case .result(let success, let data):
      key(WireKey.success)
      bool(success)
      member(WireKey.resultData, object: data)
    case .validated(let validation, let time, let original):
      member(WireKey.category, validation.category.rawValue)
      member(WireKey.validatedAt, time.description)
      member(WireKey.originalResult, object: original)
      key(WireKey.problems)
      array { json in for problem in validation.problems { json.string(problem) } }
    case .metrics(let fields):
      members(of: fields)
    case .audit(let action, let details):
      member(WireKey.action, action)
      member(WireKey.details, object: details)
    case .orchestrator(_, _, let fields):
      members(of: fields)
    }
  }

  private mutating func members(of start: StartDetails) {
    member(WireKey.description, start.description)
    if !start.context.isEmpty { member(WireKey.context, object: start.context) }
    if let limit = start.limit {
      key(WireKey.timeoutSeconds)
      value(.number(limit.jsonSeconds))
    }
    member(WireKey.parentExecutionID, start.parent?.text)
    if let owner = start.owner {
      key(WireKey.owner)
      value(.object(owner.object))
    }
    member(WireKey.attempt, integer: start.attempt)
    member(WireKey.retryOf, start.retryOf?.text)
    member(WireKey.kind, start.kind?.rawValue)
    member(WireKey.correlation, start.correlation?.rawValue)
    if let trace = start.trace { members(of: trace) }
  }

  /// Writes where something stands among all that is traced, as members of the object that is being written.
  mutating func members(of trace: TraceContext) {
    member(WireKey.traceID, trace.own.trace.description)
    member(WireKey.spanID, trace.own.span.description)
    member(WireKey.parentSpanID, trace.parent?.description)
    member(WireKey.traceFlags, trace.own.flags.description)
    member(WireKey.traceState, trace.state?.description)
    member(WireKey.baggage, trace.baggage?.description)
  }

  private mutating func members(of report: SelfReport) {
    member(WireKey.eventType, report.kind.rawValue)
    member(WireKey.progress, number: report.progress)
    member(WireKey.message, report.message)
    member(WireKey.error, report.error)
    member(WireKey.cpuPercent, number: report.cpuPercent)
    member(WireKey.memoryMB, number: report.memoryMB)
    member(WireKey.diskIOMB, number: report.diskIOMB)
    members(of: report.fields)
  }

  private mutating func members(of completion: Completion) {
    member(WireKey.durationSeconds, number: completion.durationSeconds)
    member(WireKey.exitCode, integer: completion.details.exitCode)
    member(WireKey.signal, completion.details.signal)
    member(WireKey.error, completion.details.error)
    member(WireKey.line, integer: completion.details.line)
    member(WireKey.cause, completion.details.cause)
    member(WireKey.stderrTail, completion.details.errorTail)
    if let resources = completion.details.resources { member(WireKey.resources, object: resources.object) }
    if completion.isLate {
      key(WireKey.late)
      bool(true)
    }
    if !completion.details.isConfirmed {
      key(WireKey.confirmed)
      bool(false)
    }
  }
}
