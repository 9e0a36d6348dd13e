import TrackCore

/// The droids: how much of the work each does, how it fares, and how sure that is.
struct DroidsSection {
  let droids: [DroidSummary]
  let now: Timestamp

  /// The number of droids told.
  static let limit = 100

  /// Writes the table.
  func write(to page: inout Markup) {
    page.section(.droids, droids.isEmpty ? "Droids" : quantity(droids.count, "droid")) { section in
      guard !droids.isEmpty else { return section.empty("None is named.") }
      var table = DataTable(
        caption: "Droids by number of executions; success rates with their 95 % interval (Wilson)",
        columns: [
          .text("Droid"), .number("Executions"), .number("Share"), .number("Success"), .text("0 – 100 %"),
          .text("Trend"), .number("Completed"), .number("Failed"), .number("Timed out"), .number("Abandoned"),
          .number("Open"), .number("p50"), .number("p95"), .number("Reports"), .number("Last seen"),
        ])
      for droid in droids.prefix(Self.limit) { table.add(cells(droid)) }
      table.write(to: &section)
      section.more(droids.count - Self.limit, "droid")
    }
  }

  private func cells(_ droid: DroidSummary) -> [DataTable.Cell] {
    let tally = droid.tally
    return [
      .name(droid.droid), .count(tally.started), .percent(tally.started > 0 ? droid.share : nil),
      .percent(droid.success?.rate),
      .drawing { page in
        if let estimate = droid.success { IntervalBar(estimate: estimate).write(to: &page) } else { page.text("–") }
      },
      .drawing { Sparkline(rates: droid.trend).write(to: &$0) },
      .count(tally.completed), .count(tally.failed), .count(tally.timedOut), .count(tally.abandoned),
      .count(tally.open), .duration(droid.durations?.p50), .duration(droid.durations?.p95),
      .count(droid.selfReports), .text(droid.lastSeen.map { "\(agoText(now.seconds(since: $0))) ago" } ?? "–"),
    ]
  }
}
