import TrackCore

/// What happened lately: the newest starts and endings, and what went wrong.
struct RecentSection {
  let report: Report

  /// Writes both tables.
  func write(to page: inout Markup) {
    page.section(.recent, "Recent activity") { section in
      summary(&section)
      entries(&section)
      section.element(.h3, text: "Recent failures")
      failures(&section)
    }
  }

  private func summary(_ section: inout Markup) {
    let recent = report.recent
    let texts = [
      "Since \(timeText(recent.since)): \(quantity(recent.tally.started, "start"))", quantity(recent.endings, "ending"),
      "\(quantity(recent.droids, "droid")) at work",
    ]
    section.element(.p, text: texts.joined(separator: ", ") + ".")
  }

  private func entries(_ section: inout Markup) {
    guard !report.recent.entries.isEmpty else { return section.empty("Nothing started or ended.") }
    var table = DataTable(
      caption: "The newest starts and endings",
      columns: [.text("Time (UTC)"), .text("What"), .text("Task"), .text("Droid"), .number("Took"), .text("Error")])
    for entry in report.recent.entries {
      table.add([
        .moment(entry.time), entry.outcome.map { .outcome($0) } ?? .text("started"), .name(entry.task ?? "unknown"),
        .name(entry.droid), .duration(entry.duration), .phrase(entry.error.map { cut($0, 160) } ?? "–"),
      ])
    }
    section.folded(table, open: 12, "The newest \(report.recent.entries.count) starts and endings")
  }

  private func failures(_ section: inout Markup) {
    guard !report.recentFailures.isEmpty else { return section.empty("None.") }
    var table = DataTable(
      caption: "The newest failed and timed-out executions",
      columns: [
        .text("Time (UTC)"), .text("How"), .text("Task"), .text("Droid"), .number("Took"), .text("Error"),
        .text("Execution"),
      ])
    for failure in report.recentFailures {
      table.add([
        .moment(failure.ended), .outcome(failure.isTimeout ? .timeout : .failed), .name(failure.task ?? "unknown"),
        .name(failure.droid), .duration(failure.duration), .phrase(failure.error.map { cut($0, 240) } ?? "–"),
        .code(cut(failure.id, 120)),
      ])
    }
    table.write(to: &section)
  }
}

extension Markup {
  /// Writes a table, folded away when it has more than `open` rows.
  fileprivate mutating func folded(_ table: DataTable, open: Int, _ title: String) {
    if table.count <= open { table.write(to: &self) } else { foldedTable(title) { table } }
  }
}
