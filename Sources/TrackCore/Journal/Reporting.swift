extension Transaction {
  /// Records a self-report: of an execution, or of the droid alone when no task is named and none is under way.
  mutating func report(_ request: ReportRequest, id: EventID, at time: Instant) throws(JournalError) -> Outcome {
    let resolution = try resolution(of: request.selection)
    guard let record = resolution.record else {
      if let task = request.selection.task { throw .noExecution("none of task \(task) is open") }
      let event = Event(
        id: id, timestamp: time.wall, run: request.writer.run, task: nil,
        droid: request.writer.droid ?? request.writer.fallback, execution: nil, payload: .selfReport(request.report))
      try apply([Change(effect: .none, events: [event])])
      return Outcome(events: [event], notices: resolution.notices)
    }
    if let conclusion = record.conclusion?.conclusion {
      throw .badData(
        verb: "report on", object: record.execution.id.text,
        reason: "already \(conclusion.status.rawValue) at \(conclusion.time)")
    }
    let event = event(.selfReport(request.report), id: id, of: record.execution, writer: request.writer, at: time)
    try apply([Change(effect: .report(record, at: time.seen(in: context.machine.boot)), events: [event])])
    return Outcome(about: record.execution, [event], notices: resolution.notices)
  }

  /// Notes that an execution is at work, without a line.
  /// - Returns: whether it is open.
  mutating func touch(_ id: ExecutionID, at time: Instant) throws(JournalError) -> Bool {
    guard try openRecord(id) != nil else { return false }
    do { try ledger.touch(id, at: time) } catch { throw stateFailure(error) }
    return true
  }

  /// A report without a task is never refused for want of an execution: it is then the droid's own.
  private mutating func resolution(of selection: Selection) throws(JournalError) -> Resolution {
    guard selection.task == nil, selection.named == nil else { return try resolve(selection) }
    do {
      var resolution = try resolve(selection)
      if resolution.record?.conclusion != nil { resolution.record = nil }
      return resolution
    } catch JournalError.ambiguous {
      return Resolution()
    }
  }
}
