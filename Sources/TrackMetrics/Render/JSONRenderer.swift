package import TrackCore

/// Makes JSON of a report, by version 1 of its schema.
///
/// All times are RFC 3339 in UTC, durations are seconds, rates are parts of 1; what is unknown is null. Sections that
/// were not asked for are left out; within version 1 keys are added, never renamed or removed.
/// ```
/// version, generated_at, empty (nothing is recorded: the figures are of nothing)
/// data        directories[{label, role}] files[{file, stream, lines}] lines events repeats bad_lines
///             problems[{file, line, reason}] (the first 100) unreadable[{file, reason}] last_metrics first last
///             event_types{type: count} foreign_event_types{type: count} self_reports{kind: count}
/// executions  started completed failed timed_out abandoned open ended late abandoned_by_reason{reason: count}
///             success_rate completion_rate abandonment_rate without_start shared_ids surplus_endings
///             durations{count total mean p50 p90 p95 p99 max}
/// droids[]    droid started completed failed timed_out abandoned open late success_rate completion_rate
///             abandonment_rate durations{…} self_reports audit_notes last_seen
/// open[]      execution_id task_id droid_id started_at age_seconds limit_seconds own_limit stuck
///             last_report{timestamp, progress, message}
/// recent_failures[]  execution_id task_id droid_id timestamp status duration_seconds error
/// issues[]    kind severity droid_id summary value threshold execution_count executions[] (the first 100)
///             evidence[] advice
/// ```
package enum JSONRenderer {
  /// The number of executions an issue names.
  private static let namedExecutions = 100

  /// The report as one line of JSON, line feed included.
  package static func render(_ report: Report, sections: Set<Section> = Set(Section.allCases)) -> [UInt8] {
    var writer = JSONWriter(capacity: 16 * 1024)
    writer.value(.object(object(report, sections: sections)))
    writer.endLine()
    return writer.bytes
  }

  /// The report as a JSON object.
  package static func object(_ report: Report, sections: Set<Section> = Set(Section.allCases)) -> JSONObject {
    var members: [(key: String, value: JSONValue)] = [
      ("version", 1), ("generated_at", .string(report.generatedAt.description)), ("empty", .bool(report.isEmpty)),
    ]
    for section in Section.allCases where sections.contains(section) {
      switch section {
      case .data: members.append(("data", data(report.data)))
      case .executions: members.append(("executions", executions(report.executions)))
      case .droids: members.append(("droids", .array(report.droids.map(droid))))
      case .open: members.append(("open", .array(report.open.map(open))))
      case .failures: members.append((WireKey.recentFailures, .array(report.recentFailures.map(\.failure))))
      case .issues: members.append(("issues", .array(report.issues.map(issue))))
      }
    }
    return JSONObject(members)
  }

  private static func data(_ data: DataSummary) -> JSONValue {
    .object(
      JSONObject([
        (
          "directories",
          .array(data.directories.map { ["label": .string($0.label), "role": .string($0.role.rawValue)] })
        ),
        ("files", .array(data.files.map(file))),
        ("lines", integer(data.lines)),
        ("events", integer(data.events)),
        ("repeats", integer(data.repeats)),
        ("bad_lines", integer(data.problems.count)),
        ("problems", .array(data.problems.first.map(problem))),
        ("unreadable", .array(data.unreadable.map { ["file": .string($0.name), "reason": .string($0.reason)] })),
        ("last_metrics", time(data.lastMetrics)),
        ("first", time(data.first)),
        ("last", time(data.last)),
        ("event_types", counts(data.eventTypes)),
        ("foreign_event_types", counts(data.foreignTypes)),
        ("self_reports", counts(data.selfReports)),
      ]))
  }

  private static func file(_ file: Fold.File) -> JSONValue {
    [
      "file": .string(file.name), "stream": text(file.stream.map { String($0.fileName.dropLast(7)) }),
      "lines": integer(file.lines),
    ]
  }

  private static func problem(_ problem: LineProblem) -> JSONValue {
    ["file": .string(problem.file), "line": integer(problem.line), "reason": .string(problem.reason)]
  }

  private static func executions(_ executions: ExecutionSummary) -> JSONValue {
    var members = figures(executions.tally)
    members["ended"] = integer(executions.tally.ended)
    members["abandoned_by_reason"] = counts(executions.abandonedByReason)
    members["without_start"] = integer(executions.withoutStart)
    members["shared_ids"] = integer(executions.sharedIDs.count)
    members["surplus_endings"] = integer(executions.surplusEndings)
    members["durations"] = executions.durations.map { .object($0.figures) } ?? .null
    return .object(members)
  }

  private static func figures(_ tally: Tally) -> JSONObject {
    JSONObject([
      ("started", integer(tally.started)), ("completed", integer(tally.completed)),
      ("failed", integer(tally.failed)), ("timed_out", integer(tally.timedOut)),
      ("abandoned", integer(tally.abandoned)), ("open", integer(tally.open)), ("late", integer(tally.late)),
      ("success_rate", number(tally.successRate)), ("completion_rate", number(tally.completionRate)),
      ("abandonment_rate", number(tally.abandonmentRate)),
    ])
  }

  private static func droid(_ droid: DroidSummary) -> JSONValue {
    var members = JSONObject([("droid", .string(droid.droid))])
    for figure in figures(droid.tally).members { members[figure.key] = figure.value }
    members["durations"] = droid.durations.map { .object($0.figures) } ?? .null
    members["self_reports"] = integer(droid.selfReports)
    members["audit_notes"] = integer(droid.auditNotes)
    members["last_seen"] = time(droid.lastSeen)
    return .object(members)
  }

  private static func open(_ execution: OpenExecution) -> JSONValue {
    .object(
      JSONObject([
        (WireKey.executionID, .string(execution.id)), (WireKey.taskID, text(execution.task)),
        (WireKey.droidID, .string(execution.droid)), ("started_at", time(execution.started)),
        ("age_seconds", seconds(execution.age)), ("limit_seconds", seconds(execution.limit)),
        ("own_limit", .bool(execution.hasOwnLimit)), ("stuck", .bool(execution.isStuck)),
        ("last_report", execution.lastReport.map(note) ?? .null),
      ]))
  }

  private static func note(_ report: ReportNote) -> JSONValue {
    [
      WireKey.timestamp: time(report.time), WireKey.progress: number(report.progress),
      WireKey.message: text(report.message),
    ]
  }

  private static func issue(_ issue: Issue) -> JSONValue {
    .object(
      JSONObject([
        ("kind", .string(issue.kind.rawValue)), ("severity", .string(issue.severity.rawValue)),
        (WireKey.droidID, text(issue.droid)), ("summary", .string(issue.summary)), ("value", number(issue.value)),
        ("threshold", number(issue.threshold)), ("execution_count", integer(issue.executions.count)),
        ("executions", .array(issue.executions.prefix(namedExecutions).map { .string($0) })),
        (WireKey.evidence, .array(issue.evidence.map { .string($0) })), ("advice", .string(issue.advice)),
      ]))
  }

  private static func counts(_ counts: [DataSummary.Count]) -> JSONValue {
    .object(JSONObject(counts.map { ($0.name, integer($0.count)) }))
  }

  private static func text(_ value: String?) -> JSONValue { value.map { .string($0) } ?? .null }

  private static func time(_ value: Timestamp?) -> JSONValue { text(value?.description) }
}
