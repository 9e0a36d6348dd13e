extension Transaction {
  /// Opens an execution, or goes on with the one that was opened for it.
  ///
  /// Open executions of the same task whose owner is gone or whose time is over are closed in the same step.
  mutating func start(_ request: StartRequest, id: EventID, at time: Instant) throws(JournalError) -> Outcome {
    var outcome = Outcome()
    var current: LedgerRecord?
    // Whose TRACEPARENT the environment may still hold although nothing is its child any more.
    var former: TraceContext?
    if let id = request.environment {
      current = try openRecord(id)
      if current == nil {
        outcome.notices.append(.staleEnvironment(id.text))
        former = try knownRecord(id)?.execution.trace
      }
    }
    if let current, request.mode == .join, current.execution.task == request.task, current.execution.owner == nil {
      return try join(current, request, id: id, at: time)
    }
    // Inside the execution that is to make way, the new one is its successor, not its child.
    let replaced = request.mode == .supersede && current?.execution.task == request.task
    if replaced { former = current?.execution.trace }
    let parent: ExecutionID? = request.details.parent ?? (replaced ? nil : current?.execution.id)
    let outer = try known(parent, current)
    let run = request.run ?? outer?.run ?? request.newRun
    let trace =
      request.details.trace ?? request.trace?.context(in: outer?.trace, after: former)
      ?? TraceContext(derivedFrom: request.execution.text, run: run.text, parent: parent?.text)
    let execution = Execution(
      id: request.execution, task: request.task, droid: request.droid, run: run, started: time,
      host: context.machine.host, limit: request.details.limit, parent: parent, owner: request.details.owner,
      trace: trace, kind: request.details.kind)
    var details = request.details
    details.parent = parent
    details.trace = trace
    let started = event(.started(details), id: id, of: execution, writer: nil, at: time)
    let closings = try closings(besides: execution, mode: request.mode, notices: &outcome.notices)
    let changes = closings + [Change(effect: .open(execution), events: [started])]
    try apply(changes)
    return Outcome(about: execution, changes.flatMap(\.events), notices: outcome.notices)
  }

  /// The parent, as far as the ledger knows it.
  private mutating func known(_ parent: ExecutionID?, _ current: LedgerRecord?) throws(JournalError) -> Execution? {
    guard let parent else { return nil }
    if let current, current.execution.id == parent { return current.execution }
    return try knownRecord(parent)?.execution
  }

  /// The droid works on what the orchestrator started: a report instead of a second start.
  private mutating func join(
    _ record: LedgerRecord, _ request: StartRequest, id: EventID, at time: Instant
  ) throws(JournalError) -> Outcome {
    var joined = record
    joined.execution.owner = request.details.owner
    let droid = request.droid == .unknown ? record.execution.droid : request.droid
    if record.execution.droid == .unknown { joined.execution.droid = droid }
    var report = SelfReport(kind: .taskStart)
    report.fields[WireKey.description] = request.details.description.map { .string($0) }
    if !request.details.context.isEmpty { report.fields[WireKey.context] = .object(request.details.context) }
    report.fields.set(WireKey.attempt, integer: request.details.attempt)
    report.fields[WireKey.owner] = request.details.owner.map { .object($0.object) }
    let writer = Writer(droid: droid, fallback: .unknown, run: request.run)
    let event = event(.selfReport(report), id: id, of: record.execution, writer: writer, at: time)
    let isWanted = context.configuration.tracking.acceptsSelfReports
    try apply([Change(effect: .join(joined, at: time.seen(in: context.machine.boot)), events: isWanted ? [event] : [])])
    var outcome = Outcome(about: joined.execution, isWanted ? [event] : [])
    outcome.droid = droid
    return outcome
  }

  /// What becomes of the open executions of the same task: closed when nobody will end them or when they are to make
  /// way, else named.
  private mutating func closings(
    besides new: Execution, mode: StartMode, notices: inout [Notice]
  ) throws(JournalError) -> [Change] {
    let policy = JudgementPolicy(context.configuration)
    let processes = context.processes
    let now = context.machine.now()
    var changes: [Change] = []
    for record in try openRecords(where: { $0.isOf(task: new.task) }) where record.execution.task == new.task {
      let old = record.execution
      guard old.id != new.parent else { continue }
      let verdict = policy.judge(record, owner: old.owner.map { processes.liveness(of: $0) }, now: now)
      if case .stale(let reason, let evidence) = verdict {
        changes.append(abandonment(of: record, reason, evidence: evidence, at: now))
        notices.append(.closedStale(old.id, reason))
      } else if mode == .supersede {
        let evidence: JSONObject = [WireKey.supersededBy: .string(new.id.text)]
        changes.append(abandonment(of: record, .superseded, evidence: evidence, at: now))
        notices.append(.superseded(old.id))
      } else {
        notices.append(.stillOpen(old.id, droid: old.droid))
      }
    }
    return changes
  }

  /// The change that closes an execution nobody ended.
  func abandonment(
    of record: LedgerRecord, _ reason: AbandonReason, evidence: JSONObject, at now: Instant
  ) -> Change {
    let execution = record.execution
    let id = EventID.random(at: now.wall)
    let payload = Event.Payload.abandoned(
      Abandonment(
        reason: reason, durationSeconds: now.elapsedSeconds(since: execution.started), evidence: evidence))
    let conclusion = LedgerConclusion(conclusion: Conclusion(status: .abandoned, time: now.wall), event: id)
    return Change(
      effect: .close(record, conclusion), events: [event(payload, id: id, of: execution, writer: nil, at: now)])
  }

  /// An event of an execution, with what its writer says of himself before what the ledger knows.
  func event(
    _ payload: Event.Payload, id: EventID, of execution: Execution, writer: Writer?, at time: Instant
  ) -> Event {
    Event(
      id: id, timestamp: time.wall, run: writer?.run ?? execution.run, task: execution.task,
      droid: writer?.droid ?? execution.droid, execution: execution.id, payload: payload)
  }
}
