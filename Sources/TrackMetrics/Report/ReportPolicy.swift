package import TrackCore

/// The thresholds of the report; the configuration sets them.
package struct ReportPolicy: Hashable, Sendable {
  /// The part of the started executions that may be abandoned.
  package var abandonmentRate = 0.10
  /// The success rate below which a droid is an issue.
  package var successRate = 0.50
  /// The part of the validated results that must be without problems.
  package var validationRate = 0.90
  /// The part of the ended executions that may have ended after they were given up.
  package var lateRate = 0.05
  /// The executions a droid must have before its rates are judged.
  package var minimumExecutions = 3
  /// How many executions of a droid must have failed one after the other, up to its latest, to be an issue.
  package var consecutiveFailures = 5
  /// How many executions, starts or figures a comparison with the own history needs.
  package var minimumSample = 30
  /// The probability with which a report of a healthy project finds any anomaly or drift.
  package var falseAlarms = 0.01
  /// The seconds whose endings are held against those before them.
  package var driftWindow = 86_400.0
  /// By how much a success rate must have fallen to be an issue.
  package var successDrop = 0.10
  /// How many times longer or shorter than usual a duration must be to be an issue.
  package var durationFactor = 3.0
  /// How many times more than usual of a resource must be taken to be an issue.
  package var resourceFactor = 3.0
  /// How many times busier or quieter than it ever was a droid must be to be an issue.
  package var frequencyFactor = 3.0
  /// The limit in seconds of an execution that has none of its own.
  package var defaultTimeout = 3_600.0
  /// The seconds for which an execution that has reported may be silent; nil does not judge it.
  package var heartbeatTimeout: Double?
  /// The seconds between two due sweeps.
  package var cleanupInterval = 300.0
  /// How many executions may be open at once; nil does not judge it.
  package var maximumConcurrentDroids: Int?
  /// The seconds that are recent.
  package var recentWindow = 86_400.0

  /// The defaults of the configuration.
  package init() {}

  /// What a configuration calls an issue.
  package init(_ configuration: Configuration) {
    let tracking = configuration.tracking
    let issues = tracking.issues
    abandonmentRate = issues.abandonmentRate
    successRate = issues.successRate
    validationRate = issues.validationRate
    lateRate = issues.lateRate
    minimumExecutions = issues.minimumExecutions
    consecutiveFailures = issues.consecutiveFailures
    minimumSample = issues.minimumSample
    falseAlarms = issues.falseAlarms
    driftWindow = issues.driftWindow.seconds
    successDrop = issues.successDrop
    durationFactor = issues.durationFactor
    resourceFactor = issues.resourceFactor
    frequencyFactor = issues.frequencyFactor
    defaultTimeout = tracking.defaultTimeout.seconds
    heartbeatTimeout = tracking.heartbeatTimeout?.seconds
    cleanupInterval = tracking.cleanupInterval.seconds
    maximumConcurrentDroids = configuration.maximumConcurrentDroids
  }
}
