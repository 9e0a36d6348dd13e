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

  /// Sums up `durations`; nil when there are none.
  package init?(_ durations: [Double]) {
    // Sorted first, so that the sum does not depend on the order in which the lines were read.
    let sorted = durations.sorted()
    guard let last = sorted.last else { return nil }
    count = sorted.count
    total = sorted.reduce(0, +)
    mean = total / Double(sorted.count)
    p50 = quantile(0.50, of: sorted)
    p90 = quantile(0.90, of: sorted)
    p95 = quantile(0.95, of: sorted)
    p99 = quantile(0.99, of: sorted)
    maximum = last
  }
}

/// The quantile of ascending values by linear interpolation, type 7 of Hyndman and Fan (1996); 0 of no values.
///
/// The same as numpy's default, PostgreSQL's `percentile_cont` and DuckDB's `quantile_cont`.
package func quantile(_ part: Double, of sorted: [Double]) -> Double {
  guard let last = sorted.last else { return 0 }
  let place = part * Double(sorted.count - 1)
  let below = Int(place)
  guard below + 1 < sorted.count else { return last }
  return sorted[below] + (place - Double(below)) * (sorted[below + 1] - sorted[below])
}
