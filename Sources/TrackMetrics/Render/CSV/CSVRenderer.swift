import TrackCore

/// Makes comma-separated values of one section of a report: a header and a row for each of what the section lists.
///
/// A file of CSV is one table, so it holds one section; the droids where nothing else is asked for. Times are RFC 3339
/// in UTC, durations seconds, rates parts of 1, what is unknown is empty. The columns are named as the keys of the
/// JSON, those of a nested object with its name before them (`durations_p50`). Later versions add columns at the end.
package enum CSVRenderer {
  /// The section as rows.
  package static func render(_ report: Report, section: Section = .droids) -> [UInt8] {
    var table = CSVTable(section: section, isComparison: false)
    table.add(report, label: nil)
    return table.writer.bytes
  }

  /// The section of each project as rows, with a leading column `project`.
  package static func render(_ comparison: Comparison, section: Section = .droids) -> [UInt8] {
    var table = CSVTable(section: section, isComparison: true)
    for project in comparison.projects { table.add(project.report, label: project.label) }
    return table.writer.bytes
  }
}

/// A section of one report, or of several with a leading column `project`.
struct CSVTable {
  let section: Section
  let isComparison: Bool
  private(set) var writer = CSVWriter()

  /// Begins with the header.
  init(section: Section, isComparison: Bool) {
    self.section = section
    self.isComparison = isComparison
    for name in (isComparison ? ["project"] : []) + section.csvColumns { writer.text(name) }
    writer.endRow()
  }

  /// Adds the rows of a report.
  mutating func add(_ report: Report, label: String?) {
    switch section {
    case .data: rows(report.data.files, label) { $0.file($1) }
    case .executions: rows([report.executions], label) { $0.executions($1) }
    case .droids: rows(report.droids, label) { $0.droid($1) }
    case .tasks: rows(report.tasks.shown, label) { $0.task($1) }
    case .results: rows(report.results.categories, label) { $0.category($1) }
    case .resources: rows(report.resources, label) { $0.resources($1) }
    case .open: rows(report.open, label) { $0.open($1) }
    case .recent: rows(report.recent.entries, label) { $0.recent($1) }
    case .failures: rows(report.recentFailures, label) { $0.failure($1) }
    case .issues: rows(report.issues, label) { $0.issue($1) }
    }
  }

  private mutating func rows<Value>(
    _ values: [Value], _ label: String?, _ cells: (inout CSVWriter, Value) -> Void
  ) {
    for value in values {
      if isComparison { writer.text(label) }
      cells(&writer, value)
      writer.endRow()
    }
  }
}
