/// A part of 1 with the interval in which the true one lies with 95 % confidence.
package struct RateEstimate: Hashable, Sendable {
  /// The part that was seen.
  package let rate: Double
  /// The lower end of the interval.
  package let low: Double
  /// The upper end of the interval.
  package let high: Double
  /// How many cases it rests on.
  package let count: Int
}
