/// Makes the ledger anew from the journal, after a reboot, a power cut or a `git clean`.
///
/// `events` is the authority; what the other streams lost at their ends is restored from it. Used under the lock.
struct LedgerRebuild {
  let context: RecordingContext

  /// How many ended executions are remembered, and for how long.
  static let rememberedCount = 10_000
  static let rememberedTime: Duration = .seconds(30 * 86_400)

  /// The name of a ledger that is being removed.
  private static let discarded = "discarded"

  /// Builds the ledger of this boot and removes those of others.
  func run(in log: borrowing LogDirectory) throws(JournalError) -> Ledger {
    let boot = context.machine.boot
    let name = Ledger.name(boot: boot)
    let temporary = "\(name).new"
    for stream in [Stream.events, .droidStatus, .results] { _ = try log.size(of: stream) }
    do {
      let history = try JournalHistory(of: log)
      try log.state.removeTree(temporary)
      let ledger = try Ledger.create(temporary, in: log.state, boot: boot)
      for record in history.records(now: context.machine.now()) {
        try ledger.put(record, record.conclusion == nil ? .open : .closed)
      }
    } catch {
      throw .fileSystem(verb: "rebuild ledger in", path: log.state.path, error)
    }
    for stream in [Stream.droidStatus, .results] { try restore(stream, in: log) }
    do {
      try log.state.removeTree(Self.discarded)
      for other in try log.state.names() where other.hasPrefix("ledger-") && other != temporary {
        // Out of sight in one step: half a ledger must not be taken for a whole one.
        try log.state.rename(other, to: Self.discarded)
        try log.state.removeTree(Self.discarded)
      }
      try log.state.rename(temporary, to: name)
      Ballast.keep(in: log.state)
      return try Ledger.existing(in: log.state, boot: boot)
    } catch {
      throw .fileSystem(verb: "rebuild ledger in", path: log.state.path, error)
    }
  }

  /// Restores what a stream lost at its end.
  private func restore(_ stream: Stream, in log: borrowing LogDirectory) throws(JournalError) {
    let missing: [UInt8]
    do { missing = try LostTail(of: stream, in: log, context).lines() } catch {
      throw .fileSystem(verb: "read", path: log.directory.path, error)
    }
    guard !missing.isEmpty else { return }
    let repair = AuditAction.restored(stream, lines: missing.count { $0 == UInt8(ascii: "\n") })
    try append(missing, to: stream, in: log)
    try append(context.encoder.line(context.audit(repair)), to: .audit, in: log)
  }

  private func append(_ lines: [UInt8], to stream: Stream, in log: borrowing LogDirectory) throws(JournalError) {
    let file = try StreamFile.open(stream, in: log, durable: true)
    let healing: StreamFile.Healing?
    do { healing = try file.append(lines, durable: true) } catch {
      throw .fileSystem(verb: "append to", path: "\(log.directory.path)/\(stream.fileName)", error)
    }
    if let healing { try append(context.encoder.line(context.audit(.healed(healing))), to: .audit, in: log) }
  }
}
