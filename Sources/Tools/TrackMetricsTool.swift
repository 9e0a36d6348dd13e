import ArgumentParser
import TrackCore
import TrackMetrics

struct TrackMetricsTool: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "track-metrics", abstract: "Report what the journal tells: executions, droids, and what needs a look.",
    discussion: """
      An execution counts once and belongs to the droid that started it. Success rate: completed of those that somebody \
      ended. Completion rate: ended of those started. Abandonment rate: abandoned of those started. Logs in \
      .factory/logs, where the original's droids wrote, are read too.
      """,
    version: Version.text)

  @OptionGroup var project: ProjectOptions
  @Flag(help: "Only what was read, the totals and the open executions.") var events = false
  @Flag(help: "Only the droids.") var droids = false
  @Flag(help: "Only what needs a look.") var issues = false
  @Flag(help: "Everything (the default).") var full = false
  @Flag(help: "Exit with 1 when there is an issue that is more than a remark.") var check = false
  @Flag(help: "Record the figures as performance.metrics instead of reporting them.") var record = false
  @Flag(help: "With --record: only when the last record is older than metrics_interval.") var ifDue = false
  @Option(help: ArgumentHelp("The original's name of --project.", visibility: .hidden)) var projectDir: String?

  func run() throws {
    guard record || !ifDue else { throw ToolError.usage("cannot take --if-due: it needs --record") }
    var project = project
    project.project = project.project ?? projectDir
    let journal = try project.journal()
    let now = Machine.current().now().wall
    let report = Report(
      fold: MetricsReader.fold(LogSource.sources(of: journal)), policy: ReportPolicy(journal.configuration), now: now,
      lastSweep: journal.lastSweep())
    if record {
      try record(report, in: journal, project)
    } else if !project.quiet {
      try show(report)
    }
    if check, report.issues.contains(where: { $0.severity != .info }) { throw ToolError.negative }
  }

  private func show(_ report: Report) throws {
    if project.json { return try output(JSONRenderer.render(report, sections: sections)) }
    let text = TextRenderer.render(report, width: Terminal.columns ?? 80, sections: sections)
    try output(Array(text.utf8))
  }

  /// The sections asked for; all where none is.
  private var sections: Set<Section> {
    var sections: Set<Section> = []
    if events { sections.formUnion([.data, .executions, .open, .failures]) }
    if droids { sections.insert(.droids) }
    if issues { sections.insert(.issues) }
    return full || sections.isEmpty ? Set(Section.allCases) : sections
  }

  /// Records the figures, and in the audit stream that they were recorded, as the original did.
  private func record(_ report: Report, in journal: Journal, _ project: ProjectOptions) throws {
    if ifDue, let last = report.data.lastMetrics {
      let age = report.generatedAt.seconds(since: last)
      guard age < 0 || age >= journal.configuration.tracking.metricsInterval.seconds else { return }
    }
    // Figures of what happened to be readable would be false ones.
    if let unreadable = report.data.unreadable.first {
      let reason = "\(excerpt(unreadable.name)) cannot be read: \(unreadable.reason)"
      throw ToolError(status: .inputOutput, message: "cannot record metrics: \(reason)")
    }
    try project.tell(try journal.record(.metrics(report.performanceMetrics)), in: journal, of: "track-metrics")
    let tally = report.executions.tally
    let details: JSONObject = [
      "total_tasks": .number(JSONNumber(tally.completed)), "active_tasks": .number(JSONNumber(tally.open)),
      "droids_tracked": .number(JSONNumber(report.droids.count)),
    ]
    let audited = try journal.record(.audit(action: "performance_metrics_generated", details: details))
    try project.tell(audited, in: journal, of: "track-metrics")
  }
}

extension LogSource {
  /// What a report of `journal` reads.
  fileprivate static func sources(of journal: Journal) -> [LogSource] {
    let factory = ".factory/logs"
    return [
      LogSource(path: journal.logDirectory, label: journal.configuration.logging.directory),
      LogSource(path: "\(journal.project.root)/\(factory)", label: factory, role: .factory),
    ]
  }
}

extension ReportPolicy {
  /// What the configuration calls an issue.
  fileprivate init(_ configuration: Configuration) {
    self.init()
    abandonmentRate = configuration.tracking.issues.abandonmentRate
    successRate = configuration.tracking.issues.successRate
    minimumExecutions = configuration.tracking.issues.minimumExecutions
    defaultTimeout = configuration.tracking.defaultTimeout.seconds
    cleanupInterval = configuration.tracking.cleanupInterval.seconds
    maximumConcurrentDroids = configuration.maximumConcurrentDroids
  }
}
