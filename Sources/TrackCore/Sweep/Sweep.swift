/// How a sweep goes about it.
public struct SweepOptions: Hashable, Sendable {
  /// Closes every execution older than this, whatever its own limit; zero closes all.
  public var limit: Duration?
  /// Also those whose owner lives.
  public var isForced = false
  /// Only tells what it would close; what was interrupted is finished all the same.
  public var isDryRun = false
  /// Does nothing when the last sweep is younger than `cleanup_interval`.
  public var onlyIfDue = false
  /// Also seals what was added to the journal since the last seal.
  public var seals = false
  /// Also sees to the size and the age of the journal; nil leaves them alone.
  public var retention: RetentionOptions?
  /// The most executions it looks at; of more open ones, those are drawn by chance.
  public var maximumExecutions = Int.max

  /// A sweep by the configuration.
  public init() {}
}

/// What a sweep did, or would do.
public struct SweepReport: Hashable, Sendable {
  /// An execution that was closed.
  public struct Closed: Hashable, Sendable {
    /// The execution.
    public let execution: Execution
    /// Why.
    public let reason: AbandonReason
  }

  /// Why nothing was done, if so.
  public enum Skipped: Hashable, Sendable {
    /// Another sweep is at work.
    case alreadyRunning
    /// The last one is not long ago.
    case notDue
    /// There is no journal.
    case noJournal
  }

  /// The executions that were closed, oldest first.
  public internal(set) var closed: [Closed] = []
  /// Executions past the default limit whose owner lives; they are left open.
  public internal(set) var overdue: [Execution] = []
  /// The executions that stay open.
  public internal(set) var openCount = 0
  /// The seal that was written, or would be; nil when there was nothing to seal.
  public internal(set) var sealed: SealReport?
  /// What was done about the size and the age of the journal.
  public internal(set) var retention = RetentionReport()
  /// Nil when the sweep was made.
  public internal(set) var skipped: Skipped?
}

extension Journal {
  /// The file whose modification time is that of the last sweep.
  private static let stampName = "swept"
  private static let batchSize = 64

  /// Closes executions that nobody will end and finishes what dead writers began.
  ///
  /// One sweep at a time: a second returns at once. Its cost depends on the number of open executions, never on the
  /// size of the logs. A sweep that finds nothing to do takes no lock and writes nothing to the journal.
  ///
  /// Nothing is pruned: that needs the figures of what goes, which are the report's.
  public func sweep(_ options: SweepOptions = SweepOptions()) throws(JournalError) -> SweepReport {
    try sweep(options, figures: nil)
  }

  /// Sweeps, and prunes what the configuration has no room for.
  package func sweep(_ options: SweepOptions, figures: PruningFigures?) throws(JournalError) -> SweepReport {
    guard let log = try existingLog() else { return SweepReport(skipped: .noJournal) }
    let lock: FileLock?
    do {
      if options.onlyIfDue, try !isDue(log) { return SweepReport(skipped: .notDue) }
      lock = try FileLock.acquire("sweep.lock", in: log.state, wait: .zero)
    } catch {
      throw .fileSystem(verb: "lock", path: log.state.path, error)
    }
    guard let lock else { return SweepReport(skipped: .alreadyRunning) }
    var report = try sweep(log, options)
    if let retention = options.retention {
      report.retention = try retain(retention, isDryRun: options.isDryRun, figures: figures)
    }
    if options.seals { report.sealed = try seal(isDryRun: options.isDryRun) }
    lock.release()
    return report
  }

  private func sweep(_ log: borrowing LogDirectory, _ options: SweepOptions) throws(JournalError) -> SweepReport {
    let policy = JudgementPolicy(configuration, options)
    let records = try openRecords(log, options)
    let owners = owners(of: records)
    let plan = SweepPlan(records, owners: owners, now: surroundings.machine.now(), policy: policy)
    var report = SweepReport(overdue: plan.overdue, openCount: records.count)
    let wanted = plan.closings
    if options.isDryRun {
      report.closed = wanted.map { SweepReport.Closed(execution: $0.record.execution, reason: $0.reason) }
      return report
    }
    for start in stride(from: 0, to: wanted.count, by: Self.batchSize) {
      let batch = wanted.dropFirst(start).prefix(Self.batchSize)
      report.closed += try close(batch.map(\.record.execution.id), policy)
    }
    report.openCount -= report.closed.count
    if !report.closed.isEmpty { try note(report) }
    try forgetOld(log)
    do { try stamp(log) } catch { throw .fileSystem(verb: "update", path: log.state.path, error) }
    Ballast.keep(in: log.state)
    return report
  }

