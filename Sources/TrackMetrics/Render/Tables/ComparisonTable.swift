import TrackCore

extension Table {
  /// A row for each project, the median of all last.
  static func comparison(_ comparison: Comparison) -> Table {
    var table = Table([
      .text("Project"), .number("Started"), .number("Open", sacrifice: 3), .number("Stuck", sacrifice: 4),
      .number("Success"), .number("Completion", sacrifice: 6), .number("Abandonment", sacrifice: 2),
      .number("p50", sacrifice: 5), .number("p95", sacrifice: 5), .number("Issues", sacrifice: 1),
      .number("Last line", sacrifice: 7),
    ])
    for project in comparison.projects { table.add(row(project)) }
    let baseline = comparison.baseline
    table.add([
      .text("median", .quiet), .optional(baseline.started.map { countText(Int($0.rounded())) }, .quiet), .nothing,
      .nothing, .optional(baseline.successRate.map(percentText), .quiet),
      .optional(baseline.completionRate.map(percentText), .quiet),
      .optional(baseline.abandonmentRate.map(percentText), .quiet), .optional(baseline.p50.map(durationText), .quiet),
      .optional(baseline.p95.map(durationText), .quiet), .nothing, .nothing,
    ])
    return table
  }

  private static func row(_ project: Comparison.Project) -> [Cell] {
    let report = project.report
    let tally = report.executions.tally
    let durations = report.executions.durations
    let worst = report.issues.map { Verdict($0.severity) }.max() ?? .none
    return [
      .text(project.label), .count(tally.started), .count(report.openCount, .accent),
      .count(report.stuckCount, .warning), .optional(tally.successRate.map(percentText)),
      .optional(tally.completionRate.map(percentText)), .optional(tally.abandonmentRate.map(percentText)),
      .optional((durations?.p50).map(durationText)), .optional((durations?.p95).map(durationText)),
      .count(report.issueCount, worst.tone),
      .optional(report.data.last.map { agoText(report.generatedAt.seconds(since: $0)) }),
    ]
  }

  /// A row for each droid that several projects know: how often it succeeds in each.
  static func droids(in comparison: Comparison) -> Table {
    var table = Table(
      [.text("Droid")] + comparison.projects.enumerated().map { .name($0.element.label, sacrifice: $0.offset) })
    var rates: [String: [Int: Double]] = [:]
    for (place, project) in comparison.projects.enumerated() {
      for droid in project.report.droids { rates[droid.droid, default: [:]][place] = droid.tally.successRate }
    }
    for (droid, known) in rates.sorted(by: { $0.key < $1.key }) where known.count > 1 {
      table.add(
        [.text(droid)] + comparison.projects.indices.map { .optional(known[$0].map(percentText)) })
    }
    return table
  }
}
