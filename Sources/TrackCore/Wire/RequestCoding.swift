/// The bytes of a spooled request: one JSON object, read back by the next writer that gets the lock.
enum RequestCoding {
  /// A request with what its writer saw of the journal.
  struct Entry: Hashable {
    let request: Request
    /// The size of its stream when it was spooled: its event is not before that offset.
    let size: Int64
  }

  static func bytes(_ entry: Entry) -> [UInt8] {
    let request = entry.request
    var object: JSONObject = [
      WireKey.eventID: .string(request.id.description), WireKey.size: .number(JSONNumber(entry.size)),
      WireKey.clock: .object(request.time.object),
    ]
    switch request.kind {
    case .start(let start): object[WireKey.start] = .object(start.object)
    case .report(let report): object[WireKey.report] = .object(report.object)
    case .end(let end): object[WireKey.end] = .object(end.object)
    case .note(let note): object[WireKey.note] = .object(note.object)
    }
    var writer = JSONWriter()
    writer.value(.object(object))
    writer.endLine()
    return writer.bytes
  }

  /// Reads an entry; nil when it is damaged.
  static func decode(_ bytes: [UInt8]) -> Entry? {
    guard let object = try? JSONParser.object(bytes), let id = object.text(WireKey.eventID).flatMap({ EventID($0) }),
      let size = object.integer(WireKey.size, as: Int64.self), let time = object.object(WireKey.clock)?.instant,
      let kind = kind(object)
    else { return nil }
    return Entry(request: Request(id: id, time: time, kind: kind), size: size)
  }

  private static func kind(_ object: JSONObject) -> Request.Kind? {
    if let start = object.object(WireKey.start) { return StartRequest(start).map { .start($0) } }
    if let report = object.object(WireKey.report) { return ReportRequest(report).map { .report($0) } }
    if let end = object.object(WireKey.end) { return EndRequest(end).map { .end($0) } }
    return object.object(WireKey.note).flatMap { NoteRequest($0) }.map { .note($0) }
  }
}

extension JSONObject {
  /// Sets `key` to a text; nil leaves it out.
  mutating func set(_ key: String, _ text: String?) { self[key] = text.map { .string($0) } }

  mutating func set(_ key: String, integer: (some FixedWidthInteger)?) {
    self[key] = integer.map { .number(JSONNumber($0)) }
  }

  mutating func set(_ key: String, number: Double?) {
    self[key] = number.flatMap { JSONNumber($0) }.map { .number($0) }
  }
}

extension Instant {
  fileprivate var object: JSONObject {
    [
      WireKey.timestamp: .string(wall.description), WireKey.bootID: .string(boot),
      WireKey.monotonic: .number(JSONNumber(monotonic)), WireKey.boottime: .number(JSONNumber(boottime)),
    ]
  }
}

extension ProcessIdentity {
  /// The process as an object.
  var object: JSONObject {
    [
      WireKey.pid: .number(JSONNumber(pid)), WireKey.startTicks: .number(JSONNumber(startTicks)),
      WireKey.bootID: .string(boot),
      WireKey.pidNamespace: .number(JSONNumber(pidNamespace)), WireKey.user: .number(JSONNumber(user)),
      WireKey.host: .string(host),
    ]
  }
}

extension Selection {
  var object: JSONObject {
    var object = JSONObject()
    object.set(WireKey.executionID, named?.text)
    object.set(WireKey.taskID, task?.text)
    object.set(WireKey.environment, environment?.text)
    object.set(WireKey.file, file?.text)
    object.set(WireKey.droidID, droid?.text)
    object.set(WireKey.pid, integer: caller.pid)
    object.set(WireKey.bootID, caller.boot)
    object.set(WireKey.pidNamespace, integer: caller.pidNamespace)
    return object
  }

