/// How long executions took, in seconds.
package struct DurationSummary: Hashable, Sendable {
  /// How many durations are known.
  package let count: Int
  /// Their sum.
  package let total: Double
  /// Their arithmetic mean.
  package let mean: Double
  /// The median.
  package let p50: Double
  /// The 90th percentile.
  package let p90: Double
  /// The 95th percentile.
  package let p95: Double
  /// The 99th percentile.
  package let p99: Double
  /// The longest.
  package let maximum: Double
  /// Whether the percentiles are exact; those of more durations than `exactLimit` are right to one percent.
  package let isExact: Bool

  /// The number of durations up to which percentiles are exact.
  package static let exactLimit = 1_000_000

  /// Sums up `durations`; nil when there are none.
  package init?(_ durations: [Double], exactLimit: Int = Self.exactLimit) {
    self.init(durations, DurationFigures(), exactLimit: exactLimit)
  }

  /// Sums up `durations` and those of which only figures are left; nil when there are none.
  init?(_ durations: [Double], _ pruned: DurationFigures?, exactLimit: Int = Self.exactLimit) {
    let pruned = pruned ?? DurationFigures()
    guard !durations.isEmpty || pruned.count > 0 else { return nil }
    var sum = pruned.sum
    for duration in durations { sum.add(duration) }
    count = durations.count + pruned.count
    total = sum.seconds
    mean = total / Double(count)
    maximum = max(durations.max() ?? 0, pruned.maximum)
    isExact = pruned.count == 0 && durations.count <= exactLimit
    let parts = [0.50, 0.90, 0.95, 0.99]
    let quantiles: [Double]
    if isExact {
      var statistics = OrderStatistics(durations)
      quantiles = parts.map { statistics.quantile($0) }
    } else {
      let maximum = maximum
      var sketch = pruned.sketch
      for duration in durations { sketch.add(duration) }
      quantiles = parts.map { min(maximum, sketch.quantile($0)) }
    }
    (p50, p90, p95, p99) = (quantiles[0], quantiles[1], quantiles[2], quantiles[3])
  }
}
