package import TrackCore

/// An execution that nobody has ended.
package struct OpenExecution: Hashable, Sendable {
  /// Its id.
  package let id: String
  /// Its task, where a line tells.
  package let task: String?
  /// The droid that started it.
  package let droid: String
  /// When it started, where a line tells.
  package let started: Timestamp?
  /// Seconds since its start; nil when the start's time is unknown.
  package let age: Double?
  /// The seconds it may take: its own limit, else the default one.
  package let limit: Double
  /// Whether it has a limit of its own.
  package let hasOwnLimit: Bool
  /// The newest report on it.
  package let lastReport: ReportNote?

  /// Whether it is open past its limit.
  package var isStuck: Bool { age.map { $0 > limit } ?? false }

  init(_ execution: TrackedExecution, of executions: Executions, now: Timestamp, defaultLimit: Double) {
    id = executions.id(of: execution)
    task = executions.tasks[execution.task]
    droid = executions.droids[execution.droid] ?? DroidID.unknown.text
    started = execution.started
    age = execution.started.map { max(0, now.seconds(since: $0)) }
    limit = execution.limit ?? defaultLimit
    hasOwnLimit = execution.limit != nil
    lastReport = executions.lastReport(of: execution)
  }
}
