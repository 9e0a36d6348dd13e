/// The execution a selection leads to.
struct Resolution {
  var record: LedgerRecord?
  var notices: [Notice] = []
}

extension Transaction {
  /// Finds the execution that is meant, among the open ones first, then among those remembered as ended.
  ///
  /// The order is that of DESIGN §5: the one named; that of the environment, if it is open and of the task; the open
  /// ones of the task that were started in it; the open ones of the task, narrowed by droid. Without a task: that of
  /// the environment, that of the file, the project's only open one. A record that has ended is found only when no open
  /// one is; nil when nothing answers at all.
  mutating func resolve(_ selection: Selection) throws(JournalError) -> Resolution {
    if let named = selection.named { return Resolution(record: try record(named: named, task: selection.task)) }
    var resolution = Resolution()
    if let id = selection.environment {
      if let record = try openRecord(id) {
        if selection.task == nil { return Resolution(record: try workUnder(record)) }
        if selection.task == record.execution.task { return Resolution(record: record) }
      } else {
        resolution.notices.append(.staleEnvironment(id.text))
      }
    }
    guard let task = selection.task else { return try resolveWithoutTask(selection, resolution) }
    let open = try openRecords { $0.isOf(task: task) }.filter { $0.execution.task == task }
    let children = selection.environment.map { id in open.filter { $0.execution.parent == id } } ?? []
    let candidates = children.isEmpty ? narrowed(open, by: selection.droid) : children
    guard let choice = try choose(candidates, of: task.text) else {
      resolution.record = try endedRecord(of: task, selection)
      if resolution.record?.execution.id == selection.environment { resolution.notices = [] }
      return resolution
    }
    resolution.record = choice.record
    resolution.notices += choice.notices
    return resolution
  }

  private mutating func record(named id: ExecutionID, task: TaskID?) throws(JournalError) -> LedgerRecord {
    guard let record = try knownRecord(id) else { throw .noExecution("\(id) is not known here") }
    guard task == nil || task == record.execution.task else { throw .wrongTask(id, task: record.execution.task) }
    return record
  }

  private mutating func resolveWithoutTask(
    _ selection: Selection, _ partial: Resolution
  ) throws(JournalError) -> Resolution {
    var resolution = partial
    if let id = selection.file, let record = try openRecord(id) {
      resolution.record = record
      return resolution
    }
    // One that was given up may still be ended by the droid that works on it; a stranger's is not ended in its place.
    if let id = selection.environment, let record = try closedRecord(id),
      record.conclusion?.conclusion.status == .abandoned
    {
      return Resolution(record: record)
    }
    let all = try openRecords { _ in true }
    // While there is work, nobody who names nothing means the session it is done in.
    let work = all.filter { $0.execution.kind != .session }
    let open = work.isEmpty ? all : work
    if open.count == 1 {
      resolution.record = open.first
    } else if open.count > 1 {
      throw ambiguity(open, of: "the project")
    } else if let id = selection.environment ?? selection.file {
      resolution.record = try closedRecord(id)
    }
    return resolution
  }

  /// What is meant by the execution of the environment: of an agent's session, in which each step has the same
  /// environment, the task that is open in it, if there is one.
  private mutating func workUnder(_ record: LedgerRecord) throws(JournalError) -> LedgerRecord {
    let session = record.execution
    guard session.kind == .session else { return record }
    let tasks = try openRecords { _ in true }.filter { $0.execution.parent == session.id && $0.execution.kind == nil }
    guard tasks.count <= 1 else { throw ambiguity(tasks, of: "the session") }
    return tasks.first ?? record
  }

  /// The records of open executions whose id satisfies `isWanted`, oldest first.
  mutating func openRecords(where isWanted: (ExecutionID) -> Bool) throws(JournalError) -> [LedgerRecord] {
    let ids: [ExecutionID]
    do { ids = try ledger.openIDs() } catch { throw stateFailure(error) }
    let count = rebuildCount
    var records: [LedgerRecord] = []
    for id in ids where isWanted(id) {
      if let record = try openRecord(id) { records.append(record) }
    }
    guard rebuildCount == count else { return try openRecords(where: isWanted) }
    return records.sorted {
      ($0.execution.started.wall, $0.execution.id.text) < ($1.execution.started.wall, $1.execution.id.text)
    }
  }

  private func narrowed(_ records: [LedgerRecord], by droid: DroidID?) -> [LedgerRecord] {
    guard let droid else { return records }
    let own = records.filter { $0.execution.droid == droid }
    return own.isEmpty ? records : own
  }

  /// The one of `candidates` (oldest first) that is meant; nil when there are none.
  ///
  /// The only one, or the newest when all older ones are dead wood: without a living owner, and silent since the newest
  /// began.
  private func choose(_ candidates: [LedgerRecord], of task: String) throws(JournalError) -> Resolution? {
    guard let newest = candidates.last else { return nil }
    let older = candidates.dropLast()
    guard !older.isEmpty else { return Resolution(record: newest) }
    let processes = context.processes
    let areSilent = older.allSatisfy { record in
      let hasReported = record.lastReport.map { $0.wall >= newest.execution.started.wall } ?? false
      return !hasReported && !(record.execution.owner.map { processes.liveness(of: $0).mayBeAlive } ?? false)
    }
    guard areSilent else { throw ambiguity(candidates, of: task) }
    return Resolution(
      record: newest, notices: [.tookNewest(newest.execution.id, passedOver: older.map(\.execution.id))])
  }

  private func ambiguity(_ records: [LedgerRecord], of task: String) -> JournalError {
    let now = context.machine.now()
    return .ambiguous(
      task: task,
      candidates: records.map { record in
        JournalError.Candidate(
          execution: record.execution.id, droid: record.execution.droid,
          age: Int(now.elapsedSeconds(since: record.execution.started)), host: record.execution.host)
      })
  }

  /// The execution of `task` that ended last, that of the environment before others.
  private mutating func endedRecord(of task: TaskID, _ selection: Selection) throws(JournalError) -> LedgerRecord? {
    if let id = selection.environment, let record = try closedRecord(id), record.execution.task == task {
      return record
    }
    let ids: [ExecutionID]
    do { ids = try ledger.closedIDs() } catch { throw stateFailure(error) }
    var records: [LedgerRecord] = []
    for id in ids where id.isOf(task: task) {
      if let record = try closedRecord(id), record.execution.task == task { records.append(record) }
    }
    return narrowed(records, by: selection.droid).max { $0.execution.started.wall < $1.execution.started.wall }
  }
}

extension Liveness {
  /// Whether it cannot be ruled out that the process runs.
  var mayBeAlive: Bool {
    switch self {
    case .alive, .unknown: true
    case .gone, .rebooted: false
    }
  }
}
