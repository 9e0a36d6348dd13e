package import TrackCore

/// An ended execution that took long.
package struct LongExecution: Hashable, Sendable {
  /// Its id.
  package let id: String
  /// Its task, where a line tells.
  package let task: String?
  /// The droid that started it.
  package let droid: String
  /// From its start to its ending in seconds.
  package let duration: Double
  /// What became of it.
  package let outcome: TrackedExecution.Outcome
  /// When it ended.
  package let ended: Timestamp?

  /// The number of long executions told.
  package static let limit = 10

  init(_ execution: TrackedExecution, of executions: Executions) {
    id = executions.id(of: execution)
    task = executions.tasks[execution.task]
    droid = executions.droids[execution.droid] ?? DroidID.unknown.text
    duration = execution.duration ?? 0
    outcome = execution.outcome
    ended = execution.ended
  }
}
