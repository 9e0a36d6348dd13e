package import TrackCore

/// One execution as a timeline shows it: who ran when, and how it ended.
package struct TimelineEntry: Hashable, Sendable {
  /// Its id.
  package let id: String
  /// Its task, where a line tells.
  package let task: String?
  /// The droid that started it.
  package let droid: String
  /// When it started.
  package let started: Timestamp
  /// When it ended; nil while it is open.
  package let ended: Timestamp?
  /// What became of it.
  package let outcome: TrackedExecution.Outcome

  /// Makes an entry of an execution; nil when its start is unknown.
  init?(_ execution: TrackedExecution, of executions: Executions) {
    guard let started = execution.started else { return nil }
    id = executions.id(of: execution)
    task = executions.tasks[execution.task]
    droid = executions.droids[execution.droid] ?? DroidID.unknown.text
    self.started = started
    ended = execution.ended
    outcome = execution.outcome
  }
}
