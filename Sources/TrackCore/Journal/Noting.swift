extension Transaction {
  /// Records an event that changes no execution.
  mutating func note(_ request: NoteRequest, id: EventID, at time: Instant) throws(JournalError) -> Outcome {
    let payload: Event.Payload =
      switch request.note {
      case .orchestrator(let type, let status, let fields):
        .orchestrator(type, status: status ?? type.defaultStatus, fields: fields)
      case .audit(let action, let details): .audit(action: action, details: details)
      case .metrics(let fields): .metrics(fields)
      }
    let event = Event(
      id: id, timestamp: time.wall, run: request.writer.run, task: request.task, droid: request.writer.droid,
      execution: request.execution, payload: payload)
    try apply([Change(effect: .none, events: [event])])
    return Outcome(execution: request.execution, events: [event])
  }
}
