/// The journal of a project: where executions are started, reported on and ended.
///
/// ```swift
/// let surroundings = Surroundings(machine: .current(), directory: "/srv/app", environment: [:], caller: 1)
/// let journal = try Journal(of: Project(root: "/srv/app"), in: surroundings)
/// let started = try journal.start(Start(task: TaskID("1.1"), description: "Write the parser"))
/// try journal.end(.completed, of: .task(TaskID("1.1")), result: ["tests_run": 12])
/// ```
///
/// A value, safe to use from several threads: every call opens what it needs, takes the lock, and lets both go.
public struct Journal: Sendable {
  /// The project it belongs to.
  public let project: Project
  /// What its configuration says.
  public let configuration: Configuration
  let surroundings: Surroundings
  let context: RecordingContext
  let sanitizer: Sanitizer
  let wait: Duration

  /// Opens the journal of a project by its configuration; nothing is created yet.
  ///
  /// `wait` is how long the lock is waited for; nil leaves the configured time, at most 2 s.
  /// - Throws: `JournalError.configuration`.
  public init(of project: Project, in surroundings: Surroundings, wait: Duration? = nil) throws(JournalError) {
    var configuration = try Configuration(of: project)
    try configuration.keepDirectoryInside(project, for: surroundings.machine.user)
    try self.init(of: project, in: surroundings, by: configuration, wait: wait)
  }

  init(
    of project: Project, in surroundings: Surroundings, by configuration: Configuration, wait: Duration?
  ) throws(JournalError) {
    self.project = project
    self.configuration = configuration
    self.surroundings = surroundings
    self.wait = wait ?? configuration.locking.wait
    let redaction = configuration.tracking.redaction
    let origin = Origin(host: redaction.hidesHost ? nil : surroundings.machine.host, project: project.name)
    context = RecordingContext(
      machine: surroundings.machine, encoder: EventEncoder(origin: origin), configuration: configuration)
    do {
      let redactor = try Redactor(
        patterns: redaction.patterns, home: surroundings.home, secretValues: surroundings.secretValues)
      sanitizer = Sanitizer(redactor: redactor, resultKeys: redaction.resultKeys)
    } catch {
      throw .configuration("\(project.configurationFile): \(error)")
    }
  }

  /// The same journal, whose lock is waited for as long as the configuration says, even where that is more than 2 s.
  public func waitingAsConfigured() throws(JournalError) -> Journal {
    try Journal(of: project, in: surroundings, by: configuration, wait: configuration.locking.configuredWait)
  }

  /// The same journal for a caller of which `execution` and `run` are known, and who waits for the lock for `wait`.
  func following(execution: ExecutionID?, run: RunID?, wait: Duration) throws(JournalError) -> Journal {
    var surroundings = surroundings
    surroundings.execution = execution?.text
    surroundings.run = run?.text ?? surroundings.run
    return try Journal(of: project, in: surroundings, by: configuration, wait: wait)
  }

  /// Whether the configuration wants self-reports at all.
  public var acceptsReports: Bool { configuration.tracking.acceptsSelfReports }

  /// The log directory's path.
  public var logDirectory: String { Path.absolute(configuration.logging.directory, from: project.root) }

  /// The path of the directory that holds what describes the journal: lock, ledger, spool, checkpoints.
  package var stateDirectory: String { "\(logDirectory)/\(LogDirectory.stateName)" }

  /// Carries a request out, or spools it when the lock is not had in time: work never waits for the journal.
  func submit(_ request: Request, _ notices: [Notice] = []) throws(JournalError) -> Outcome {
    let outcome = try transact(isStrict: false) { (transaction, isRepeated) throws(JournalError) in
      if isRepeated, let outcome = try transaction.recordedOutcome(of: request) { return outcome }
      return try transaction.carryOut(request)
    }
    guard var outcome else { return try spool(request, notices) }
    outcome.notices = notices + outcome.notices
    return outcome
  }

  /// Notes that an open execution is at work, as a report does, but without a line in the journal.
  /// - Returns: whether it is open; false, too, when the lock was not had in time.
  public func touch(_ execution: ExecutionID) throws(JournalError) -> Bool {
    let now = surroundings.machine.now()
    let isOpen = try transact(isStrict: false) { (transaction, _) throws(JournalError) in
      try transaction.touch(execution, at: now)
    }
    return isOpen ?? false
  }

