import TrackCore

extension TextPage {
  /// Adds how much happened when, as far back as there is room for.
  mutating func activity(_ activity: ActivitySummary) {
    guard activity.hours.contains(where: { $0.started > 0 }) || activity.days.contains(where: { $0.started > 0 }) else {
      return
    }
    space()
    periods(
      "Per hour", activity.hours, unit: "hour",
      time: { "\($0.description.dropFirst(5).prefix(5)) \($0.description.dropFirst(11).prefix(5))" })
    periods("Per day", activity.days, unit: "day", time: { String($0.description.prefix(10)) })
  }

  private mutating func periods(
    _ name: String, _ periods: [ActivitySummary.Period], unit: String, time: (Timestamp) -> String
  ) {
    let shown = periods.suffix(min(periods.count, style.width - 18))
    guard let most = shown.max(by: { $0.started < $1.started }), most.started > 0 else { return }
    var line = TextLine(style, indent: 2)
    line.add(name)
    line.pad(to: 16)
    line.add(style.sparkline(shown.map { Double($0.started) }), .accent)
    add(line)
    let peak = "at most \(countText(most.started)), \(time(most.begin))"
    fact("", "starts in the last \(counted(shown.count, unit)), \(peak)", .quiet, column: 14)
  }
}
