/// What a droid says of an execution: a closed set.
public enum Status: String, Sendable, CaseIterable {
  case initializing, ready, executing, waiting
  case completed, failed, abandoned, timeout

  /// Whether an execution with this status has ended.
  public var isEnding: Bool {
    switch self {
    case .initializing, .ready, .executing, .waiting: false
    case .completed, .failed, .abandoned, .timeout: true
    }
  }
}

/// How an execution was ended by somebody.
public enum Ending: String, Sendable, CaseIterable {
  case completed
  case failed
  /// The work was stopped by us at its limit.
  case timeout

  /// The ending as a status.
  public var status: Status {
    switch self {
    case .completed: .completed
    case .failed: .failed
    case .timeout: .timeout
    }
  }
}

/// Why an execution that nobody ended was closed.
public enum AbandonReason: String, Sendable, CaseIterable {
  /// Its owner is gone: the pid is dead, or another process has it.
  case processGone = "process_gone"
  /// The machine was started anew since.
  case rebooted
  /// Its limit has passed.
  case timeout
  /// It had reported and then fell silent for longer than `heartbeat_timeout`.
  case silent
  /// A new start of the task took its place.
  case superseded
}

/// What a result is about: a closed set, first match wins.
public enum ResultCategory: String, Sendable, CaseIterable {
  case fileOperations = "file_operations"
  case gitOperations = "git_operations"
  case testing
  case error
  case unknown
}

/// What a self-report reports.
public enum SelfReportKind: String, Sendable, CaseIterable {
  case taskStart = "task_start"
  case progress
  case status
  case resourceUsage = "resource_usage"
  case error
}

/// The orchestrator's other events, recorded through `track-event`.
public enum OrchestratorEventType: String, Sendable, CaseIterable {
  case taskScheduled = "task.scheduled"
  case taskStarted = "task.started"
  case taskCompleted = "task.completed"
  case taskFailed = "task.failed"
  case droidStarted = "droid.started"
  case droidCompleted = "droid.completed"
  case gitCommit = "git.commit"

  /// The status such an event has when none is given.
  public var defaultStatus: String? {
    switch self {
    case .taskScheduled: "scheduled"
    case .taskStarted, .droidStarted: "started"
    case .taskCompleted, .droidCompleted: "completed"
    case .taskFailed: "failed"
    case .gitCommit: nil
    }
  }
}
