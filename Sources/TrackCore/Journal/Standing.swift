/// How an execution stands, by a look at the ledger without the lock: by the next moment it may be out of date.
package enum Standing: Hashable, Sendable {
  /// It goes on; `owner` tells what is known of its owner, nil when it has none.
  case open(owner: Liveness?)
  /// It has ended, or was given up.
  case ended(Conclusion)
  /// Nothing is known of it; perhaps its start is spooled.
  case unknown
}

extension Journal {
  /// How an execution stands.
  package func standing(of execution: ExecutionID) -> Standing {
    look { (ledger) throws(SystemError) in
      if let record = try ledger.record(execution, .open) {
        if let conclusion = record.conclusion { return .ended(conclusion.conclusion) }
        return .open(owner: record.execution.owner.map { context.processes.liveness(of: $0) })
      }
      return try ledger.record(execution, .closed)?.conclusion.map { .ended($0.conclusion) }
    } ?? .unknown
  }

  /// The open execution of a task whose life is the life of the process `pid`; the newest of several.
  package func openExecution(of task: TaskID, ownedBy pid: Int32) -> Execution? {
    guard let owner = context.processes.identity(of: pid) else { return nil }
    // Through the lock, so that a ledger that was lost is there again.
    try? withTransaction { (_) throws(JournalError) in }
    return look { (ledger) throws(SystemError) in
      var found: [LedgerRecord] = []
      for id in try ledger.openIDs() where id.isOf(task: task) {
        guard let record = try ledger.record(id, .open), record.execution.task == task, record.conclusion == nil,
          let other = record.execution.owner
        else { continue }
        let isSame = other.pid == owner.pid && other.startTicks == owner.startTicks && other.boot == owner.boot
        if isSame, other.pidNamespace == owner.pidNamespace { found.append(record) }
      }
      return found.max { $0.execution.started.wall < $1.execution.started.wall }?.execution
    }
  }

  /// Looks into the ledger as it is; nil when there is none, or it cannot be read.
  private func look<Value>(_ body: (borrowing Ledger) throws(SystemError) -> Value?) -> Value? {
    do {
      guard let log = try existingLog() else { return nil }
      return try body(try Ledger.existing(in: log.state, boot: surroundings.machine.boot))
    } catch {
      return nil
    }
  }
}
