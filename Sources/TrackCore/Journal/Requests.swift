/// A start of a task.
public struct Start: Sendable {
  /// The task.
  public var task: TaskID
  /// What is to be done.
  public var description: String?
  /// The droid; nil takes that of the surroundings.
  public var droid: DroidID?
  /// Free facts.
  public var context = JSONObject()
  /// Its own limit.
  public var limit: Duration?
  /// The execution it is started in; nil takes that of the surroundings.
  public var parent: ExecutionID?
  /// The execution it goes on with or is started in; nil takes that of the surroundings.
  public var current: ExecutionID?
  /// The process whose life is the execution's life.
  public var owner: Int32?
  /// How executions that are open are treated.
  public var mode: StartMode
  /// Which attempt of the same work it is, from 1; nil where work is not repeated when it fails.
  public var attempt: Int?
  /// The attempt before it.
  public var retryOf: ExecutionID?
  /// What it is other than a task.
  public var kind: WorkKind?
  /// How its events are told from those of others; nil where they name it.
  public var correlation: Correlation?
  /// The id of the execution that it opens, where that had to be known before; nil makes one.
  package var execution: ExecutionID?

  /// Makes a start; everything not given is left to the surroundings.
  public init(task: TaskID, description: String? = nil, droid: DroidID? = nil, mode: StartMode = .join) {
    self.task = task
    self.description = description
    self.droid = droid
    self.mode = mode
  }
}

/// The execution something is said of.
public struct Target: Hashable, Sendable {
  /// The execution itself, by its id.
  public var execution: ExecutionID?
  /// The task whose execution is meant.
  public var task: TaskID?

  /// Names an execution, a task, both (they must agree) or none: the current one.
  public init(execution: ExecutionID? = nil, task: TaskID? = nil) {
    self.execution = execution
    self.task = task
  }

  /// The execution of the surroundings, or the project's only open one.
  public static var current: Target { Target() }
  /// The open execution of a task.
  public static func task(_ task: TaskID) -> Target { Target(task: task) }
  /// An execution by its id.
  public static func execution(_ execution: ExecutionID) -> Target { Target(execution: execution) }
}

extension Journal {
  /// The most bytes a result, a context or further fields take in a line.
  private static let maximumResult = 44 * 1024
  private static let maximumFields = 8 * 1024

  /// Records that a task starts, before the work begins.
  /// - Returns: the execution, which is new or the one that was started for this work already.
  public func start(_ start: Start) throws(JournalError) -> Outcome {
    try check(start.context)
    try check(start.task)
    try check(start.droid)
    try check(start.parent)
    try check(start.current)
    var notices: [Notice] = []
    let now = surroundings.machine.now()
    var details = StartDetails()
    details.description = start.description.map { sanitizer.text($0) }
    details.context = sanitizer.object(start.context, maximumBytes: Self.maximumFields)
    details.limit = start.limit
    details.parent = start.parent
    details.attempt = start.attempt
    details.retryOf = start.retryOf
    details.kind = start.kind
    details.correlation = start.correlation
    if let pid = start.owner {
      details.owner = owner(pid)
      if details.owner == nil { notices.append(.ownerNotFound(pid)) }
    }
    let writer = writer(start.droid, &notices)
    let request = StartRequest(
      execution: start.execution
        ?? ExecutionID(task: start.task, startedAt: now.wall, random: .random(in: .min ... .max)),
      task: start.task, droid: writer.droid ?? writer.fallback, run: writer.run,
      newRun: RunID(startedAt: now.wall, random: .random(in: .min ... .max)), details: details,
      environment: start.current ?? environmentExecution(&notices), mode: start.mode,
      trace: TraceRequest(surroundings, sanitizer))
    let outcome = try submit(Request(id: .random(at: now.wall), time: now, kind: .start(request)), notices)
    ProjectRegistry(surroundings).add(project)
    return outcome
  }

