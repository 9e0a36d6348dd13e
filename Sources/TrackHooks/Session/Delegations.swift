import TrackCore

// Work that an agent gives to another: an execution of its own inside the session's.

/// What the journal is to be told of a delegation.
enum Errand {
  case open(Start, ExecutionID)
  case close(ExecutionID, Ending, result: JSONObject?)
}

extension SessionTracking {
  private var subagentTask: TaskID? { try? TaskID("\(harness.rawValue).subagent") }

  /// A call gives work to an agent.
  mutating func delegate(_ call: ToolCall, in agent: String?) {
    openDelegation(call: call.id, type: call.agentType, agent: nil, inside: agent)
  }

  /// Such a call has returned: with it the work is over, unless it goes on behind it.
  mutating func returned(_ call: ToolCall, failed: Bool) {
    guard let place = place(of: call) else { return }
    if call.isBackground, !failed {
      record.delegations[place].isBackground = true
      if let agent = call.agent { record.delegations[place].agent = agent }
      return
    }
    close(place, failed ? .failed : .completed)
  }

  /// Of calls without an id the first of their kind is taken: in most harnesses they return in the order in which they
  /// began.
  private func place(of call: ToolCall) -> Int? {
    if let id = call.id { return record.delegations.firstIndex { $0.call == id } }
    return record.delegations.firstIndex { $0.call == nil && $0.type == call.agentType && !$0.isBackground }
      ?? record.delegations.firstIndex { $0.call == nil && !$0.isBackground }
  }

  /// An agent begins to work: mostly that of a call which has just been told.
  mutating func subagentBegins(_ agent: String?, _ type: String?) {
    guard let agent, !record.delegations.contains(where: { $0.agent == agent }) else { return }
    if let place = unbound(type).first {
      record.delegations[place].agent = agent
      return
    }
    openDelegation(call: nil, type: type, agent: agent, inside: nil)
  }

  /// An agent has done its work.
  ///
  /// Where the harness does not say which, the return of its call does; only what goes on behind its call ends here.
  mutating func subagentEnds(_ agent: String?, _ type: String?) {
    if let agent, let place = record.delegations.firstIndex(where: { $0.agent == agent }) {
      return close(place, .completed)
    }
    let candidates = unbound(type)
    let background = candidates.filter { record.delegations[$0].isBackground }
    if let place = agent == nil ? background.first : candidates.count == 1 ? candidates.first : background.first {
      close(place, .completed)
    }
  }

  /// The delegations whose agent is not known, of a type.
  private func unbound(_ type: String?) -> [Int] {
    record.delegations.indices.filter { place in
      let delegation = record.delegations[place]
      return delegation.agent == nil && (type == nil || delegation.type == nil || delegation.type == type)
    }
  }

  /// Counts a call of a tool in a subagent.
  mutating func noteCall(of agent: String?) {
    guard let agent, let place = record.delegations.firstIndex(where: { $0.agent == agent }) else { return }
    record.delegations[place].calls += 1
  }

  private mutating func openDelegation(call: String?, type: String?, agent: String?, inside outer: String?) {
    guard let task = subagentTask, record.delegations.count < SessionRecord.maximumDelegations else {
      return note("too much work is given to others at once, some is not recorded")
    }
    let named = type.flatMap { try? DroidID($0) }
    var start = Start(task: task, droid: named ?? (try? DroidID(harness.rawValue)), mode: .new)
    start.kind = .subagent
    start.correlation = call == nil && agent == nil ? .heuristic : nil
    start.owner = owner
    start.parent = record.delegations.first { outer != nil && $0.agent == outer }?.execution ?? record.execution
    start.context[HookKey.harness] = .string(harness.rawValue)
    if named == nil { start.context[HookKey.agentType] = type.map { .string($0) } }
    let execution = ExecutionID(task: task, startedAt: now, random: .random(in: .min ... .max))
    start.execution = execution
    record.delegations.append(SessionRecord.Delegation(execution: execution, call: call, type: type, agent: agent))
    errands.append(.open(start, execution))
  }

  private mutating func close(_ place: Int, _ ending: Ending) {
    let delegation = record.delegations.remove(at: place)
    var result: JSONObject?
    if delegation.calls > 0 { result = [HookKey.toolCalls: .number(JSONNumber(delegation.calls))] }
    errands.append(.close(delegation.execution, ending, result: result))
  }

  /// Tells the journal of a delegation.
  func run(_ errand: Errand) {
    do {
      switch errand {
      case .open(let start, let execution):
        tell(try journal.start(start).notices)
        // A session that has ended meanwhile did not find it.
        let session = files.record(of: record.session)
        if session.isEnded || session.execution != record.execution { giveUp(execution) }
      case .close(let execution, let ending, let result):
        tell(try journal.end(ending, of: .execution(execution), result: result).notices)
      }
    } catch {
      note("\(error)")
    }
  }

  /// Ends what its session leaves behind: nobody will tell of it any more.
  func giveUp(_ delegation: ExecutionID) {
    var details = EndingDetails()
    details.cause = "session_ended"
    details.isConfirmed = false
    do { tell(try journal.end(.failed, of: .execution(delegation), details: details).notices) } catch {
      switch error {
      // Another hook has ended it, or it is just about to open it and sees to it itself.
      case .alreadyEnded, .noExecution: break
      default: note("\(error)")
      }
    }
  }

  /// Ends what the record does not know of, for a hook died or could not keep it.
  ///
  /// After the record has been kept: a hook that opens something later finds the session ended.
  func endWhatIsLeft() {
    guard record.isEnded, let execution = record.execution, let task = subagentTask else { return }
    for delegation in journal.openExecutions(of: task, inside: execution) { giveUp(delegation) }
  }
}
