/// What is known of an execution from its start on: one attempt of a task by a droid.
public struct Execution: Hashable, Sendable {
  /// Its id.
  public let id: ExecutionID
  /// The task it attempts.
  public let task: TaskID
  /// The droid that started it, or joined it where the start did not know one.
  public internal(set) var droid: DroidID
  /// The run it belongs to.
  public let run: RunID
  /// When it started.
  public let started: Instant
  /// The host it was started on, to the first dot.
  public let host: String
  /// Its own limit; nil leaves the default limit.
  public let limit: Duration?
  /// The execution it was started in.
  public let parent: ExecutionID?
  /// The process whose life is its life; most executions have none.
  public internal(set) var owner: ProcessIdentity?
  /// Where it stands among all that is traced.
  public let trace: TraceContext
  /// What it is other than a task.
  public internal(set) var kind: WorkKind?
}

/// How an execution in the ledger ended.
public struct Conclusion: Hashable, Sendable {
  /// completed, failed, timeout or abandoned.
  public let status: Status
  /// When.
  public let time: Timestamp

  /// Makes a conclusion of its parts.
  public init(status: Status, time: Timestamp) {
    self.status = status
    self.time = time
  }
}

extension Duration {
  /// The duration in seconds.
  package var seconds: Double {
    let (seconds, attoseconds) = components
    return Double(seconds) + Double(attoseconds) / 1e18
  }

  /// The duration in seconds as JSON writes it: an integer when it is whole.
  var jsonSeconds: JSONNumber {
    let (seconds, attoseconds) = components
    guard attoseconds != 0 else { return JSONNumber(seconds) }
    return JSONNumber(self.seconds) ?? JSONNumber(seconds)
  }
}
