/// The thresholds of the report; the configuration sets them.
package struct ReportPolicy: Hashable, Sendable {
  /// The part of the started executions that may be abandoned.
  package var abandonmentRate = 0.10
  /// The success rate below which a droid is an issue.
  package var successRate = 0.50
  /// The executions a droid must have before its success rate is judged.
  package var minimumExecutions = 3
  /// The limit in seconds of an execution that has none of its own.
  package var defaultTimeout = 3_600.0
  /// The seconds between two due sweeps.
  package var cleanupInterval = 300.0
  /// How many executions may be open at once; nil does not judge it.
  package var maximumConcurrentDroids: Int?

  /// The defaults of the configuration.
  package init() {}
}
