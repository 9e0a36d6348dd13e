extension Transaction {
  /// Ends an execution: one completed line, its result, and what a look at the result found.
  mutating func end(_ request: EndRequest, id: EventID, at time: Instant) throws(JournalError) -> Outcome {
    // A report that failed on a full disk is finished first, and that needs room, too.
    isEnding = true
    defer { isEnding = false }
    let resolution = try resolve(request.selection)
    guard let record = resolution.record else {
      let what = request.selection.task.map { "none of task \($0) is open" } ?? "none is open"
      throw .noExecution(what)
    }
    let execution = record.execution
    if let conclusion = record.conclusion, conclusion.conclusion.status != .abandoned {
      // The same request again, from the spool: its writer died after it had been carried out.
      if conclusion.event == id { return Outcome(about: execution, []) }
      throw .alreadyEnded(execution.id, conclusion.conclusion)
    }
    let isLate = record.conclusion != nil
    if !isLate { try checkOwner(of: execution, request.selection) }
    let completion = Completion(
      ending: request.ending, result: request.result,
      durationSeconds: time.elapsedSeconds(since: execution.started), details: request.details, isLate: isLate)
    let conclusion = LedgerConclusion(
      conclusion: Conclusion(status: request.ending.status, time: time.wall), event: id)
    let payloads =
      [.completed(completion)] + context.resultPayloads(request.ending, request.result, at: time.wall)
    let events = payloads.map { event($0, id: id, of: execution, writer: request.writer, at: time) }
    let effect: Change.Effect = isLate ? .closeLate(record, conclusion) : .close(record, conclusion)
    try apply([Change(effect: effect, events: events)])
    return Outcome(about: execution, events, notices: resolution.notices)
  }

  /// An execution with an owner is ended by that owner, or by whoever names it.
  private func checkOwner(of execution: Execution, _ selection: Selection) throws(JournalError) {
    guard let owner = execution.owner, selection.named == nil else { return }
    guard selection.caller.isOwner(owner) else {
      throw .notOwner(execution.id, owner: owner.pid)
    }
  }
}

extension RecordingContext {
  /// What `results` tells of an ending: the result, and what a look at it found.
  func resultPayloads(_ ending: Ending, _ result: JSONObject?, at time: Timestamp) -> [Event.Payload] {
    let result = result ?? JSONObject()
    let plain = Event.Payload.result(success: ending == .completed, data: result)
    guard !result.isEmpty, configuration.tracking.validatesResults else { return [plain] }
    let validation = ResultValidator.validate(result, ending: ending)
    return [plain, .validated(validation, at: time, original: result)]
  }
}