  /// Runs `body` under the lock, with the spool merged.
  /// - Throws: `JournalError.lockTimeout`.
  func withTransaction<Value>(
    _ body: (inout Transaction) throws(JournalError) -> Value
  ) throws(JournalError) -> Value {
    let value = try transact(isStrict: true) { (transaction, _) throws(JournalError) in try body(&transaction) }
    guard let value else { throw .lockTimeout(reason: "it is held by another process") }
    return value
  }

  /// Runs `body` under the lock, with the spool merged; again when somebody removed the state directory meanwhile.
  ///
  /// Then other writers may have made the ledger anew without what was done here, so it is rebuilt before the repetition.
  /// A spooled request that cannot be merged now is an error only where `isStrict`.
  /// - Returns: nil when the lock was not had in time.
  func transact<Value>(
    isStrict: Bool,
    _ body: (inout Transaction, _ isRepeated: Bool) throws(JournalError) -> Value
  ) throws(JournalError) -> Value? {
    var attempt = 0
    while true {
      do {
        let log = try openLog()
        let begun = try Transaction.begin(log, context: context, wait: wait, rebuilding: attempt > 0)
        guard var transaction = begun else { return nil }
        try mergeSpools(&transaction, isStrict: isStrict)
        let value = try body(&transaction, attempt > 0)
        try transaction.checkState()
        return value
      } catch {
        attempt += 1
        guard error.tellsOfRemoval, attempt < 8 else { throw error }
      }
    }
  }

  /// The log directory, made when missing.
  func openLog() throws(JournalError) -> LogDirectory {
    if project.isOwnState {
      do { _ = try Directory.creatingAll(project.root) } catch {
        throw .cannotCreate(path: project.root, reason: error.message)
      }
    }
    return try LogDirectory.create(configuration.logging.directory, in: project.root, machine: surroundings.machine)
  }

  /// The log directory if there is one.
  func existingLog() throws(JournalError) -> LogDirectory? {
    try LogDirectory.existing(configuration.logging.directory, in: project.root, machine: surroundings.machine)
  }

  private func mergeSpools(_ transaction: inout Transaction, isStrict: Bool) throws(JournalError) {
    if let spool = try openSpool(in: transaction.log.state) {
      try transaction.merge(spool, sanitizer, isStrict: isStrict)
    }
    guard let log = usualLog(), let spool = try openSpool(in: log.state) else { return }
    try transaction.merge(spool, sanitizer, isStrict: isStrict)
  }

  /// The usual log directory where the configuration names another.
  ///
  /// What was spooled while that configuration was broken lies there. One that is not to be trusted has nothing for us.
  private func usualLog() -> LogDirectory? {
    let usual = Configuration().logging.directory
    guard configuration.logging.directory != usual else { return nil }
    do { return try LogDirectory.existing(usual, in: project.root, machine: surroundings.machine) } catch { return nil }
  }

  /// Whether requests wait in the usual place, too.
  func hasSpoolInUsualPlace() -> Bool {
    guard let log = usualLog(), let spool = try? Spool.existing(in: log.state), let names = try? spool.names() else {
      return false
    }
    return !names.isEmpty
  }

  private func openSpool(in state: borrowing Directory) throws(JournalError) -> Spool? {
    do { return try Spool.existing(in: state) } catch {
      throw .fileSystem(verb: "open spool in", path: state.path, error)
    }
  }

  /// Puts a request into the spool.
  func spool(_ request: Request, _ notices: [Notice] = []) throws(JournalError) -> Outcome {
    let log = try openLog()
    var request = request
    var outcome = Outcome(notices: notices + [.spooled])
    if case .start(let start) = request.kind {
      let foreseen = foreseen(start, in: log)
      request = Request(id: request.id, time: request.time, kind: .start(foreseen.request))
      outcome.execution = foreseen.execution
      outcome.run = foreseen.request.run
      outcome.droid = start.droid
      outcome.traceParent = foreseen.traceParent
    }
    do {
      let size = try log.directory.status(request.stream.fileName)?.size ?? 0
      try Spool.create(in: log.state).add(RequestCoding.Entry(request: request, size: size))
    } catch {
      throw .lockTimeout(reason: "it is held by another process, and spooling failed: \(error.message)")
    }
    return outcome
  }

