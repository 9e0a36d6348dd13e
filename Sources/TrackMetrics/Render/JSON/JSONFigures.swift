import TrackCore

/// Figures that several sections hold.
extension JSONWriter {
  mutating func tally(_ tally: Tally) {
    member("started", tally.started)
    member("completed", tally.completed)
    member("failed", tally.failed)
    member("timed_out", tally.timedOut)
    member("abandoned", tally.abandoned)
    member("open", tally.open)
    member("late", tally.late)
    member("success_rate", tally.successRate)
    member("completion_rate", tally.completionRate)
    member("abandonment_rate", tally.abandonmentRate)
  }

  mutating func durations(_ durations: DurationSummary?) {
    object("durations", durations) {
      $0.member("count", $1.count)
      $0.member("total", seconds: $1.total)
      $0.member("mean", seconds: $1.mean)
      $0.member("p50", seconds: $1.p50)
      $0.member("p90", seconds: $1.p90)
      $0.member("p95", seconds: $1.p95)
      $0.member("p99", seconds: $1.p99)
      $0.member("max", seconds: $1.maximum)
      $0.member("exact", $1.isExact)
    }
  }

  mutating func histogram(_ histogram: DurationHistogram?) {
    object("histogram", histogram) {
      $0.array("edges", $1.edges) { $0.number($1) }
      $0.array("counts", $1.counts) { $0.integer($1) }
    }
  }

  mutating func interval(_ key: String, _ estimate: RateEstimate?) {
    object(key, estimate) {
      $0.member("rate", $1.rate)
      $0.member("low", $1.low)
      $0.member("high", $1.high)
      $0.member("count", $1.count)
    }
  }

  /// Which execution it is.
  mutating func identity(_ id: String, _ task: String?, _ droid: String) {
    member(WireKey.executionID, id)
    member(WireKey.taskID, task)
    member(WireKey.droidID, droid)
  }
}

extension TrackedExecution.Outcome {
  /// The outcome as the journal's status says it; an open execution is `open`.
  var wireName: String {
    switch self {
    case .open: "open"
    case .completed: Status.completed.rawValue
    case .failed: Status.failed.rawValue
    case .timeout: Status.timeout.rawValue
    case .abandoned: Status.abandoned.rawValue
    }
  }
}
