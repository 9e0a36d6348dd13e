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

  /// The open executions of a task that were started in `outer`, or in what was started in it, however deep.
  package func openExecutions(of task: TaskID, inside outer: ExecutionID) -> [ExecutionID] {
    // Through the lock, so that what waits in the spool is there, too.
    try? withTransaction { (_) throws(JournalError) in }
    return look { (ledger) throws(SystemError) in
      var found: [ExecutionID] = []
      for id in try ledger.openIDs() where id.isOf(task: task) {
        guard let record = try ledger.record(id, .open), record.execution.task == task, record.conclusion == nil else {
          continue
        }
        if try isInside(record.execution, outer, ledger) { found.append(id) }
      }
      return found
    } ?? []
  }

  private func isInside(
    _ execution: Execution, _ outer: ExecutionID, _ ledger: borrowing Ledger
  ) throws(SystemError) -> Bool {
    var parent = execution.parent
    // Bounded, for nothing keeps a ledger that was tampered with from going in circles.
    for _ in 0..<64 {
      guard let id = parent else { return false }
      if id == outer { return true }
      var record = try ledger.record(id, .open)
      if record == nil { record = try ledger.record(id, .closed) }
      parent = record?.execution.parent
    }
    return false
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
