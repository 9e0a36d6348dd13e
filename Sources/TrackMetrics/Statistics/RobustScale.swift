/// The middle of numbers and how far they usually lie from it, neither moved by outliers.
///
/// Median and median absolute deviation, scaled by 1.4826 so that it is the standard deviation where the numbers are
/// normally distributed (Hampel, "The Influence Curve and its Role in Robust Estimation", JASA 69, 1974).
package struct RobustScale: Hashable, Sendable {
  /// The median.
  package let middle: Double
  /// The scaled median absolute deviation.
  package let deviation: Double
  /// How many numbers there are.
  package let count: Int

  /// 1 / Φ⁻¹(3/4).
  package static let normalFactor = 1.4826022185056018

  /// How much a number of this scale tells of the deviation, against one of the standard deviation of normal numbers.
  private static let efficiency = 0.3675

  /// Measures numbers in any order; nil when there are none.
  package init?(_ values: [Double]) {
    guard !values.isEmpty else { return nil }
    var statistics = OrderStatistics(values)
    let middle = statistics.median()
    var distances = OrderStatistics(values.map { abs($0 - middle) })
    self.middle = middle
    deviation = distances.median() * Self.normalFactor
    count = values.count
  }

  /// Measures numbers that occur several times each; nil when there are none.
  ///
  /// Of an even number the lower of the two in the middle counts.
  package init?(weighted values: [(value: Double, count: Int)]) {
    guard let middle = Self.median(values) else { return nil }
    self.middle = middle
    deviation = (Self.median(values.map { (abs($0.value - middle), $0.count) }) ?? 0) * Self.normalFactor
    count = values.reduce(0) { $0 + $1.count }
  }

  private static func median(_ values: [(value: Double, count: Int)]) -> Double? {
    var left = (values.reduce(0) { $0 + $1.count } - 1) / 2
    for entry in values.sorted(by: { $0.value < $1.value }) {
      left -= entry.count
      if left < 0 { return entry.value }
    }
    return nil
  }

  /// By how many deviations a number lies above the middle, the deviation taken as no smaller than `least`.
  package func score(_ value: Double, least: Double) -> Double { (value - middle) / max(deviation, least) }

  /// The probability of a score as far out as `score` on either side.
  ///
  /// As the deviation is itself an estimate, scores spread like Student's t; the degrees of freedom are those of a
  /// standard deviation that is known as well.
  package func chance(of score: Double) -> Double {
    studentTail(score, degrees: max(1, Self.efficiency * Double(count)))
  }
}
