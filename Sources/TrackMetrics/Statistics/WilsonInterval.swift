extension RateEstimate {
  /// The two-sided 95 % quantile of the standard normal distribution.
  private static let normalQuantile = 1.959963984540054

  /// The rate of `part` in `whole` with the Wilson score interval; nil when there is no case.
  ///
  /// With z the normal quantile, centre and half width are (p + z²/2n) / (1 + z²/n) and
  /// z / (1 + z²/n) · √(p(1 − p)/n + z²/4n²): E. B. Wilson, "Probable Inference, the Law of Succession, and Statistical
  /// Inference", JASA 22 (1927). It holds for few cases and for rates near 0 and 1, where p ± z·σ does not.
  package init?(_ part: Int, of whole: Int) {
    guard whole > 0 else { return nil }
    let count = Double(whole)
    let rate = Double(part) / count
    let square = Self.normalQuantile * Self.normalQuantile
    let scale = 1 + square / count
    let centre = (rate + square / (2 * count)) / scale
    let half = Self.normalQuantile * (rate * (1 - rate) / count + square / (4 * count * count)).squareRoot() / scale
    self.rate = rate
    low = part == 0 ? 0 : max(0, centre - half)
    high = part == whole ? 1 : min(1, centre + half)
    self.count = whole
  }
}
