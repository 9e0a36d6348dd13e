import TrackCore

/// What nobody has ended yet, the oldest first, with how far it says it is.
struct OpenSection {
  let report: Report

  private static let limit = 50

  /// Writes the table.
  func write(to page: inout Markup) {
    page.section(.open, "Open executions") { section in
      guard !report.open.isEmpty else { return section.empty("None is open.") }
      var table = DataTable(
        caption: "Open executions, the oldest first",
        columns: [
          .text("Task"), .text("Droid"), .number("Open for"), .number("Limit"), .text("Progress"),
          .text("Last message"), .number("Reported"), .text("Execution"),
        ])
      for execution in report.open.prefix(Self.limit) { table.add(cells(execution)) }
      table.write(to: &section)
      section.more(report.openCount - min(Self.limit, report.open.count), "open execution")
    }
  }

  private func cells(_ execution: OpenExecution) -> [DataTable.Cell] {
    let note = execution.lastReport
    return [
      .name(execution.task ?? "unknown"), .name(execution.droid),
      .drawing { page in
        page.text(execution.age.map(durationText) ?? "–")
        if execution.isStuck { page.element(.strong, .class("past-limit"), text: " past limit") }
      },
      .text("\(durationText(execution.limit))\(execution.hasOwnLimit ? "" : " (default)")"),
      .drawing { ProgressBar(part: note?.progress).write(to: &$0) },
      .phrase(note?.message.map { cut($0, 120) } ?? "–"),
      .text(note.map { "\(agoText(report.generatedAt.seconds(since: $0.time))) ago" } ?? "never"),
      .code(cut(execution.id, 120)),
    ]
  }
}

/// How far an execution says it is.
struct ProgressBar {
  let part: Double?

  /// Writes the drawing and the figure; a dash where nothing was said.
  func write(to page: inout Markup) {
    guard let part, part.isFinite else { return page.text("–") }
    let shown = min(1, max(0, part))
    page.element(.span, .class("progress")) { line in
      line.element(.svg, .width(.pixels(64)), .height(8), .hidden) { bar in
        bar.element(.rect, .width(.pixels(64)), .height(8), .class("track"))
        bar.element(.rect, .width(.pixels(64 * shown)), .height(8), .class("mark progress-fill"))
      }
      line.text(" \(Int((shown * 100).rounded())) %")
    }
  }
}