  init?(_ object: JSONObject?) {
    guard let object, let pid = object.integer(WireKey.pid, as: Int32.self), let boot = object.text(WireKey.bootID),
      let namespace = object.integer(WireKey.pidNamespace, as: UInt64.self)
    else { return nil }
    self.init(
      named: object.identifier(WireKey.executionID), task: object.identifier(WireKey.taskID),
      environment: object.identifier(WireKey.environment), file: object.identifier(WireKey.file),
      droid: object.identifier(WireKey.droidID),
      caller: Caller(pid: pid, boot: boot, pidNamespace: namespace))
  }
}

extension Writer {
  var object: JSONObject {
    var object: JSONObject = [WireKey.fallback: .string(fallback.text)]
    object.set(WireKey.droidID, droid?.text)
    object.set(WireKey.runID, run?.text)
    return object
  }

  init?(_ object: JSONObject?) {
    guard let object, let fallback = object.identifier(WireKey.fallback, DroidKind.self) else { return nil }
    self.init(droid: object.identifier(WireKey.droidID), fallback: fallback, run: object.identifier(WireKey.runID))
  }
}

extension StartRequest {
  fileprivate var object: JSONObject {
    var object: JSONObject = [
      WireKey.executionID: .string(execution.text), WireKey.taskID: .string(task.text),
      WireKey.droidID: .string(droid.text),
      WireKey.newRun: .string(newRun.text), WireKey.mode: .string(mode.rawValue),
      WireKey.context: .object(details.context),
    ]
    object.set(WireKey.runID, run?.text)
    object.set(WireKey.environment, environment?.text)
    object.set(WireKey.description, details.description)
    object.set(WireKey.timeoutSeconds, number: details.limit?.seconds)
    object.set(WireKey.parentExecutionID, details.parent?.text)
    object[WireKey.owner] = details.owner.map { .object($0.object) }
    object.set(WireKey.attempt, integer: details.attempt)
    object.set(WireKey.retryOf, details.retryOf?.text)
    object.set(WireKey.kind, details.kind?.rawValue)
    object.set(WireKey.correlation, details.correlation?.rawValue)
    object.set(WireKey.traceID, details.trace?.own.trace.description)
    object.set(WireKey.spanID, details.trace?.own.span.description)
    object.set(WireKey.parentSpanID, details.trace?.parent?.description)
    object.set(WireKey.traceFlags, details.trace?.own.flags.description)
    object.set(WireKey.traceState, details.trace?.state?.description)
    object.set(WireKey.baggage, details.trace?.baggage?.description)
    object[WireKey.trace] = trace.map { .object($0.object) }
    return object
  }

  fileprivate init?(_ object: JSONObject) {
    guard let execution = object.identifier(WireKey.executionID, ExecutionKind.self),
      let task = object.identifier(WireKey.taskID, TaskKind.self),
      let droid = object.identifier(WireKey.droidID, DroidKind.self),
      let newRun = object.identifier(WireKey.newRun, RunKind.self), let context = object.object(WireKey.context),
      let mode = object.text(WireKey.mode).flatMap({ StartMode(rawValue: $0) })
    else { return nil }
    var details = StartDetails()
    details.description = object.text(WireKey.description)
    details.context = context
    details.limit = object.duration(WireKey.timeoutSeconds)
    details.parent = object.identifier(WireKey.parentExecutionID)
    details.owner = object.object(WireKey.owner)?.process
    details.attempt = object.integer(WireKey.attempt)
    details.retryOf = object.identifier(WireKey.retryOf)
    details.kind = object.text(WireKey.kind).flatMap { WorkKind(rawValue: $0) }
    details.correlation = object.text(WireKey.correlation).flatMap { Correlation(rawValue: $0) }
    details.trace = object.trace
    self.init(
      execution: execution, task: task, droid: droid, run: object.identifier(WireKey.runID), newRun: newRun,
      details: details, environment: object.identifier(WireKey.environment), mode: mode,
      trace: object.object(WireKey.trace).flatMap { TraceRequest($0) })
  }
}

