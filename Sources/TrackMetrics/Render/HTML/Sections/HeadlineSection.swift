/// The few figures that say how it goes.
struct HeadlineSection {
  let report: Report

  private struct Figure {
    let name: String
    let value: String
    let note: String
  }

  /// Writes them.
  func write(to page: inout Markup) {
    page.element(.section, .class("headline"), .label("Headline figures")) { section in
      section.element(.dl) { list in
        for figure in figures {
          list.element(.div) { group in
            group.element(.dt, text: figure.name)
            group.element(.dd, .class("value"), text: figure.value)
            group.element(.dd, .class("note"), text: figure.note)
          }
        }
      }
    }
  }

  private var figures: [Figure] {
    let tally = report.executions.tally
    let durations = report.executions.durations
    let sessions = report.selection.includesSessions ? 0 : report.executions.sessions.started
    return [
      Figure(
        name: "Success rate", value: tally.successRate.map(percentText) ?? "–",
        note: "\(countText(tally.completed)) completed of \(countText(tally.ended)) ended"),
      Figure(
        name: "Executions", value: countText(tally.started),
        note:
          "by \(quantity(report.droids.count { $0.tally.started > 0 }, "droid")), \(quantity(report.tasks.count, "task"))"
          + (sessions > 0 ? ", besides \(quantity(sessions, "session"))" : "")),
      Figure(
        name: "Open", value: countText(report.openCount),
        note: report.stuckCount == 0 ? "none past the limit" : "\(countText(report.stuckCount)) past the limit"),
      Figure(
        name: "Abandoned", value: tally.abandonmentRate.map(percentText) ?? "–",
        note: "\(countText(tally.abandoned)) of \(countText(tally.started)) started"),
      Figure(
        name: "Median duration", value: durations.map { durationText($0.p50) } ?? "–",
        note: durations.map { "95 % within \(durationText($0.p95))" } ?? "none known"),
      Figure(
        name: "Failed", value: countText(tally.failed + tally.timedOut),
        note: tally.timedOut == 0
          ? "none stopped at the limit" : "\(countText(tally.timedOut)) of them stopped at the limit"),
    ]
  }
}
