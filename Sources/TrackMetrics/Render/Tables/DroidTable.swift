import TrackCore

extension Table {
  /// A row for each droid.
  static func droids(_ droids: some Sequence<DroidSummary>, now: Timestamp) -> Table {
    var table = Table([
      .text("Droid"), .number("Total"), .number("Share", sacrifice: 9), .number("Done", sacrifice: 5),
      .number("Fail", sacrifice: 3), .number("T/O", sacrifice: 3), .number("Aband", sacrifice: 3),
      .number("Open", sacrifice: 2), .number("Success"), .word("95 %", sacrifice: 10), .word("Trend", sacrifice: 6),
      .number("p50", sacrifice: 4), .number("p95", sacrifice: 7), .number("Reports", sacrifice: 11),
      .number("Seen", sacrifice: 1),
    ])
    for droid in droids {
      let tally = droid.tally
      let hasTrend = droid.trend.contains { $0 != nil }
      table.add([
        .text(droid.droid), .count(tally.started), .text(percentText(droid.share), .quiet), .count(tally.completed),
        .count(tally.failed, .bad), .count(tally.timedOut, .bad), .count(tally.abandoned, .warning),
        .count(tally.open, .accent), .optional(tally.successRate.map(percentText)),
        .optional(droid.success.map(intervalText), .quiet), hasTrend ? .trend(droid.trend) : .nothing,
        .optional((droid.durations?.p50).map(durationText)), .optional((droid.durations?.p95).map(durationText)),
        .count(droid.selfReports), .optional(droid.lastSeen.map { agoText(now.seconds(since: $0)) }),
      ])
    }
    return table
  }
}

/// An interval of rates in whole percents: `44–79 %`.
func intervalText(_ estimate: RateEstimate) -> String {
  let (low, high) = (Int((estimate.low * 100).rounded()), Int((estimate.high * 100).rounded()))
  return "\(low)-\(high) %"
}