  /// Records what a droid says of its work; nothing when the configuration wants no self-reports.
  ///
  /// Without a task and without an execution under way it is a report of the droid alone.
  public func report(
    _ report: SelfReport, of target: Target = .current, by droid: DroidID? = nil
  ) throws(JournalError) -> Outcome {
    guard acceptsReports else { return Outcome() }
    try check(target, by: droid)
    let report = try clean(report)
    var notices: [Notice] = []
    let writer = writer(droid, &notices)
    let selection = selection(target, writer.droid, &notices)
    let kind = Request.Kind.report(ReportRequest(selection: selection, writer: writer, report: report))
    return try submit(request(kind), notices)
  }

  /// A report as it may be recorded.
  func clean(_ report: SelfReport) throws(JournalError) -> SelfReport {
    if let key = report.fields.members.first(where: { WireKey.reportDetails.contains($0.key) })?.key {
      throw .badData(verb: "set", object: key, reason: "a report has this key already")
    }
    if !report.fields.isEmpty { try check(report.fields) }
    return sanitizer.report(report, maximumBytes: Self.maximumFields)
  }

  /// Records how an execution ended.
  public func end(
    _ ending: Ending, of target: Target = .current, result: JSONObject? = nil,
    details: EndingDetails = EndingDetails(), by droid: DroidID? = nil
  ) throws(JournalError) -> Outcome {
    try check(target, by: droid)
    if let result { try check(result) }
    var notices: [Notice] = []
    let request = endRequest(ending, target, result, details, droid, &notices)
    return try submit(request, notices)
  }

  /// Records an event that changes no execution.
  public func record(
    _ note: Note, task: TaskID? = nil, execution: ExecutionID? = nil, by droid: DroidID? = nil
  ) throws(JournalError) -> Outcome {
    switch note {
    case .orchestrator(_, _, let fields), .metrics(let fields):
      if let key = fields.members.map(\.key).first(where: { WireKey.reserved.contains($0) }) {
        throw .badData(verb: "set", object: key, reason: "the event has this key already")
      }
      try check(fields)
    case .audit(_, let details): try check(details)
    }
    try check(Target(execution: execution, task: task), by: droid)
    var notices: [Notice] = []
    let clean = sanitizer.sanitized(note)
    let writer = writer(droid, &notices)
    let request = NoteRequest(task: task, execution: execution, writer: writer, note: clean)
    return try submit(self.request(.note(request)), notices)
  }

  /// Spools an ending while the configuration cannot be read: a broken configuration never costs an ending.
  ///
  /// The next writer that can read the configuration merges it.
  public static func spoolEnd(
    _ ending: Ending, of target: Target = .current, result: JSONObject? = nil,
    details: EndingDetails = EndingDetails(), by droid: DroidID? = nil, in project: Project,
    _ surroundings: Surroundings
  ) throws(JournalError) -> Outcome {
    let journal = try Journal(of: project, in: surroundings, by: Configuration(), wait: nil)
    try journal.check(target, by: droid)
    if let result { try journal.check(result) }
    var notices: [Notice] = []
    let request = journal.endRequest(ending, target, result, details, droid, &notices)
    return try journal.spool(request, notices)
  }

  private func endRequest(
    _ ending: Ending, _ target: Target, _ result: JSONObject?, _ details: EndingDetails, _ droid: DroidID?,
    _ notices: inout [Notice]
  ) -> Request {
    var details = details
    details.error = details.error.map { sanitizer.text($0) }
    details.signal = details.signal.map { sanitizer.text($0) }
    let tailLength = min(details.errorTailLength, Sanitizer.maximumTailLength)
    details.errorTail = details.errorTail.map { sanitizer.tail($0, maximumLength: tailLength) }
    let writer = writer(droid, &notices)
    let selection = selection(target, writer.droid, &notices)
    let result = result.map { sanitizer.result($0, maximumBytes: Self.maximumResult) }
    return request(
      .end(EndRequest(selection: selection, writer: writer, ending: ending, result: result, details: details)))
  }

  /// Refuses ids that hold secrets.
  func check(_ target: Target, by droid: DroidID?) throws(JournalError) {
    try check(target.task)
    try check(target.execution)
    try check(droid)
  }

