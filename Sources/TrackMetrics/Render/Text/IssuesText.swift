extension TextPage {
  /// The number of executions told.
  private static let namedCount = 3

  /// Adds what needs a look.
  mutating func issues(_ report: Report) {
    let issues = report.issues
    heading("ISSUES", issues.isEmpty ? "" : countText(report.issueCount))
    guard !issues.isEmpty else { return line(("None found.", .plain)) }
    for (number, issue) in issues.enumerated() {
      if number > 0 { space() }
      self.issue(issue)
    }
    let others = report.issueCount - issues.count
    if others > 0 { line(("and \(countText(others)) more", .quiet)) }
  }

  private mutating func issue(_ issue: Issue) {
    let verdict = Verdict(issue.severity)
    let summary = style.wrapped(issue.summary, in: style.width - 4)
    for (number, piece) in summary.enumerated() {
      line((number == 0 ? style.sign(of: verdict) : " ", verdict.tone), (" " + piece, .heading))
    }
    for evidence in issue.evidence.prefix(limits.texts) { paragraph(evidence, indent: 4) }
    let others = issue.evidence.count - limits.texts
    if others > 0 { line(("and \(countText(others)) more", .quiet), indent: 4) }
    executions(issue)
    paragraph("\(style.arrow) \(issue.advice)", .accent, indent: 4)
  }

  private mutating func executions(_ issue: Issue) {
    guard issue.executionCount > 0 else { return }
    var texts = Array(issue.executions.prefix(Self.namedCount))
    if issue.executionCount > texts.count { texts.append("\(countText(issue.executionCount - texts.count)) more") }
    paragraph(texts.joined(separator: ", "), .quiet, indent: 4)
  }
}
