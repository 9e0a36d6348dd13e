extension Configuration {
  /// The largest file that is read, in bytes.
  public static let maximumFileSize = 256 * 1024

  /// Reads the text of a `droid-forge.yaml`.
  ///
  /// An empty text, comments alone and `{}` are the defaults, and so is every key of ours that is null. Keys that are
  /// not ours are passed over, whatever they hold.
  /// - Parameter file: the file's name for messages.
  /// - Throws: `ConfigurationError` for a text that is no YAML or beyond the bounds, a bad value of one of our keys, one
  ///   of them given twice, a reference (anchor, alias, tag, merge) in what is ours, or a second document.
  public static func decode(_ bytes: [UInt8], file: String) throws(ConfigurationError) -> Configuration {
    guard bytes.count <= maximumFileSize else {
      throw ConfigurationError(
        file: file, line: 1, column: 1, keyPath: "", found: "\(bytes.count)",
        expected: "at most \(maximumFileSize) bytes")
    }
    var reader = ConfigurationReader(events: YAMLEvents(bytes), file: file)
    var configuration = Configuration()
    try reader.read(into: &configuration)
    return configuration
  }
}

extension ConfigurationReader {
  /// Reads the one document of the text to its end.
  fileprivate mutating func read(into configuration: inout Configuration) throws(ConfigurationError) {
    guard try beginDocument() else { return }
    if try beginRoot() {
      while let key = try nextKey() {
        switch key {
        case "performance": try performance(&configuration)
        case "logging": try logging(&configuration.logging)
        case "concurrency": try concurrency(&configuration)
        default: try skipValue()
        }
      }
    }
    try endDocument()
  }

  private mutating func performance(_ configuration: inout Configuration) throws(ConfigurationError) {
    guard try beginMapping(.shared) else { return }
    while let key = try nextKey() {
      switch key {
      case "max_concurrent_droids": configuration.maximumConcurrentDroids = try integer(atLeast: 1)
      case "max_retries": configuration.maximumRetries = try integer(atLeast: 0)
      case "retry_delay": configuration.retryDelay = try duration()
      case "execution_tracking": try tracking(&configuration.tracking)
      default: try skipValue()
      }
    }
  }

  private mutating func tracking(_ tracking: inout Configuration.Tracking) throws(ConfigurationError) {
    guard try beginMapping(.ours) else { return }
    while let key = try nextKey() {
      switch key {
      case "default_timeout": tracking.defaultTimeout = try positiveDuration() ?? tracking.defaultTimeout
      case "enforce_timeout": tracking.enforcesTimeout = try boolean() ?? tracking.enforcesTimeout
      case "cleanup_interval": tracking.cleanupInterval = try duration() ?? tracking.cleanupInterval
      case "metrics_interval": tracking.metricsInterval = try duration() ?? tracking.metricsInterval
      case "enable_result_validation": tracking.validatesResults = try boolean() ?? tracking.validatesResults
      case "enable_self_reporting": tracking.acceptsSelfReports = try boolean() ?? tracking.acceptsSelfReports
      case "heartbeat_timeout": tracking.heartbeatTimeout = try positiveDurationOrOff()
      case "durability": tracking.durability = try word() ?? tracking.durability
      case "retention": try retention(&tracking.retention)
      case "issues": try issues(&tracking.issues)
      case "redaction": try redaction(&tracking.redaction)
      default: try skipValue()
      }
    }
  }

  private mutating func retention(_ retention: inout Configuration.Retention) throws(ConfigurationError) {
    guard try beginMapping(.ours) else { return }
    while let key = try nextKey() {
      switch key {
      case "max_age": retention.maximumAge = try positiveDurationOrOff()
      case "max_size": retention.maximumSize = try sizeOrOff()
      case "rotate_age": retention.rotationAge = try positiveDurationOrOff()
      case "rotate_size": retention.rotationSize = try sizeOrOff()
      case "audit_max_age": retention.maximumAuditAge = try positiveDurationOrOff()
      case "compress": retention.compression = try word() ?? retention.compression
      default: try skipValue()
      }
    }
  }

