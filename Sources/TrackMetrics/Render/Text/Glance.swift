import TrackCore

/// The headline figures, a line each, with what they are judged as.
extension TextPage {
  /// The number of issues told at a glance.
  private static let issueCount = 3

  /// Adds a line per headline figure, the issues first when there are any.
  mutating func glance(_ report: Report) {
    space()
    issues(of: report)
    let tally = report.executions.tally
    if tally.started > 0 {
      rate(
        .success, "Success", tally.successRate, "\(countText(tally.completed)) of \(countText(tally.ended)) ended",
        report)
      rate(
        .completion, "Completion", tally.completionRate,
        "\(countText(tally.ended)) of \(countText(tally.started)) started", report)
      rate(
        .abandonment, "Abandonment", tally.abandonmentRate,
        "\(countText(tally.abandoned)) of \(countText(tally.started)) started", report)
      let stuck = report.stuckCount > 0 ? "\(countText(report.stuckCount)) past the limit" : ""
      headline(.open, "Open", countText(report.openCount), [(stuck, .plain)], report)
    }
    if let sessions = report.executions.sessions.sessionText {
      headline(.sessions, "Sessions", countText(report.executions.sessions.started), [(sessions, .plain)], report)
    }
    if let durations = report.executions.durations {
      let tail = "median; p95 \(durationText(durations.p95)), longest \(durationText(durations.maximum))"
      headline(.duration, "Duration", durationText(durations.p50), [(tail, .plain)], report)
    }
    let recent = report.recent
    let hours = Int((report.generatedAt.seconds(since: recent.since) / 3_600).rounded())
    headline(
      .recent, "Last \(hours) h", countText(recent.tally.started),
      [("started, \(countText(recent.endings)) ended, by \(counted(recent.droids, "droid"))", .plain)], report)
    let bad = report.data.problems.count
    headline(
      .lines, "Lines read", countText(report.data.lines),
      [("in \(counted(report.data.files.count, "file"))\(bad > 0 ? ", \(countText(bad)) bad" : "")", .plain)], report)
  }

  private mutating func issues(of report: Report) {
    guard let worst = report.issues.map({ Verdict($0.severity) }).max() else {
      return line((style.sign(of: .good), .good), (" No issue found", .plain))
    }
    line(
      (style.sign(of: worst), worst.tone), (" \(counted(report.issueCount, "issue"))", .heading))
    for issue in report.issues.prefix(Self.issueCount) {
      let text = style.fitted(style.shown(issue.summary), in: style.width - 6)
      let verdict = Verdict(issue.severity)
      line((style.sign(of: verdict), verdict.tone), (" " + text, .plain), indent: 4)
    }
    let others = report.issueCount - min(report.issues.count, Self.issueCount)
    if others > 0 { line(("and \(countText(others)) more", .quiet), indent: 6) }
    space()
  }

  private mutating func rate(_ headline: Headline, _ name: String, _ rate: Double?, _ meaning: String, _ report: Report)
  {
    guard let rate else { return self.headline(headline, name, style.nothing, [(meaning, .plain)], report) }
    let columns = style.width >= 72 ? 20 : 0
    let bar = style.bar(rate, columns: columns)
    let room = String(repeating: " ", count: columns == 0 ? 0 : columns - bar.displayWidth + 2)
    self.headline(headline, name, percentText(rate), [(bar, .accent), (room + meaning, .plain)], report)
  }

  private mutating func headline(
    _ headline: Headline, _ name: String, _ figure: String, _ notes: [(text: String, tone: Tone)], _ report: Report
  ) {
    let verdict = report.verdict(on: headline)
    var text = TextLine(style, indent: 2)
    text.add(style.sign(of: verdict), verdict.tone)
    text.add(" " + name)
    text.pad(to: 17)
    text.pad(to: 17 + max(0, 10 - figure.displayWidth))
    text.add(figure, .heading)
    text.add("  ")
    for note in notes { text.add(note.text, note.tone) }
    add(text)
  }
}
