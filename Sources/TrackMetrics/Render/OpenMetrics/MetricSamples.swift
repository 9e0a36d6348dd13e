import TrackCore

extension MetricFamily {
  /// Unix time in seconds.
  static func seconds(_ time: Timestamp) -> Double { Double(time.microseconds) / 1e6 }

  /// Counts by outcome.
  static func outcomes(_ tally: Tally) -> [(TrackedExecution.Outcome, Int)] {
    [
      (.open, tally.open), (.completed, tally.completed), (.failed, tally.failed), (.timeout, tally.timedOut),
      (.abandoned, tally.abandoned),
    ]
  }

  /// Counts of the reasons that there are; whatever else a log says counts as `other`.
  static func abandonments(_ counts: [DataSummary.Count]) -> [Sample] {
    let reasons = AbandonReason.allCases.map(\.rawValue)
    let others = counts.filter { !reasons.contains($0.name) }.reduce(0) { $0 + $1.count }
    return reasons.map { reason in
      Sample(Double(counts.first { $0.name == reason }?.count ?? 0), ("reason", reason))
    } + [Sample(Double(others), ("reason", "other"))]
  }

  /// The figures of durations, in seconds.
  static func statistics(_ durations: DurationSummary?, droid: String? = nil) -> [Sample] {
    guard let durations else { return [] }
    let figures = [
      ("mean", durations.mean), ("p50", durations.p50), ("p90", durations.p90), ("p95", durations.p95),
      ("p99", durations.p99), ("max", durations.maximum),
    ]
    return figures.compactMap { name, value in
      guard let droid else { return Sample(value, ("statistic", name)) }
      return Sample(value, ("droid", droid), ("statistic", name))
    }
  }
}
