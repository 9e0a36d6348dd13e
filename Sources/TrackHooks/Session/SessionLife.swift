import TrackCore

// How the execution of a session begins, goes on, and ends.

extension SessionTracking {
  /// The task of every session of a harness; its context tells which.
  var task: TaskID? { try? TaskID("\(harness.rawValue).session") }

  /// The droid that works in a session: the harness, unless `DROID_ID` says otherwise.
  private var droid: DroidID? { namesDroid ? nil : try? DroidID(harness.rawValue) }

  /// A session starts, or goes on: resumed, compacted, or told twice.
  mutating func begin(_ event: HookEvent, source: String?, model: String?) {
    if record.execution == nil, source == "resume" || source == "compact" { _ = recover() }
    var earlier: ExecutionID?
    if let execution = record.execution {
      if !record.isEnded, goesOn(execution) {
        record.isGivenUp = false
        tellEnvironment()
        return
      }
      earlier = execution
      var fresh = SessionRecord()
      (fresh.session, fresh.transcript) = (record.session, record.transcript)
      record = fresh
    }
    files.prune(now: now)
    open(event, source: source, model: model, resuming: earlier)
  }

  /// Whether an execution is still the session's: open, with an owner that is not gone.
  private func goesOn(_ execution: ExecutionID) -> Bool {
    // Through the lock, so that a ledger that was lost is there again.
    _ = try? journal.touch(execution)
    switch journal.standing(of: execution) {
    case .open(owner: .gone?), .open(owner: .rebooted?), .ended: return false
    // Of a start that waits in the spool nothing is known yet.
    case .open, .unknown: return true
    }
  }

  /// Finds the open execution of this harness process again after its record was lost; false when there is none.
  mutating func recover() -> Bool {
    guard let task, let owner, let execution = journal.openExecution(of: task, ownedBy: owner),
      !files.all().contains(where: { $0.record.execution == execution.id })
    else { return false }
    record.execution = execution.id
    record.run = execution.run
    record.traceParent = execution.trace.own.description
    record.droid = droid
    record.reported = now
    note("what was counted of '\(record.session)' is lost, it goes on as \(execution.id)")
    return true
  }

  /// Opens an execution for the session.
  mutating func open(_ event: HookEvent, source: String?, model: String?, resuming earlier: ExecutionID? = nil) {
    guard let task else { return }
    var start = Start(task: task, description: "\(harness.name) session", droid: droid, mode: .new)
    start.kind = .session
    start.owner = owner
    for (key, value) in [
      (HookKey.harness, harness.rawValue), (HookKey.session, event.session), (HookKey.source, source),
      (HookKey.directory, event.directory), (HookKey.model, model), (HookKey.resumedFrom, earlier?.text),
    ] {
      start.context[key] = value.map { .string($0) }
    }
    do {
      let outcome = try journal.start(start)
      record.execution = outcome.execution
      record.run = outcome.run
      record.traceParent = outcome.traceParent?.description
      record.droid = outcome.droid
      record.reported = now
      record.touched = now
      tell(outcome.notices)
    } catch {
      return note("\(error)")
    }
    tellEnvironment()
  }

  /// The session is over.
  mutating func end(reason: String?) {
    if record.execution == nil { _ = recover() }
    guard let execution = record.execution else {
      return note("'\(record.session)' has ended, but nothing is known of its start")
    }
    guard !record.isEnded else { return note("'\(record.session)' has ended already") }
    for delegation in record.delegations { giveUp(delegation.execution) }
    record.delegations = []
    let tokens = record.transcript.flatMap { SessionTokens.beside($0) }
    let result = record.counters.result(tokens, reason: reason)
    do {
      tell(try journal.end(.completed, of: .execution(execution), result: result, by: record.droid).notices)
      record.isEnded = true
    } catch {
      switch error {
      case .alreadyEnded, .noExecution: record.isEnded = true
      default: break
      }
      note("\(error)")
    }
    record.counters = SessionCounters()
  }

  /// What else there is to hear: who made way for the new session is no news.
  func tell(_ notices: [Notice]) {
    for notice in notices {
      switch notice {
      case .stillOpen, .closedStale: break
      default: note("\(notice)")
      }
    }
  }

  /// Has scripts that the agent runs join its session.
  private func tellEnvironment() {
    guard let path = environmentFile, let execution = record.execution else { return }
    var variables = [(name: "DROID_EXECUTION_ID", value: execution.text)]
    if let run = record.run { variables.append(("DROID_RUN_ID", run.text)) }
    if let trace = record.traceParent { variables.append(("TRACEPARENT", trace)) }
    do { try EnvironmentFile.set(variables, in: path) } catch {
      note("cannot write '\(path)': \(error.message)")
    }
  }
}
