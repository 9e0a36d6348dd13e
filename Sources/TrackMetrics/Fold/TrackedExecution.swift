package import TrackCore

/// One execution and what became of it, as all lines together tell: numbers, and indices into the names of its fold.
package struct TrackedExecution: Hashable, Sendable {
  /// Its row in the fold, by which the fold tells its id and texts; the original's executions may share a row.
  package let row: Int
  /// Its task; none where no line tells.
  package let task: NameTable.Index
  /// The droid that started it; the ending's where the start is missing.
  package let droid: NameTable.Index
  /// When it started; nil when the start or its time is missing.
  package let started: Timestamp?
  /// When it ended or was abandoned; nil while it is open, or when the time is missing.
  package let ended: Timestamp?
  /// What became of it.
  package let outcome: Outcome
  /// Why it was abandoned; none otherwise.
  package let reason: NameTable.Index
  /// The template of what went wrong; none where no error is told.
  package let error: NameTable.Index
  /// Whether it ended after it had been given up.
  package let isLate: Bool
  /// From its start to its ending in seconds: what the writer measured, else the difference of the timestamps.
  package let duration: Double?
  /// Its own limit in seconds.
  package let limit: Double?
  /// When it last reported.
  package let lastReported: Timestamp?
  /// Whether its start was read.
  package let hasStart: Bool
  /// What `task.result` says came of it; nil when there is no such line.
  package let resultSuccess: Bool?
  /// The category of its result by the validation; none when it was not validated.
  package let category: NameTable.Index
  /// What the validation found wrong, an entry of `Executions.problems`; none when nothing or not validated.
  package let problems: NameTable.Index
  /// Whether it is the session of an agent's harness.
  package let isSession: Bool

  /// What became of an execution.
  package enum Outcome: UInt8, Hashable, Sendable, CaseIterable {
    case open, completed, failed, timeout, abandoned

    /// Whether somebody ended it; an abandoned execution was ended by nobody.
    package var isEnded: Bool {
      switch self {
      case .completed, .failed, .timeout: true
      case .open, .abandoned: false
      }
    }
  }
}
