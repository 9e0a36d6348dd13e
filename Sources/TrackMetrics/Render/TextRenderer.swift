import TrackCore

/// Makes text for a terminal of a report.
///
/// Only printable text leaves here: whatever the logs hold, nothing in it acts on the terminal.
package enum TextRenderer {
  /// The number of open executions, of a list's executions and of evidence lines told in full.
  private static let openCount = 20
  private static let namedCount = 3
  private static let evidenceCount = 10

  /// The report as lines of about `width` columns, each ended by a line feed.
  package static func render(
    _ report: Report, width: Int = 80, sections: Set<Section> = Set(Section.allCases)
  ) -> String {
    guard !report.isEmpty else { return nothing(report) }
    var lines = ["Track report, \(timeText(report.generatedAt))"]
    for section in Section.allCases where sections.contains(section) {
      let body = content(of: section, report, max(40, width))
      if !body.isEmpty { lines += [""] + body }
    }
    return lines.map { $0 + "\n" }.joined()
  }

  /// What an empty journal is told as: figures of nothing would look like figures of something.
  private static func nothing(_ report: Report) -> String {
    let places = report.data.directories.map { shown($0.label) }.joined(separator: ", ")
    let place = places.isEmpty ? "no log directory was found" : "no lines in \(places)"
    return """
      Nothing is recorded yet: \(place).
      Record a first execution:  task-start TASK "what it is about"

      """
  }

  private static func content(of section: Section, _ report: Report, _ width: Int) -> [String] {
    switch section {
    case .data: data(report.data, width)
    case .executions: executions(report.executions)
    case .droids: droids(report, width)
    case .open: open(report, width)
    case .failures: failures(report, width)
    case .issues: issues(report, width)
    }
  }

  private static func data(_ data: DataSummary, _ width: Int) -> [String] {
    var lines = ["DATA"]
    let files = counted(data.files.count, "file")
    lines.append(
      fact("Lines", "\(data.lines) in \(files), \(data.problems.count) bad, \(data.repeats) copies of others"))
    lines.append(fact("Events", "\(data.events)"))
    if let first = data.first, let last = data.last {
      lines.append(fact("From", timeText(first)))
      lines.append(fact("To", timeText(last)))
    }
    for directory in data.directories {
      let note = directory.role == .factory ? ", where the original's droids wrote" : ""
      lines.append(fact("Read", shown(directory.label) + note))
    }
    if !data.selfReports.isEmpty { lines += list("Self-reports", data.selfReports, width) }
    if !data.foreignTypes.isEmpty { lines += list("Other types", data.foreignTypes, width) }
    return lines
  }

  private static func list(_ name: String, _ counts: [DataSummary.Count], _ width: Int) -> [String] {
    var texts = counts.prefix(evidenceCount).map { "\(shown($0.name, limit: 60)) \($0.count)" }
    if counts.count > texts.count { texts.append("and \(counts.count - texts.count) more") }
    let lines = wrapped(texts.joined(separator: ", "), width: width - 18)
    return lines.enumerated().map { fact($0.offset == 0 ? name : "", $0.element) }
  }

  private static func executions(_ executions: ExecutionSummary) -> [String] {
    let tally = executions.tally
    guard tally.started > 0 else { return ["EXECUTIONS", "  None was started."] }
    var table = Table(header: ["Started", "\(tally.started)", "", ""], alignments: [.left, .right, .right, .left])
    func add(_ name: String, _ count: Int, _ note: String = "") {
      table.add([name, "\(count)", percentText(Double(count) / Double(tally.started)), note])
    }
    let reasons = executions.abandonedByReason.map { "\(shown($0.name, limit: 30)) \($0.count)" }
    add("Completed", tally.completed)
    add("Failed", tally.failed)
    add("Timed out", tally.timedOut)
    add("Abandoned", tally.abandoned, reasons.joined(separator: ", "))
    add("Open", tally.open)
    var lines = ["EXECUTIONS"] + table.lines(width: 120, indent: 2) + [""]
    lines.append(rate("Success rate", tally.successRate, "completed of \(tally.ended) ended"))
    lines.append(rate("Completion rate", tally.completionRate, "ended of \(tally.started) started"))
    lines.append(rate("Abandonment rate", tally.abandonmentRate, "abandoned of \(tally.started) started"))
    if tally.late > 0 { lines.append("  \(counted(tally.late, "ending")) came late, after the execution was given up") }
    if executions.surplusEndings > 0 {
      lines.append("  \(counted(executions.surplusEndings, "further ending")) of ended executions changed nothing")
    }
    return lines + durations(executions.durations)
  }

  private static func rate(_ name: String, _ rate: Double?, _ meaning: String) -> String {
    let text = rate.map(percentText) ?? "-"
    return "  \(padded(name, 16))  \(String(repeating: " ", count: max(0, 8 - text.count)))\(text)  \(meaning)"
  }

  private static func durations(_ durations: DurationSummary?) -> [String] {
    guard let durations else { return [] }
    var table = Table(
      header: ["Duration", "mean", "p50", "p90", "p95", "p99", "max"],
      alignments: [.left] + Array(repeating: .right, count: 6))
    let figures = [
      durations.mean, durations.p50, durations.p90, durations.p95, durations.p99, durations.maximum,
    ]
    table.add(["of \(durations.count) ended"] + figures.map(durationText))
    return [""] + table.lines(width: 120, indent: 2)
  }

  private static func droids(_ report: Report, _ width: Int) -> [String] {
    guard !report.droids.isEmpty else { return ["DROIDS", "  None is named."] }
    var table = Table(
      header: ["Droid", "Total", "Done", "Fail", "T/O", "Aband", "Open", "Success", "Mean", "Seen"],
      alignments: [.left] + Array(repeating: .right, count: 9))
    for droid in report.droids {
      let tally = droid.tally
      let counts = [tally.started, tally.completed, tally.failed, tally.timedOut, tally.abandoned, tally.open]
      let seen = droid.lastSeen.map { agoText(report.generatedAt.seconds(since: $0)) }
      let success = tally.successRate.map(percentText)
      let mean = droid.durations.map { durationText($0.mean) }
      let figures = counts.map { $0 == 0 ? nil : String($0) } + [success, mean, seen]
      table.add([shown(droid.droid)] + figures.map { $0 ?? "-" })
    }
    let notes = report.droids.filter { $0.auditNotes > 0 }
      .map { "  \(shown($0.droid)) wrote \(counted($0.auditNotes, "free audit note"))" }
    return ["DROIDS"] + table.lines(width: width, indent: 2)
      + ["  T/O: stopped at its limit. Aband: ended by nobody. Seen: age of its last line."] + notes
  }

  private static func open(_ report: Report, _ width: Int) -> [String] {
    guard !report.open.isEmpty else { return [] }
    var lines = ["OPEN"]
    for execution in report.open.prefix(openCount) {
      let task = execution.task.map { shown($0) } ?? "task unknown"
      let age = execution.age.map { "open \(durationText($0))" } ?? "open since an unknown time"
      let own = execution.hasOwnLimit ? "limit" : "default limit"
      let state = execution.isStuck ? ", STUCK" : ""
      lines.append("  \(task) by \(shown(execution.droid)): \(age), \(own) \(durationText(execution.limit))\(state)")
      lines.append("    \(shown(execution.id, limit: 200))")
      if let note = execution.lastReport { lines.append("    \(reported(note, report.generatedAt))") }
    }
    if report.open.count > openCount { lines.append("  and \(report.open.count - openCount) more") }
    return lines
  }

  private static func reported(_ note: ReportNote, _ now: Timestamp) -> String {
    let progress = note.progress.map { "\(percentText($0)) " } ?? ""
    let message = note.message.map { ": " + shown($0, limit: 60) } ?? ""
    return "reported \(progress)\(agoText(now.seconds(since: note.time))) ago\(message)"
  }

  private static func failures(_ report: Report, _ width: Int) -> [String] {
    guard !report.recentFailures.isEmpty else { return [] }
    return ["RECENT FAILURES"]
      + report.recentFailures.flatMap { failure in
        let ago = failure.ended.map { ", \(agoText(report.generatedAt.seconds(since: $0))) ago" } ?? ""
        let how = failure.outcome == .timeout ? "timed out" : "failed"
        let took = failure.duration.map { " after \(durationText($0))" } ?? ""
        let task = failure.task.map { shown($0) } ?? "task unknown"
        let error = failure.error.map { wrapped(shown($0, limit: 200), width: width - 4) } ?? []
        return ["  \(task) by \(shown(failure.droid)) \(how)\(took)\(ago)"] + error.map { "    " + $0 }
      }
  }

  private static func issues(_ report: Report, _ width: Int) -> [String] {
    guard !report.issues.isEmpty else { return ["ISSUES", "  None found."] }
    return ["ISSUES"]
      + report.issues.flatMap { issue in
        var lines = hanging("\(issue.severity.rawValue): \(shown(issue.summary, limit: 300))", indent: 2, width)
        lines += issue.evidence.prefix(evidenceCount).flatMap { hanging(shown($0, limit: 300), indent: 4, width) }
        if issue.evidence.count > evidenceCount { lines.append("    and \(issue.evidence.count - evidenceCount) more") }
        lines += executions(issue.executions, width)
        return lines + hanging("-> \(issue.advice)", indent: 4, width) + [""]
      }.dropLast()
  }

  private static func executions(_ ids: [String], _ width: Int) -> [String] {
    guard !ids.isEmpty else { return [] }
    var texts = ids.prefix(namedCount).map { shown($0, limit: 200) }
    if ids.count > texts.count { texts.append("\(ids.count - texts.count) more") }
    return hanging(texts.joined(separator: ", "), indent: 4, width)
  }

  /// `text` in lines whose second and later ones stand two columns further in.
  private static func hanging(_ text: String, indent: Int, _ width: Int) -> [String] {
    wrapped(text, width: width - indent - 2).enumerated().map {
      String(repeating: " ", count: $0.offset == 0 ? indent : indent + 2) + $0.element
    }
  }

  private static func fact(_ name: String, _ value: String) -> String { "  \(padded(name, 14))  \(value)" }

  private static func padded(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
  }
}
