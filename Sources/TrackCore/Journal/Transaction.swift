/// The journal and the ledger while we hold the lock.
///
/// Calling sequence: `begin` waits for the lock and sees to it that the ledger is there; `apply` makes changes; the
/// lock is let go when the value goes out of scope. A change is noted in the ledger, appended to the streams, then
/// settled in the ledger; a writer that dies on the way leaves a pending record that the next one finishes.
struct Transaction: ~Copyable {
  let log: LogDirectory
  private(set) var ledger: Ledger
  /// How often the ledger was made anew: records that were read before are out of date then.
  private(set) var rebuildCount = 0
  let context: RecordingContext
  /// Which changes are synced; more while the spool is merged than the configuration asks for.
  var durability: Configuration.Durability
  private let lock: FileLock
  /// Held from the first append on.
  private var signals: SignalMask?
  private var holdsSignals = false
  /// Whether an ending is to be recorded, for which the room kept for endings may be given up.
  var isEnding = false
  /// Whether that room was given up.
  private var usesBallast = false

  /// Waits for the lock and opens the ledger, rebuilding it from the journal when it is missing.
  /// - Returns: nil when the lock was not had within `wait`.
  static func begin(
    _ log: consuming LogDirectory, context: RecordingContext, wait: Duration, rebuilding: Bool = false
  ) throws(JournalError) -> Transaction? {
    let lock: FileLock?
    do {
      lock = try FileLock.acquire("journal\(context.configuration.locking.lockExtension)", in: log.state, wait: wait)
    } catch {
      throw .fileSystem(verb: "lock", path: log.state.path, error)
    }
    guard let lock else { return nil }
    let ledger =
      try rebuilding ? LedgerRebuild(context: context).run(in: log) : openLedger(in: log, context: context)
    return Transaction(log: log, ledger: ledger, context: context, lock: lock)
  }

  private init(
    log: consuming LogDirectory, ledger: consuming Ledger, context: RecordingContext, lock: consuming FileLock
  ) {
    self.log = log
    self.ledger = ledger
    self.context = context
    self.lock = lock
    durability = context.configuration.tracking.durability
  }

  private static func openLedger(
    in log: borrowing LogDirectory, context: RecordingContext
  ) throws(JournalError) -> Ledger {
    do { return try Ledger.existing(in: log.state, boot: context.machine.boot) } catch {
      guard error.isAbsence else { throw .fileSystem(verb: "open", path: log.state.path, error) }
    }
    return try LedgerRebuild(context: context).run(in: log)
  }

  /// Makes the ledger anew when a record of it is damaged, once what else is pending has been brought about.
  mutating func rebuildLedger() throws(JournalError) {
    let ids: [ExecutionID]
    do { ids = try ledger.openIDs() } catch { throw stateFailure(error) }
    for id in ids {
      if let record = try undamagedRecord(id), record.state != .open { try finish(record) }
    }
    ledger = try LedgerRebuild(context: context).run(in: log)
    rebuildCount += 1
  }

  /// An open execution's record; nil when there is none, or what there is is damaged.
  private func undamagedRecord(_ id: ExecutionID) throws(JournalError) -> LedgerRecord? {
    do { return try ledger.record(id, .open) } catch {
      // What cannot be read just now may be all that tells of a change.
      guard error.isDamage else { throw stateFailure(error) }
      return nil
    }
  }

  /// Makes changes: one write and at most one sync a stream for all of them.
  mutating func apply(_ changes: [Change]) throws(JournalError) {
    let batch = Batch(changes, durability, context)
    holdSignals()
    // What cannot be appended to is refused before anything is noted.
    var sizes = [Int64](repeating: 0, count: Stream.allCases.count)
    for part in batch.parts { sizes[part.stream.rawValue] = try log.size(of: part.stream) }
    var pending: [LedgerRecord] = []
    // The room kept for endings is not for starts, even where one ends another execution on its way.
    let outer = isEnding
    isEnding = (outer || changes.contains(where: \.isEnding)) && !changes.contains(where: \.isStart)
    defer { isEnding = outer }
    do {
      for (change, redo) in zip(changes, batch.redos(sizes)) {
        guard let record = change.effect.pending(redo) else { continue }
        pending.append(record)
        try note(record, replacesFile: change.effect.replacesFile)
      }
    } catch {
      withdraw(pending)
      throw stateFailure(error)
    }
    do { try append(batch) } catch {
      withdraw(pending)
      throw error
    }
    // The lines are in the journal. A record that cannot be settled stays pending, which the next writer sees to.
    for record in pending { try? settle(record) }
  }

