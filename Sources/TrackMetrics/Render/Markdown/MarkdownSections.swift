/// The sections of a report as blocks of Markdown.
enum MarkdownSections {
  /// The number of rows told of a section, and of issues.
  private static let (rowCount, issueCount, evidenceCount) = (100, 50, 3)

  /// A section's block; nil where there is nothing to tell, and for what stands on top.
  static func block(of section: Section, _ report: Report) -> String? {
    let now = report.generatedAt
    return switch section {
    case .issues: nil
    case .executions:
      folded("Longest executions", report.executions.longest.count, .longest(report.executions.longest))
    case .droids: open("Droids", report.droids.count, .droids(report.droids.prefix(rowCount), now: now))
    case .tasks: folded("Tasks", report.tasks.count, .tasks(report.tasks.shown.prefix(rowCount), now: now))
    case .results: results(report.results)
    case .resources:
      folded("Resources", report.resources.count, .resources(report.resources.prefix(rowCount)))
    case .open: open("Open", report.openCount, .open(report.open.prefix(rowCount), now: now))
    case .recent:
      folded("Recent", report.recent.entries.count, .recent(report.recent.entries.prefix(rowCount), now: now))
    case .failures: open("Recent failures", report.recentFailures.count, .failures(report.recentFailures, now: now))
    case .data: data(report.data)
    }
  }

  /// The issues, the gravest first.
  static func issues(of report: Report) -> String {
    let issues = report.issues
    guard !issues.isEmpty else { return "**No issue found.**\n" }
    var table = Table([.word("Severity"), .word("Issue"), .text("Evidence"), .word("What to do")])
    for issue in issues.prefix(issueCount) {
      let evidence = (issue.evidence.prefix(evidenceCount) + issue.executions.prefix(evidenceCount))
      table.add([
        .text(issue.severity.rawValue), .text(issue.summary),
        .optional(evidence.isEmpty ? nil : evidence.joined(separator: "; ")),
        .text(issue.advice),
      ])
    }
    return "## \(counted(report.issueCount, "issue"))\n\n" + table.markdown()
      + more(report.issueCount - table.rows.count)
  }

  /// The headline figures.
  static func headlines(_ report: Report) -> String {
    let tally = report.executions.tally
    var table = Table([.word("Figure"), .number("Value"), .word("Of")])
    func rate(_ name: String, _ rate: Double?, _ meaning: String) {
      table.add([.text(name), .optional(rate.map(percentText)), .text(meaning)])
    }
    table.add([
      .text("Executions started"), .text(countText(tally.started)),
      .text("\(countText(tally.open)) open, \(countText(report.stuckCount)) of them past the limit"),
    ])
    rate("Success rate", tally.successRate, "\(countText(tally.completed)) of \(countText(tally.ended)) ended")
    rate("Completion rate", tally.completionRate, "\(countText(tally.ended)) of \(countText(tally.started)) started")
    rate(
      "Abandonment rate", tally.abandonmentRate, "\(countText(tally.abandoned)) of \(countText(tally.started)) started")
    if let sessions = report.executions.sessions.sessionText {
      table.add([.text("Sessions"), .text(countText(report.executions.sessions.started)), .text(sessions)])
    }
    if let durations = report.executions.durations {
      let tail = "p95 \(durationText(durations.p95)), longest \(durationText(durations.maximum))"
      table.add([.text("Median duration"), .text(durationText(durations.p50)), .text(tail)])
    }
    return "## Executions\n\n" + table.markdown()
  }

  private static func results(_ results: ResultSummary) -> String? {
    guard results.validated > 0 || !results.errors.isEmpty else { return nil }
    var content = ""
    if !results.categories.isEmpty { content += Table.categories(results).markdown() + "\n" }
    if !results.problems.isEmpty { content += Table.counts(results.problems, of: "Problem").markdown() + "\n" }
    if !results.errors.isEmpty { content += Table.counts(results.errors, of: "Error").markdown() + "\n" }
    return details("Results", content)
  }

  private static func data(_ data: DataSummary) -> String {
    var table = Table([.text("File"), .number("Lines")])
    for file in data.files.prefix(rowCount) { table.add([.text(file.name), .text(countText(file.lines))]) }
    var summary = "\(countText(data.lines)) lines, \(countText(data.problems.count)) bad"
    if data.prunedSegments > 0 { summary += "; \(prunedText(data))" }
    return details("Data: \(summary)", table.markdown() + more(data.files.count - rowCount))
  }

  private static func open(_ title: String, _ count: Int, _ table: Table) -> String? {
    guard !table.rows.isEmpty else { return nil }
    return "## \(title)\n\n" + table.markdown() + more(count - table.rows.count)
  }

  private static func folded(_ title: String, _ count: Int, _ table: Table) -> String? {
    guard !table.rows.isEmpty else { return nil }
    return details("\(title) (\(countText(count)))", table.markdown() + more(count - table.rows.count))
  }

  static func details(_ summary: String, _ content: String) -> String {
    "<details><summary>\(summary)</summary>\n\n\(content)\n</details>\n"
  }

  private static func more(_ count: Int) -> String { count > 0 ? "\nand \(countText(count)) more\n" : "" }
}
