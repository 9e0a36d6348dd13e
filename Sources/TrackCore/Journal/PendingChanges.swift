// Finishing what a writer that died had begun.

extension Transaction {
  /// The open record of an execution, its pending change finished first; nil when there is none.
  mutating func openRecord(_ id: ExecutionID) throws(JournalError) -> LedgerRecord? {
    guard let record = try record(id, .open), record.state != .open else { return try record(id, .open) }
    try finish(record)
    return try self.record(id, .open)
  }

  /// The record of an ended execution; nil when it is not remembered.
  mutating func closedRecord(_ id: ExecutionID) throws(JournalError) -> LedgerRecord? { try record(id, .closed) }

  /// The record of an execution, open or ended; nil when it is not known.
  mutating func knownRecord(_ id: ExecutionID) throws(JournalError) -> LedgerRecord? {
    if let record = try openRecord(id) { return record }
    return try closedRecord(id)
  }

  private mutating func record(_ id: ExecutionID, _ side: Ledger.Side) throws(JournalError) -> LedgerRecord? {
    do { return try ledger.record(id, side) } catch {
      guard error.isDamage else { throw stateFailure(error) }
    }
    try rebuildLedger()
    do { return try ledger.record(id, side) } catch { throw stateFailure(error) }
  }

  /// Brings a pending change about: what of its lines is not in the journal is appended, then the record is settled.
  mutating func finish(_ record: LedgerRecord) throws(JournalError) {
    holdSignals()
    for part in record.redo?.parts ?? [] {
      let missing = try missingLines(of: part)
      if !missing.isEmpty { try append(missing, to: part.stream, durable: durability != .none) }
    }
    do { try ledger.settle(record) } catch { throw stateFailure(error) }
  }

  /// Whether it is certain that nothing of a change is in the journal.
  func isAbsent(_ redo: Redo?) -> Bool {
    (redo?.parts ?? []).allSatisfy { part in
      guard let missing = try? missingLines(of: part) else { return false }
      return missing.count == part.lines.count
    }
  }

  /// The lines of `part` that are not in the journal, put together.
  private func missingLines(of part: Redo.Part) throws(JournalError) -> [UInt8] {
    let lines = part.lines.split(separator: UInt8(ascii: "\n")).map { Array($0) }
    let made = lines.compactMap { try? EventRecord(line: $0).timestamp }.min()
    do {
      return try StreamSearch(part.stream, in: log, from: part.size, since: made ?? Timestamp(microseconds: .min))
        .missing(of: lines)
        .flatMap { $0 + [UInt8(ascii: "\n")] }
    } catch {
      throw .fileSystem(verb: "read", path: "\(log.directory.path)/\(part.stream.fileName)", error)
    }
  }
}
