/// Something that happened, as one line of the journal tells it.
public struct Event: Hashable, Sendable {
  /// Its identity, the same in every stream.
  public var id: EventID
  /// When it happened.
  public var timestamp: Timestamp
  /// The run it belongs to.
  public var run: RunID?
  /// The task it is about.
  public var task: TaskID?
  /// The droid it is about.
  public var droid: DroidID?
  /// The execution it is about.
  public var execution: ExecutionID?
  /// What happened.
  public var payload: Payload

  /// What happened; the case decides the event's type and streams.
  public enum Payload: Hashable, Sendable {
    /// `task.execution.started`
    case started(StartDetails)
    /// `droid.self_report`
    case selfReport(SelfReport)
    /// `task.execution.completed`
    case completed(Completion)
    /// `task.execution.abandoned`
    case abandoned(Abandonment)
    /// `task.result`
    case result(success: Bool, data: JSONObject)
    /// `task.result.validated`
    case validated(ResultValidation, at: Timestamp, original: JSONObject)
    /// `performance.metrics`, with the keys of the report
    case metrics(JSONObject)
    /// `audit.recorded`
    case audit(action: String, details: JSONObject)
    /// One of the orchestrator's events, with its own keys
    case orchestrator(OrchestratorEventType, status: String?, fields: JSONObject)
  }
}

/// What `task.execution.started` tells besides its ids.
public struct StartDetails: Hashable, Sendable {
  /// What the execution is to do.
  public var description: String?
  /// Free facts given at the start.
  public var context = JSONObject()
  /// Its own limit.
  public var limit: Duration?
  /// The execution it was started in.
  public var parent: ExecutionID?
  /// The process whose life is its life.
  public var owner: ProcessIdentity?
  /// Which attempt of the same work it is, from 1; only where work is repeated when it fails.
  public var attempt: Int?
  /// The attempt before it.
  public var retryOf: ExecutionID?
  /// Where it stands among all that is traced.
  public var trace: TraceContext?
  /// What it is other than a task; nil for a task.
  public var kind: WorkKind?
  /// How its events are told from those of others; nil where they name it.
  public var correlation: Correlation?
}

/// What an execution is that is no task of a list.
public enum WorkKind: String, Hashable, Sendable, CaseIterable {
  /// A session of an agent's harness: left out of rates, as its end says nothing of success.
  case session
  /// Work that an agent gave to another in its session.
  case subagent
}

/// How events are told to belong to an execution where they do not name it.
public enum Correlation: String, Hashable, Sendable, CaseIterable {
  /// By order and kind: of several at once one may be taken for the other.
  case heuristic
}

/// A status, progress, error or resource note of a droid.
public struct SelfReport: Hashable, Sendable {
  /// What is reported.
  public var kind: SelfReportKind
  /// The droid's status; an ending is not reported but recorded by an ending.
  public var status: Status = .executing
  /// The part done, 0 to 1.
  public var progress: Double?
  /// What the droid says.
  public var message: String?
  /// An error that did not end the work.
  public var error: String?
  /// CPU use in percent of one core.
  public var cpuPercent: Double?
  /// Memory in MiB.
  public var memoryMB: Double?
  /// Disk I/O in MiB.
  public var diskIOMB: Double?
  /// Further facts.
  public var fields = JSONObject()

  /// Makes a report of a kind; everything else is set afterwards.
  public init(kind: SelfReportKind) { self.kind = kind }
}

/// What `task.execution.completed` tells besides its ids.
public struct Completion: Hashable, Sendable {
  /// How it ended.
  public var ending: Ending
  /// What came of it; nil when nothing was said.
  public var result: JSONObject?
  /// From the start to the ending, suspend included.
  public var durationSeconds: Double
  /// What is known of how it ended.
  public var details: EndingDetails
  /// It had been given up before.
  public var isLate = false
}

/// What the one who ends an execution knows of how it ended.
public struct EndingDetails: Hashable, Sendable {
  /// The exit status; absent when a signal ended the work.
  public var exitCode: Int32?
  /// The signal's name without SIG.
  public var signal: String?
  /// What went wrong.
  public var error: String?
  /// The script's line it went wrong at.
  public var line: Int?
  /// What made it a failure where that is not the exit status or a signal, such as `evidence`.
  public var cause: String?
  /// The end of what the work wrote to standard error, with what went before: see `errorTailLength`.
  public var errorTail: String?
  /// How much of `errorTail` is wanted, in bytes; it is cut to that once secrets are out, and to 16 KiB at most.
  public var errorTailLength = Int.max
  /// What the work used.
  public var resources: ResourceUse?
  /// False when the ending was not confirmed by the work itself.
  public var isConfirmed = true

  /// Knows nothing.
  public init() {}
}

/// What `task.execution.abandoned` tells besides its ids.
public struct Abandonment: Hashable, Sendable {
  /// Why it was closed.
  public var reason: AbandonReason
  /// From the start to the closing.
  public var durationSeconds: Double
  /// What proves the reason.
  public var evidence: JSONObject
}

/// What a look at a result found.
public struct ResultValidation: Hashable, Sendable {
  /// What the result is about.
  public let category: ResultCategory
  /// What is wrong with it, a sentence each.
  public let problems: [String]

  /// Makes a validation of its parts.
  public init(category: ResultCategory, problems: [String]) {
    self.category = category
    self.problems = problems
  }
}
