extension Tally {
  /// How the sessions that are counted here fared, in words; nil when there are none.
  var sessionText: String? {
    guard started > 0 else { return nil }
    return [(completed, "ended"), (failed + timedOut, "failed"), (abandoned, "abandoned"), (open, "open")]
      .filter { $0.0 > 0 }.map { "\(countText($0.0)) \($0.1)" }.joined(separator: ", ")
  }
}