extension TraceRequest {
  fileprivate var object: JSONObject {
    var object: JSONObject = [
      WireKey.newTrace: .string(newTrace.description), WireKey.spanID: .string(span.description),
    ]
    object.set(WireKey.traceParent, inherited?.description)
    object.set(WireKey.traceState, state?.description)
    object.set(WireKey.baggage, baggage?.description)
    return object
  }

  fileprivate init?(_ object: JSONObject) {
    guard let newTrace = object.text(WireKey.newTrace).flatMap({ TraceID($0) }),
      let span = object.text(WireKey.spanID).flatMap({ SpanID($0) })
    else { return nil }
    self.init(
      inherited: object.text(WireKey.traceParent).flatMap { TraceParent($0) },
      state: object.text(WireKey.traceState).flatMap { TraceState($0) },
      baggage: object.text(WireKey.baggage).flatMap { Baggage($0) }, newTrace: newTrace, span: span)
  }
}

extension EndRequest {
  fileprivate var object: JSONObject {
    var object: JSONObject = [
      WireKey.selection: .object(selection.object), WireKey.writer: .object(writer.object),
      WireKey.status: .string(ending.rawValue), WireKey.confirmed: .bool(details.isConfirmed),
    ]
    object[WireKey.result] = result.map { .object($0) }
    object.set(WireKey.exitCode, integer: details.exitCode)
    object.set(WireKey.signal, details.signal)
    object.set(WireKey.error, details.error)
    object.set(WireKey.line, integer: details.line)
    object.set(WireKey.cause, details.cause)
    object.set(WireKey.stderrTail, details.errorTail)
    object[WireKey.resources] = details.resources.map { .object($0.object) }
    return object
  }

  fileprivate init?(_ object: JSONObject) {
    guard let selection = Selection(object.object(WireKey.selection)),
      let writer = Writer(object.object(WireKey.writer)),
      let ending = object.text(WireKey.status).flatMap({ Ending(rawValue: $0) }),
      let isConfirmed = object.bool(WireKey.confirmed)
    else { return nil }
    var details = EndingDetails()
    details.exitCode = object.integer(WireKey.exitCode)
    details.signal = object.text(WireKey.signal)
    details.error = object.text(WireKey.error)
    details.line = object.integer(WireKey.line)
    details.cause = object.text(WireKey.cause)
    details.errorTail = object.text(WireKey.stderrTail)
    details.resources = object.object(WireKey.resources).flatMap { ResourceUse($0) }
    details.isConfirmed = isConfirmed
    self.init(
      selection: selection, writer: writer, ending: ending, result: object.object(WireKey.result), details: details)
  }
}

extension NoteRequest {
  fileprivate var object: JSONObject {
    var object: JSONObject = [WireKey.writer: .object(writer.object)]
    object.set(WireKey.taskID, task?.text)
    object.set(WireKey.executionID, execution?.text)
    switch note {
    case .orchestrator(let type, let status, let fields):
      object[WireKey.eventType] = .string(type.rawValue)
      object.set(WireKey.status, status)
      object[WireKey.details] = .object(fields)
    case .audit(let action, let details):
      object[WireKey.action] = .string(action)
      object[WireKey.details] = .object(details)
    case .metrics(let fields):
      object[WireKey.details] = .object(fields)
    }
    return object
  }

  fileprivate init?(_ object: JSONObject) {
    guard let writer = Writer(object.object(WireKey.writer)), let details = object.object(WireKey.details) else {
      return nil
    }
    let note: Note
    if let name = object.text(WireKey.eventType) {
      guard let type = OrchestratorEventType(rawValue: name) else { return nil }
      note = .orchestrator(type, status: object.text(WireKey.status), fields: details)
    } else if let action = object.text(WireKey.action) {
      note = .audit(action: action, details: details)
    } else {
      note = .metrics(details)
    }
    self.init(
      task: object.identifier(WireKey.taskID), execution: object.identifier(WireKey.executionID), writer: writer,
      note: note)
  }
}
