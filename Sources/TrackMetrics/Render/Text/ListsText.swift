extension TextPage {
  /// Adds the figures of each droid.
  mutating func droids(_ report: Report) {
    heading("DROIDS", report.droids.isEmpty ? "" : countText(report.droids.count))
    guard !report.droids.isEmpty else { return line(("None is named.", .plain)) }
    let shown = report.droids.prefix(limits.droids)
    table(.droids(shown, now: report.generatedAt), omitted: report.droids.count - shown.count)
    paragraph(legend(of: report.executions.tally), .quiet)
    for droid in report.droids.prefix(limits.droids) where droid.auditNotes > 0 {
      paragraph("\(droid.droid) wrote \(counted(droid.auditNotes, "free audit note"))", .quiet)
    }
  }

  /// What the columns' short names mean, of those that hold anything.
  private func legend(of tally: Tally) -> String {
    let names = [
      tally.timedOut > 0 ? "T/O: stopped at its limit." : nil, tally.abandoned > 0 ? "Aband: ended by nobody." : nil,
      "Seen: age of its last line.",
    ]
    return names.compactMap(\.self).joined(separator: " ")
  }

  /// Adds the figures of each task.
  mutating func tasks(_ report: Report) {
    let tasks = report.tasks
    guard tasks.count > 0 else { return }
    heading("TASKS", "\(countText(tasks.count)), \(countText(tasks.retried)) attempted more than once")
    let shown = tasks.shown.prefix(limits.tasks)
    table(.tasks(shown, now: report.generatedAt), omitted: tasks.count - shown.count)
  }

  /// Adds what the results say.
  mutating func results(_ results: ResultSummary) {
    guard results.results > 0 || results.validated > 0 || !results.errors.isEmpty else { return }
    heading("RESULTS")
    if results.results > 0 {
      fact("Results", "\(countText(results.results)), \(countText(results.successes)) of success")
    }
    if let rate = results.validationRate {
      fact("Valid", "\(percentText(rate)), \(countText(results.valid)) of \(countText(results.validated)) validated")
    }
    if !results.categories.isEmpty { space() }
    table(.categories(results))
    texts("Problem", results.problems)
    texts("Error", results.errors)
  }

  private mutating func texts(_ title: String, _ counts: [DataSummary.Count]) {
    guard !counts.isEmpty else { return }
    space()
    let shown = counts.prefix(limits.texts)
    table(.counts(shown, of: title), omitted: counts.count - shown.count)
  }

  /// Adds what the work took.
  mutating func resources(_ resources: [ResourceSummary]) {
    guard !resources.isEmpty else { return }
    heading("RESOURCES")
    let shown = resources.prefix(limits.droids)
    table(.resources(shown), omitted: resources.count - shown.count)
  }

  /// Adds the open executions.
  mutating func open(_ report: Report) {
    guard report.openCount > 0 else { return }
    let stuck = report.stuckCount > 0 ? ", \(countText(report.stuckCount)) past the limit" : ""
    heading("OPEN", countText(report.openCount) + stuck)
    let shown = report.open.prefix(limits.open)
    table(.open(shown, now: report.generatedAt), omitted: report.openCount - shown.count)
  }

  /// Adds what happened lately.
  mutating func recent(_ report: Report) {
    guard !report.recent.entries.isEmpty else { return }
    heading("RECENT", "since \(timeText(report.recent.since))")
    table(.recent(report.recent.entries.prefix(limits.recent), now: report.generatedAt))
  }

  /// Adds the newest failures.
  mutating func failures(_ report: Report) {
    guard !report.recentFailures.isEmpty else { return }
    heading("RECENT FAILURES")
    table(.failures(report.recentFailures.prefix(limits.failures), now: report.generatedAt))
  }
}
