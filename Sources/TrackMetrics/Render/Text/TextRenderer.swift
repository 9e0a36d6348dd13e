import TrackCore

/// Makes text for a terminal of a report.
///
/// Only printable text leaves here: whatever the logs hold, nothing in it acts on the terminal (`TextLine`).
package enum TextRenderer {
  /// The report as lines of at most `style.width` columns, each ended by a line feed.
  package static func render(
    _ report: Report, style: TextStyle = TextStyle(), sections: Set<Section> = Set(Section.allCases)
  ) -> String {
    var page = TextPage(style, limits: sections.count == Section.allCases.count ? .whole : .chosen)
    guard !report.isEmpty else { return nothing(report, &page) }
    page.title("Track report", at: report.generatedAt)
    page.selection(report.selection)
    if sections.count > 1 { page.glance(report) }
    for section in Section.allCases where sections.contains(section) {
      switch section {
      case .data: page.data(report.data)
      case .executions: page.executions(report.executions)
      case .droids: page.droids(report)
      case .tasks: page.tasks(report)
      case .results: page.results(report.results)
      case .resources: page.resources(report.resources)
      case .open: page.open(report)
      case .recent: page.recent(report)
      case .failures: page.failures(report)
      case .issues: page.issues(report)
      }
    }
    return page.encoded
  }

  /// What an empty journal is told as: figures of nothing would look like figures of something.
  private static func nothing(_ report: Report, _ page: inout TextPage) -> String {
    let places = report.data.directories.map(\.label).joined(separator: ", ")
    let place = places.isEmpty ? "no log directory was found" : "no lines in \(places)"
    page.paragraph("Nothing is recorded yet: \(place).", indent: 0)
    page.line(("Record a first execution:  task-start TASK \"what it is about\"", .plain), indent: 0)
    return page.encoded
  }
}

extension TextPage {
  /// What was selected, where not everything was.
  fileprivate mutating func selection(_ selection: Selection) {
    let parts = [
      selection.since.map { "since \(timeText($0))" }, selection.until.map { "until \(timeText($0))" },
      selection.droid.map { "droid \($0)" }, selection.task.map { "task \($0)" }, selection.run.map { "run \($0)" },
    ].compactMap(\.self)
    if !parts.isEmpty { paragraph("Only " + parts.joined(separator: ", "), .quiet, indent: 0) }
  }

  /// The first line: what this is, and the moment it is of, at the right end where there is room.
  mutating func title(_ title: String, at time: Timestamp?) {
    let time = time.map(timeText) ?? ""
    let gap = max(2, min(style.width, 100) - title.displayWidth - time.displayWidth)
    line((title, .heading), (String(repeating: " ", count: gap), .plain), (time, .quiet), indent: 0)
  }
}