  private func check<Kind: IdentifierKind>(_ id: Identifier<Kind>?) throws(JournalError) {
    guard let id, !sanitizer.accepts(id: id.text) else { return }
    throw .invalidIdentifier(InvalidIdentifier(noun: Kind.noun, text: id.text, problem: Self.secretID))
  }

  private static let secretID = "it holds a secret"

  /// Refuses what our own reader would not read back from inside a line.
  private func check(_ object: JSONObject) throws(JournalError) {
    guard object.depth <= JSONObject.maximumDepth else {
      throw .badData(
        verb: "record", object: "data", reason: "nested deeper than \(JSONObject.maximumDepth) levels")
    }
  }

  private func owner(_ pid: Int32) -> ProcessIdentity? {
    guard let found = context.processes.identity(of: pid) else { return nil }
    guard configuration.tracking.redaction.hidesHost else { return found }
    return ProcessIdentity(
      pid: found.pid, startTicks: found.startTicks, boot: found.boot, pidNamespace: found.pidNamespace,
      user: found.user, host: "")
  }

  private func request(_ kind: Request.Kind) -> Request {
    let now = surroundings.machine.now()
    return Request(id: .random(at: now.wall), time: now, kind: kind)
  }

  func writer(_ droid: DroidID?, _ notices: inout [Notice]) -> Writer {
    return Writer(
      droid: droid ?? variable("DROID_ID", surroundings.droid, &notices), fallback: scriptDroid ?? .unknown,
      run: variable("DROID_RUN_ID", surroundings.run, &notices))
  }

  /// The droid that the calling script is named after, without the suffix of a script or of a droid's markdown.
  private var scriptDroid: DroidID? {
    // Of a secret with slashes in it, the last part would tell nothing any more.
    guard let script = surroundings.scriptName, sanitizer.accepts(id: script) else { return nil }
    let name = Path.name(script)
    let suffix = [".md", ".sh", ".bash", ".zsh", ".py"].first { name.hasSuffix($0) && name != $0 } ?? ""
    return try? DroidID(String(name.dropLast(suffix.count)))
  }

  func selection(_ target: Target, _ droid: DroidID?, _ notices: inout [Notice]) -> Selection {
    var selection = Selection(named: target.execution, task: target.task, droid: droid, caller: caller)
    guard target.execution == nil else { return selection }
    selection.environment = environmentExecution(&notices)
    if target.task == nil { selection.file = currentExecution() }
    return selection
  }

  private var caller: Caller {
    Caller(
      pid: surroundings.caller, boot: surroundings.machine.boot, pidNamespace: surroundings.machine.pidNamespace)
  }

  private func environmentExecution(_ notices: inout [Notice]) -> ExecutionID? {
    variable("DROID_EXECUTION_ID", surroundings.execution, &notices)
  }

  /// The id a variable holds; one that is none is passed over, for tracking must not harm the work.
  private func variable<Kind: IdentifierKind>(
    _ name: String, _ value: String?, _ notices: inout [Notice]
  ) -> Identifier<Kind>? {
    guard let value else { return nil }
    do {
      let id = try Identifier<Kind>(value)
      if sanitizer.accepts(id: id.text) { return id }
      notices.append(.invalidVariable(name: name, problem: Self.secretID))
      return nil
    } catch {
      notices.append(.invalidVariable(name: name, problem: error.problem))
      return nil
    }
  }

  /// The execution that `.factory/current_execution.json` names, the original's last resort.
  private func currentExecution() -> ExecutionID? {
    let path = "\(project.root)/.factory/current_execution.json"
    guard let bytes = try? Path.contents(of: path, maximum: 64 * 1024) else { return nil }
    guard let id: ExecutionID = (try? JSONParser.object(bytes))?.identifier(WireKey.executionID),
      sanitizer.accepts(id: id.text)
    else { return nil }
    return id
  }

  /// The lines of an outcome's events, each with its line feed.
  package func lines(of outcome: Outcome) -> [UInt8] {
    outcome.events.filter { context.records($0) }.flatMap { context.encoder.line($0) }
  }
}