  /// The execution and the run that a spooled start will have, as far as can be seen without the lock, and the request
  /// that makes it so: both are told to the caller now.
  private func foreseen(
    _ start: StartRequest, in log: borrowing LogDirectory
  ) -> (request: StartRequest, execution: ExecutionID, traceParent: TraceParent?) {
    let current = start.environment.flatMap { foreseen($0, in: log) }
    if start.mode == .join, let current, current.task == start.task, !current.isOwned {
      let pinned = start.pinned(run: start.run ?? current.run, mode: .join, trace: nil)
      return (pinned, current.id, current.trace?.own)
    }
    let parent = start.details.parent.map { foreseen($0, in: log) } ?? current
    let mode: StartMode = start.mode == .join ? .new : start.mode
    let replaced = mode == .supersede && current?.task == start.task
    let outer = replaced && start.details.parent == nil ? nil : parent
    let trace = start.trace?.context(in: outer?.trace, after: replaced ? current?.trace : nil)
    let pinned = start.pinned(run: start.run ?? parent?.run ?? start.newRun, mode: mode, trace: trace)
    return (pinned, start.execution, trace?.own)
  }

  /// What can be seen of an execution that is open, or will be.
  private func foreseen(
    _ id: ExecutionID, in log: borrowing LogDirectory
  ) -> (id: ExecutionID, task: TaskID, run: RunID, isOwned: Bool, trace: TraceContext?)? {
    if let ledger = try? Ledger.existing(in: log.state, boot: surroundings.machine.boot),
      let record = try? ledger.record(id, .open), record.conclusion == nil
    {
      let execution = record.execution
      return (id, execution.task, execution.run, execution.owner != nil, execution.trace)
    }
    guard let spool = try? Spool.existing(in: log.state), let names = try? spool.names() else { return nil }
    for name in names {
      guard case .start(let start)? = (try? spool.entry(name))?.request.kind, start.execution == id else { continue }
      return (id, start.task, start.run ?? start.newRun, start.details.owner != nil, start.details.trace)
    }
    return nil
  }
}

extension Configuration {
  /// What the configuration of a project says; defaults when it has none.
  init(of project: Project) throws(JournalError) {
    let path = project.configurationFile
    let bytes: [UInt8]
    do {
      bytes = try Path.contents(of: path, maximum: Self.maximumFileSize)
    } catch {
      if error.isAbsence, !project.namesConfiguration {
        self.init()
        return
      }
      let reason = error.isTooLarge ? "larger than 256 KiB" : error.message
      throw .configuration("'\(excerpt(path, maximumLength: 1024))': \(reason)")
    }
    do {
      self = try Self.decode(bytes, file: path)
    } catch {
      throw .configuration(error.description)
    }
  }

  /// Sees to it that a configuration that was found, not named, and that another user wrote does not move the journal out
  /// of its project, as one in a shared directory could try; root's is trusted.
  fileprivate mutating func keepDirectoryInside(_ project: Project, for user: UInt32) throws(JournalError) {
    guard logging.directory.utf8.first == UInt8(ascii: "/"), !project.namesConfiguration else { return }
    let path = project.configurationFile
    do throws(SystemError) {
      let owners = [try FileStatus.of(project.root), try FileStatus.of(path)].compactMap { $0?.owner.user }
      guard let stranger = owners.first(where: { $0 != user && $0 != 0 }) else { return }
      guard Path.isInside(logging.directory, project.root) else {
        throw .refused("logging.directory leads out of the project, and it is user \(stranger)'s; --config allows it")
      }
    } catch {
      throw .configuration("'\(excerpt(path, maximumLength: 1024))': \(error.message)")
    }
    // From the root on every link on the way is looked at.
    logging.directory = String(logging.directory.dropFirst(project.root.utf8.count + 1))
  }
}
