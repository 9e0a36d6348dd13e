/// What `droid-forge.yaml` asks of us, every key with its default.
///
/// The file is shared with other programs: keys that are not ours are theirs and leave no trace here.
public struct Configuration: Hashable, Sendable {
  /// `performance.max_concurrent_droids`: how many droids may work at a time; the report checks it.
  public var maximumConcurrentDroids: Int?
  /// `performance.max_retries`.
  public var maximumRetries: Int?
  /// `performance.retry_delay`.
  public var retryDelay: Duration?
  /// `performance.execution_tracking`.
  public var tracking = Tracking()
  /// `logging`.
  public var logging = Logging()
  /// `concurrency.file_locking`.
  public var locking = Locking()

  /// Makes a configuration of defaults: what an absent or empty file says.
  public init() {}
}

extension Configuration {
  /// `performance.execution_tracking`.
  public struct Tracking: Hashable, Sendable {
    /// `default_timeout`: the limit of an execution without its own.
    public var defaultTimeout: Duration = .seconds(3600)
    /// `enforce_timeout`: whether work is stopped at the default limit, too.
    public var enforcesTimeout = false
    /// `cleanup_interval`: how long after a sweep the next one is due.
    public var cleanupInterval: Duration = .seconds(300)
    /// `metrics_interval`: how long after recorded metrics the next are due.
    public var metricsInterval: Duration = .seconds(600)
    /// `enable_result_validation`.
    public var validatesResults = true
    /// `enable_self_reporting`: when false, reports of progress are not recorded.
    public var acceptsSelfReports = true
    /// `heartbeat_timeout`: how long an execution that has reported may be silent; nil is `off`.
    public var heartbeatTimeout: Duration?
    /// `durability`.
    public var durability = Durability.lifecycle
    /// `retention`.
    public var retention = Retention()
    /// `issues`.
    public var issues = IssueThresholds()
    /// `redaction`.
    public var redaction = Redaction()
  }

  /// Which events are on the disk before a tool reports success.
  public enum Durability: String, Hashable, Sendable, CaseIterable {
    /// No event is waited for.
    case none
    /// Starts, endings, results and audit lines.
    case lifecycle
    /// Every event.
    case all
  }

  /// How long the journal is kept, and in what pieces; nothing is renamed or removed unless asked for.
  public struct Retention: Hashable, Sendable {
    /// `max_age`: what was written longer ago may be pruned; nil is `off`.
    public var maximumAge: Duration?
    /// `max_size` of the streams but audit in bytes, as they lie on the disk; nil is `off`.
    public var maximumSize: Int64?
    /// `rotate_age`: how old the first line of a file may be before it is rotated; nil leaves it to `max_age`.
    public var rotationAge: Duration?
    /// `rotate_size`: how large a file may be before it is rotated; nil leaves it to `max_size`.
    public var rotationSize: Int64?
    /// `audit_max_age`: as `max_age`, of the audit stream; nil, the default, keeps it forever.
    public var maximumAuditAge: Duration?
    /// `compress`: how rotated files are kept.
    public var compression = Compression.none

    /// How rotated files are kept.
    public enum Compression: String, Hashable, Sendable, CaseIterable {
      /// As they are.
      case none
      /// As gzip(1) does it.
      case gzip
    }
  }

  /// From where on the report calls a figure an issue.
  public struct IssueThresholds: Hashable, Sendable {
    /// `abandonment_rate`: an issue when more than this part of the executions is abandoned.
    public var abandonmentRate = 0.10
    /// `success_rate`: an issue when less than this part of a droid's executions is completed.
    public var successRate = 0.50
    /// `min_executions`: a droid with fewer is not judged by its success rate.
    public var minimumExecutions = 3
    /// `validation_rate`: an issue when a smaller part of the validated results is without problems.
    public var validationRate = 0.90
    /// `late_rate`: an issue when more than this part of the endings came after the execution was given up.
    public var lateRate = 0.05
    /// `consecutive_failures`: an issue when so many of a droid's latest executions failed one after the other.
    public var consecutiveFailures = 5
    /// `min_sample`: how many earlier executions or figures a comparison with the own history needs.
    public var minimumSample = 30
    /// `false_alarms`: the probability with which such a comparison may find something in a healthy project.
    public var falseAlarms = 0.01
    /// `drift_window`: the time up to now that is held against the history before it.
    public var driftWindow: Duration = .seconds(86_400)
    /// `success_drop`: by how much a success rate must have fallen to be an issue.
    public var successDrop = 0.10
    /// `duration_factor`: how many times longer or shorter than usual an execution must be to be an issue.
    public var durationFactor = 3.0
    /// `resource_factor`: how many times more than usual of a resource must be taken to be an issue.
    public var resourceFactor = 3.0
    /// `frequency_factor`: how many times busier or quieter than ever a droid must be to be an issue.
    public var frequencyFactor = 3.0
  }

  /// What is kept out of the journal beyond what always is.
  public struct Redaction: Hashable, Sendable {
    /// `patterns`: POSIX extended regular expressions; what they match is redacted.
    public var patterns: [String] = []
    /// `host`: true redacts the host, which then stands in no event; false, the default, keeps it.
    public var hidesHost = false
    /// `result_keys`: the only keys of a result that are recorded; nil records all.
    public var resultKeys: [String]?
  }

  /// `logging`.
  public struct Logging: Hashable, Sendable {
    /// `directory`: the journal's place, absolute or relative to the project's root.
    public var directory = ".droid-forge/logs"
    /// `events`: the event types that are written, as named in the file; nil writes all.
    public var events: Set<String>?
  }

  /// `concurrency.file_locking`.
  public struct Locking: Hashable, Sendable {
    /// `lock_timeout`.
    public var timeout: Duration = .seconds(2)
    /// `lock_retry_interval`.
    public var retryInterval: Duration = .seconds(1)
    /// `max_lock_attempts`.
    public var maximumAttempts = 60
    /// `lock_extension`: the suffix of the lock file's name; begins with a dot and is safe in a file name.
    public var lockExtension = ".lock"

    /// How long the lock is waited for where the file's values are taken as they are.
    public var configuredWait: Duration { min(timeout, retryInterval * maximumAttempts) }

    /// How long an ordinary tool waits for the lock: never longer than 2 s, as work is waiting for the tool.
    public var wait: Duration { min(.seconds(2), configuredWait) }
  }
}
