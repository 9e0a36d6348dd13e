/// What can be seen of the open executions without the lock.
///
/// A look that may be out of date by the next moment: what is to be done is decided again under the lock.
struct OpenView {
  /// The executions that go on.
  private(set) var records: [LedgerRecord] = []
  /// Those with a change that its writer did not finish, or with a damaged record.
  private(set) var unsettled: [ExecutionID] = []
  /// Whether nothing waits for the lock: the ledger is there, no change is pending, no request is spooled.
  private(set) var isSettled = true

  /// What kept us from seeing all there is to see.
  private(set) var failure: SystemError?

  /// Looks at no more than `maximum` executions; of more, they are drawn by chance.
  init(_ log: borrowing LogDirectory, _ machine: Machine, _ maximum: Int) {
    do throws(SystemError) {
      let ledger = try Ledger.existing(in: log.state, boot: machine.boot)
      look(at: try ledger.openIDs(), in: ledger, maximum)
    } catch {
      failure = error
    }
    isSettled = failure == nil && unsettled.isEmpty && Self.isSpoolEmpty(log)
  }

  private mutating func look(at all: [ExecutionID], in ledger: borrowing Ledger, _ maximum: Int) {
    let ids = all.count > maximum ? Array(all.shuffled().prefix(maximum)) : all
    records.reserveCapacity(ids.count)
    for id in ids {
      do throws(SystemError) {
        // One that is gone by now has been ended meanwhile.
        guard let record = try ledger.record(id, .open) else { continue }
        if record.state == .open { records.append(record) } else { unsettled.append(id) }
      } catch {
        unsettled.append(id)
        if !error.isDamage { failure = error }
      }
    }
  }

  private static func isSpoolEmpty(_ log: borrowing LogDirectory) -> Bool {
    do {
      guard let spool = try Spool.existing(in: log.state) else { return true }
      return try spool.names().isEmpty
    } catch {
      return false
    }
  }
}
