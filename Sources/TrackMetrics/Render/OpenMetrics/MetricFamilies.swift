import TrackCore

extension MetricFamily {
  /// Every metric, in the order of the output.
  static let all: [MetricFamily] = reading + executions + droids + issues

  private static let reading: [MetricFamily] = [
    MetricFamily(name: "droid_track_report_timestamp_seconds", help: "When the report was made, in Unix time.") {
      [Sample(seconds($0.report.generatedAt))]
    },
    MetricFamily(name: "droid_track_last_event_timestamp_seconds", help: "The latest time in any line, in Unix time.") {
      [Sample($0.report.data.last.map(seconds))].compactMap(\.self)
    },
    MetricFamily(name: "droid_track_log_lines", help: "Lines read.") { [Sample(Double($0.report.data.lines))] },
    MetricFamily(name: "droid_track_log_bad_lines", help: "Lines that could not be taken in as they stand.") {
      [Sample(Double($0.report.data.problems.count))]
    },
    MetricFamily(name: "droid_track_log_unreadable_files", help: "Files that could not be read.") {
      [Sample(Double($0.report.data.unreadable.count))]
    },
  ]

  private static let executions: [MetricFamily] = [
    MetricFamily(name: "droid_track_executions", help: "Executions by how they stand.") { view in
      outcomes(view.report.executions.tally).map { Sample(Double($1), ("outcome", $0.wireName)) }
    },
    MetricFamily(name: "droid_track_executions_started", help: "Executions started.") {
      [Sample(Double($0.report.executions.tally.started))]
    },
    MetricFamily(name: "droid_track_executions_late", help: "Executions that ended after they had been given up.") {
      [Sample(Double($0.report.executions.tally.late))]
    },
    MetricFamily(name: "droid_track_executions_stuck", help: "Executions open past their limit.") {
      [Sample(Double($0.report.stuckCount))]
    },
    MetricFamily(name: "droid_track_abandonments", help: "Abandoned executions by reason.") {
      abandonments($0.report.executions.abandonedByReason)
    },
    MetricFamily(name: "droid_track_success_ratio", help: "Completed of ended executions.") {
      [Sample($0.report.executions.tally.successRate)].compactMap(\.self)
    },
    MetricFamily(name: "droid_track_completion_ratio", help: "Ended of started executions.") {
      [Sample($0.report.executions.tally.completionRate)].compactMap(\.self)
    },
    MetricFamily(name: "droid_track_abandonment_ratio", help: "Abandoned of started executions.") {
      [Sample($0.report.executions.tally.abandonmentRate)].compactMap(\.self)
    },
    MetricFamily(name: "droid_track_execution_duration_seconds", help: "How long ended executions took.") {
      statistics($0.report.executions.durations)
    },
    MetricFamily(name: "droid_track_tasks", help: "Tasks that were started.") {
      [Sample(Double($0.report.tasks.count))]
    },
    MetricFamily(name: "droid_track_tasks_retried", help: "Tasks that were started more than once.") {
      [Sample(Double($0.report.tasks.retried))]
    },
    MetricFamily(name: "droid_track_result_validity_ratio", help: "Valid of validated results.") {
      [Sample($0.report.results.validationRate)].compactMap(\.self)
    },
  ]

  private static let droids: [MetricFamily] = [
    MetricFamily(name: "droid_track_droids", help: "Droids named in the logs.") {
      [Sample(Double($0.report.droids.count))]
    },
    MetricFamily(name: "droid_track_droid_executions", help: "Executions by the droid that started them.") { view in
      view.droids.flatMap { droid in
        TrackedExecution.Outcome.allCases.map {
          Sample(Double(droid[$0]), ("droid", droid.label), ("outcome", $0.wireName))
        }
      }
    },
    MetricFamily(name: "droid_track_droid_success_ratio", help: "Completed of ended executions of a droid.") { view in
      view.droids.compactMap { Sample($0.successRate, ("droid", $0.label)) }
    },
    MetricFamily(name: "droid_track_droid_execution_duration_seconds", help: "How long a droid's executions took.") {
      view in
      view.droids.flatMap { droid in statistics(droid.durations, droid: droid.label) }
    },
    MetricFamily(name: "droid_track_droid_self_reports", help: "Self-reports of a droid.") { view in
      view.droids.map { Sample(Double($0.selfReports), ("droid", $0.label)) }
    },
    MetricFamily(name: "droid_track_droid_last_seen_timestamp_seconds", help: "When a droid last wrote, in Unix time.")
    { view in
      view.droids.compactMap { Sample($0.lastSeen.map(seconds), ("droid", $0.label)) }
    },
  ]

  private static let issues: [MetricFamily] = [
    MetricFamily(name: "droid_track_issues", help: "Issues found, by severity.") { view in
      Issue.Severity.allCases.map { severity in
        Sample(Double(view.report.issues.count { $0.severity == severity }), ("severity", severity.rawValue))
      }
    },
    MetricFamily(name: "droid_track_issues_of_kind", help: "Issues found, by kind.") { view in
      Issue.Kind.allCases.map { kind in
        Sample(Double(view.report.issues.count { $0.kind == kind }), ("kind", kind.rawValue))
      }
    },
  ]
}