  private mutating func issues(_ issues: inout Configuration.IssueThresholds) throws(ConfigurationError) {
    guard try beginMapping(.ours) else { return }
    while let key = try nextKey() {
      switch key {
      case "abandonment_rate": issues.abandonmentRate = try rate() ?? issues.abandonmentRate
      case "success_rate": issues.successRate = try rate() ?? issues.successRate
      case "min_executions": issues.minimumExecutions = try integer(atLeast: 0) ?? issues.minimumExecutions
      case "validation_rate": issues.validationRate = try rate() ?? issues.validationRate
      case "late_rate": issues.lateRate = try rate() ?? issues.lateRate
      case "consecutive_failures": issues.consecutiveFailures = try integer(atLeast: 1) ?? issues.consecutiveFailures
      default: try comparison(key, &issues)
      }
    }
  }

  /// A key of the comparisons with the own history.
  private mutating func comparison(
    _ key: String, _ issues: inout Configuration.IssueThresholds
  ) throws(ConfigurationError) {
    switch key {
    case "min_sample": issues.minimumSample = try integer(atLeast: 10) ?? issues.minimumSample
    case "false_alarms": issues.falseAlarms = try rate() ?? issues.falseAlarms
    case "drift_window": issues.driftWindow = try positiveDuration() ?? issues.driftWindow
    case "success_drop": issues.successDrop = try rate() ?? issues.successDrop
    case "duration_factor": issues.durationFactor = try factor() ?? issues.durationFactor
    case "resource_factor": issues.resourceFactor = try factor() ?? issues.resourceFactor
    case "frequency_factor": issues.frequencyFactor = try factor() ?? issues.frequencyFactor
    default: try skipValue()
    }
  }

  private mutating func redaction(_ redaction: inout Configuration.Redaction) throws(ConfigurationError) {
    guard try beginMapping(.ours) else { return }
    while let key = try nextKey() {
      switch key {
      case "patterns": redaction.patterns = try strings(of: "regular expressions") ?? redaction.patterns
      case "host": redaction.hidesHost = try boolean() ?? redaction.hidesHost
      case "result_keys": redaction.resultKeys = try strings(of: "keys")
      default: try skipValue()
      }
    }
  }

  private mutating func logging(_ logging: inout Configuration.Logging) throws(ConfigurationError) {
    guard try beginMapping(.ours) else { return }
    while let key = try nextKey() {
      switch key {
      case "directory": logging.directory = try directory() ?? logging.directory
      case "events": logging.events = try strings(of: "event types").map { Set($0) }
      case "format": try format()
      default: try skipValue()
      }
    }
  }

  private mutating func concurrency(_ configuration: inout Configuration) throws(ConfigurationError) {
    guard try beginMapping(.shared) else { return }
    while let key = try nextKey() {
      switch key {
      case "file_locking": try locking(&configuration.locking)
      default: try skipValue()
      }
    }
  }

  private mutating func locking(_ locking: inout Configuration.Locking) throws(ConfigurationError) {
    guard try beginMapping(.ours) else { return }
    while let key = try nextKey() {
      switch key {
      case "lock_timeout": locking.timeout = try duration() ?? locking.timeout
      case "lock_retry_interval": locking.retryInterval = try duration() ?? locking.retryInterval
      case "max_lock_attempts": locking.maximumAttempts = try integer(atLeast: 1) ?? locking.maximumAttempts
      case "lock_extension": locking.lockExtension = try fileNameSuffix() ?? locking.lockExtension
      // Read so that a typing error shows; a kernel lock costs nothing and is never switched off.
      case "enabled": _ = try boolean()
      default: try skipValue()
      }
    }
  }
}