  /// Notes in the ledger what is about to be appended.
  private mutating func note(_ record: LedgerRecord, replacesFile: Bool) throws(SystemError) {
    do throws(SystemError) {
      if replacesFile { try ledger.put(record) } else { try ledger.begin(record) }
    } catch {
      guard makesRoom(after: error) else { throw error }
      if replacesFile { try ledger.put(record) } else { try ledger.begin(record) }
    }
  }

  /// Makes room for an ending on a full disk, where that can help: not after a sync that failed.
  private mutating func makesRoom(after error: SystemError) -> Bool {
    guard isEnding, error.isNoSpace, ["open", "write", "rename"].contains(error.call) else { return false }
    guard Ballast.release(in: log.state) else { return false }
    usesBallast = true
    return true
  }

  /// Holds signals back from the first append on.
  mutating func holdSignals() {
    guard !holdsSignals else { return }
    signals = SignalMask()
    holdsSignals = true
  }

  /// Notes that a change is in the journal.
  private func settle(_ record: LedgerRecord) throws(SystemError) {
    if record.tailOffset > 0 {
      try ledger.settle(record)
    } else if let written = try ledger.record(record.execution.id, .open) {
      try ledger.settle(written)
    }
  }

  /// After a failure, forgets a start of which nothing is in the journal, with what was to make way for it.
  ///
  /// Nobody was given its id, so nobody would ever end it. Everything else stays pending: it is true, and the next writer
  /// brings it in.
  private func withdraw(_ pending: [LedgerRecord]) {
    guard let start = pending.first(where: { $0.state == .opening }), isAbsent(start.redo) else { return }
    for var record in pending where record.state != .opening && isAbsent(record.redo) {
      (record.state, record.conclusion, record.redo) = (.open, nil, nil)
      // In place: a full disk, the likely cause, has no room for another file.
      try? ledger.begin(record)
    }
    try? ledger.discard(start.execution.id)
  }

  private mutating func append(_ batch: Batch) throws(JournalError) {
    for part in batch.parts { try append(part.lines, to: part.stream, durable: part.isDurable) }
    guard usesBallast else { return }
    usesBallast = false
    // Only a remark: without room for it the ending stands all the same.
    try? append(context.encoder.line(context.audit(.spaceLow)), to: .audit, durable: durability != .none)
  }

  /// Appends to a stream; that a torn line was closed off is audited.
  ///
  /// When a foreign rotation took the file away meanwhile, the lines go to the one in its place as well: a line twice is
  /// harmless, its event has one id.
  mutating func append(_ lines: [UInt8], to stream: Stream, durable: Bool) throws(JournalError) {
    for _ in 0..<3 {
      let file = try open(stream)
      let healing: StreamFile.Healing?
      let isCurrent: Bool
      do {
        healing = try append(lines, to: file, durable: durable)
        isCurrent = try file.isCurrent(in: log)
      } catch {
        throw .fileSystem(verb: "append to", path: "\(log.directory.path)/\(stream.fileName)", error)
      }
      if let healing {
        try append(context.encoder.line(context.audit(.healed(healing))), to: .audit, durable: durability != .none)
      }
      if isCurrent { return }
    }
  }

  private mutating func open(_ stream: Stream) throws(JournalError) -> StreamFile {
    let durable = durability != .none
    do throws(JournalError) {
      return try StreamFile.open(stream, in: log, durable: durable)
    } catch {
      guard case .fileSystem(_, _, let cause) = error, makesRoom(after: cause) else { throw error }
      return try StreamFile.open(stream, in: log, durable: durable)
    }
  }

  /// A write that found no room was taken back, so that it can be repeated; nothing else may be.
  private mutating func append(
    _ lines: [UInt8], to file: borrowing StreamFile, durable: Bool
  ) throws(SystemError) -> StreamFile.Healing? {
    do throws(SystemError) {
      return try file.append(lines, durable: durable)
    } catch {
      guard makesRoom(after: error) else { throw error }
      return try file.append(lines, durable: durable)
    }
  }

  /// Makes sure that what was done is in the ledger that others find.
  /// - Throws: `JournalError.fileSystem` that tells of removal when the ledger was removed meanwhile.
  func checkState() throws(JournalError) {
    do {
      guard try !ledger.isCurrent(in: log.directory) else { return }
    } catch {
      throw stateFailure(error)
    }
    throw stateFailure(SystemError.absent())
  }

  /// The failure of the ledger or the spool.
  func stateFailure(_ error: SystemError) -> JournalError {
    .fileSystem(verb: "update", path: log.state.path, error)
  }
}