  /// The open records, read without the lock, which is taken only where a dead writer left something to finish.
  private func openRecords(_ log: borrowing LogDirectory, _ options: SweepOptions) throws(JournalError)
    -> [LedgerRecord]
  {
    var view = OpenView(log, surroundings.machine, options.maximumExecutions)
    let isSpooledElsewhere = hasSpoolInUsualPlace()
    guard !view.isSettled || isSpooledElsewhere else { return view.records }
    let unsettled = view.unsettled
    try withTransaction { (transaction) throws(JournalError) in
      for id in unsettled { _ = try transaction.openRecord(id) }
    }
    view = OpenView(log, surroundings.machine, options.maximumExecutions)
    if let failure = view.failure { throw .fileSystem(verb: "read", path: log.state.path, failure) }
    return view.records
  }

  /// What is known of each distinct owner.
  private func owners(of records: [LedgerRecord]) -> [ProcessIdentity: Liveness] {
    let processes = context.processes
    var owners: [ProcessIdentity: Liveness] = [:]
    for record in records {
      guard let owner = record.execution.owner, owners[owner] == nil else { continue }
      owners[owner] = processes.liveness(of: owner)
    }
    return owners
  }

  /// Closes those of `ids` that still are to be closed now that we hold the lock.
  private func close(_ ids: [ExecutionID], _ policy: JudgementPolicy) throws(JournalError) -> [SweepReport.Closed] {
    try withTransaction { (transaction) throws(JournalError) in
      var records: [LedgerRecord] = []
      for id in ids {
        if let record = try transaction.openRecord(id) { records.append(record) }
      }
      let now = surroundings.machine.now()
      let plan = SweepPlan(records, owners: owners(of: records), now: now, policy: policy)
      guard !plan.closings.isEmpty else { return [] }
      try transaction.apply(
        plan.closings.map { transaction.abandonment(of: $0.record, $0.reason, evidence: $0.evidence, at: now) })
      return plan.closings.map { SweepReport.Closed(execution: $0.record.execution, reason: $0.reason) }
    }
  }

  /// Tells the audit stream what was closed.
  private func note(_ report: SweepReport) throws(JournalError) {
    try withTransaction { (transaction) throws(JournalError) in
      try transaction.audit(.swept(closed: report.closed.count))
    }
  }

  /// Forgets ended executions beyond the number and the time they are remembered for.
  private func forgetOld(_ log: borrowing LogDirectory) throws(JournalError) {
    guard let ledger = try? Ledger.existing(in: log.state, boot: surroundings.machine.boot),
      let remembered = try? ledger.closedIDs()
    else { return }
    let old = old(among: remembered, ledger)
    guard !old.isEmpty else { return }
    try withTransaction { (transaction) throws(JournalError) in
      do throws(SystemError) {
        for id in old { try transaction.ledger.forget(id) }
      } catch { throw transaction.stateFailure(error) }
    }
  }

  private func old(among ids: [ExecutionID], _ ledger: borrowing Ledger) -> [ExecutionID] {
    let oldest = surroundings.machine.now().wall.microseconds - Int64(LedgerRebuild.rememberedTime.seconds) * 1_000_000
    // Nothing ended before it started, so a look at the ids spares a look at nearly every file.
    let surplus = ids.count - LedgerRebuild.rememberedCount
    let candidates = surplus > 0 ? ids : ids.filter { ($0.startedAt?.microseconds ?? .min) < oldest }
    var ended: [(time: Timestamp, id: ExecutionID)] = []
    for id in candidates {
      if let time = try? ledger.closedTime(id) { ended.append((time, id)) }
    }
    ended.sort { $0.time < $1.time }
    let expired = ended.prefix { $0.time.microseconds < oldest }.count
    return ended.prefix(max(expired, surplus)).map(\.id)
  }

  private func isDue(_ log: borrowing LogDirectory) throws(SystemError) -> Bool {
    guard let last = try log.state.status(Self.stampName)?.modified else { return true }
    let age = surroundings.machine.now().wall.seconds(since: last)
    return age < 0 || age >= configuration.tracking.cleanupInterval.seconds
  }

  private func stamp(_ log: borrowing LogDirectory) throws(SystemError) {
    try log.state.remove(Self.stampName)
    try log.state.create(Self.stampName, [])
  }

  /// When the last sweep was made; nil when there was none.
  public func lastSweep() -> Timestamp? {
    (try? FileStatus.of("\(logDirectory)/\(LogDirectory.stateName)/\(Self.stampName)")).flatMap { $0 }?.modified
  }
}

extension JudgementPolicy {
  init(_ configuration: Configuration, _ options: SweepOptions) {
    self.init(configuration)
    if let limit = options.limit {
      defaultLimit = limit
      overridesLimits = true
    }
    sparesLivingOwners = !options.isForced
  }
}
