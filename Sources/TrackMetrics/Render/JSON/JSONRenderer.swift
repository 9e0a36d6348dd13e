import TrackCore

/// Makes JSON of a report, by version 1 of its schema (`docs/track-metrics.schema.json`, which describes every key).
///
/// All times are RFC 3339 in UTC, durations are seconds, rates are parts of 1; what is unknown is null. Sections that
/// were not asked for are left out; within version 1 keys are added, never renamed or removed. The bytes are written as
/// they come, without a tree of values between.
package enum JSONRenderer {
  /// The schema's version.
  package static let version = 1

  /// The report as one line of JSON, line feed included.
  package static func render(_ report: Report, sections: Set<Section> = Set(Section.allCases)) -> [UInt8] {
    var writer = JSONWriter(capacity: 64 * 1024)
    writer.object { $0.report(report, sections: sections) }
    writer.endLine()
    return writer.bytes
  }

  /// Several projects as one line of JSON: the baseline, and each project's report with its label.
  package static func render(
    _ comparison: Comparison, sections: Set<Section> = Set(Section.allCases)
  ) -> [UInt8] {
    var writer = JSONWriter(capacity: 64 * 1024)
    writer.object { $0.comparison(comparison, sections: sections) }
    writer.endLine()
    return writer.bytes
  }
}

extension JSONWriter {
  /// The members of a report.
  mutating func report(_ report: Report, sections: Set<Section>) {
    member("version", JSONRenderer.version)
    member("generated_at", report.generatedAt)
    member("empty", report.isEmpty)
    object("selection") { $0.selection(report.selection) }
    for section in Section.allCases where sections.contains(section) {
      switch section {
      case .data: object("data") { $0.data(report.data) }
      case .executions: executions(report)
      case .droids: objects("droids", report.droids) { $0.droid($1) }
      case .tasks: object("tasks") { $0.tasks(report.tasks) }
      case .results: object("results") { $0.results(report.results) }
      case .resources: objects("resources", report.resources) { $0.resources($1) }
      case .open: open(report)
      case .recent: object("recent") { $0.recent(report.recent) }
      case .failures: objects(WireKey.recentFailures, report.recentFailures) { $0.failure($1) }
      case .issues: issues(report)
      }
    }
  }

  private mutating func executions(_ report: Report) {
    object("executions") { $0.executions(report.executions) }
    objects("timeline", report.timeline) { $0.timeline($1) }
    member(WireKey.totalTasksCompleted, report.executions.tally.completed)
    member(WireKey.activeTasks, report.executions.tally.open)
  }

  private mutating func issues(_ report: Report) {
    objects("issues", report.issues) { $0.issue($1) }
    member("issue_count", report.issueCount)
  }

  private mutating func open(_ report: Report) {
    objects("open", report.open) { $0.open($1) }
    member("open_count", report.openCount)
    member("stuck_count", report.stuckCount)
  }
}
