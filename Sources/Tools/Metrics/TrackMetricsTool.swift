import ArgumentParser
import TrackCore
import TrackMetrics

struct TrackMetricsTool: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "track-metrics", abstract: "Report what the journal tells: executions, droids, and what needs a look.",
    discussion: """
      An execution counts once and belongs to the droid that started it. Success rate: completed of those that somebody \
      ended. Completion rate: ended of those started. Abandonment rate: abandoned of those started. Logs in \
      .factory/logs, where the original's droids wrote, are read too. Sessions of agents' harnesses are no executions: \
      the report tells of them apart, and --watch how many are open, unless --sessions asks for them like for other work.
      """,
    version: Version.text)

  @OptionGroup var source: MetricsSource
  @OptionGroup var sections: MetricsSections
  @OptionGroup var selection: MetricsSelection
  @OptionGroup var rendering: MetricsRendering
  @Flag(help: "Exit with 1 when there is an issue of --severity or above.") var check = false
  @Option(help: ArgumentHelp("What --check minds: info, warning or critical (warning).", valueName: "severity"))
  var severity: Issue.Severity?
  @Flag(help: "Show what runs and what ended last, anew every second, until q or Ctrl-C.") var watch = false
  @Flag(help: "Record the figures as performance.metrics instead of reporting them.") var record = false
  @Flag(help: "With --record: only when the last record is older than metrics_interval.") var ifDue = false
  @Flag(help: "Read everything anew instead of going on from the last report.") var noCheckpoint = false
  @Flag(name: .shortAndLong, help: "Say nothing but errors.") var quiet = false

  func validate() throws {
    if severity != nil, !check { throw ValidationError("--severity needs --check") }
    if watch, record || check || rendering.chosen != .text || rendering.output != nil {
      throw ValidationError("--watch excludes --record, --check, --format and --output")
    }
    if ifDue, !record { throw ValidationError("--if-due needs --record") }
  }

  func run() throws {
    let now = Machine.current().now().wall
    if let subject = selection.story(sections) { return try tell(subject, now) }
    if record { return try recordFigures(now) }
    if watch { return try watchOne() }
    let selected = try selection.selection(now)
    let window = try selection.windowSeconds()
    let reports = try MetricsSubject.all(of: source).map { subject in
      Comparison.Project(
        label: subject.label, report: subject.report(selected, window: window, isIncremental: !noCheckpoint, now))
    }
    if !quiet { try rendering.show(reports, sections) }
    let minded = severity ?? .warning
    if check, reports.contains(where: { $0.report.issues.contains { $0.severity >= minded } }) {
      throw ToolError.negative
    }
  }

  /// Tells the story of an execution or of a task's executions.
  private func tell(_ subject: StorySubject, _ now: Timestamp) throws {
    guard source.input == nil else {
      throw ToolError.usage("cannot tell a story from standard input: name a project or --logs")
    }
    let reader = StoryReader(try MetricsSubject.all(of: source).flatMap(\.directories))
    let stories: [Story]
    do throws(StoryReader.Unreadable) { stories = try reader.stories(of: subject) } catch {
      throw ToolError(
        status: .inputOutput, message: "cannot read \(excerpt(error.name)): \(error.reason)")
    }
    guard !stories.isEmpty else {
      throw ToolError(status: .noExecution, message: "cannot find \(subject.name): nothing is recorded of it")
    }
    switch rendering.chosen {
    case .text: try rendering.write(Array(StoryText.render(stories, style: rendering.style, now: now).utf8))
    case .json: try rendering.write(StoryJSON.render(stories))
    default: throw ToolError.usage("cannot write a story as \(rendering.chosen.rawValue): only as text or json")
    }
  }

  /// Shows one project live.
  private func watchOne() throws {
    guard source.input == nil else { throw ToolError.usage("cannot watch standard input: name a project or --logs") }
    let subjects = try MetricsSubject.all(of: source)
    guard let subject = subjects.first, subjects.count == 1 else {
      throw ToolError.usage("cannot watch several projects: name one")
    }
    let style = rendering.style
    try MetricsWatch(
      directories: subject.directories, title: subject.label, defaultLimit: subject.policy.defaultTimeout,
      includesSessions: selection.sessions, colour: style.colour, unicode: style.unicode
    ).run()
  }

  private func recordFigures(_ now: Timestamp) throws {
    let journal = try source.journal()
    let subject = MetricsSubject(journal)
    let recording = MetricsRecording(journal: journal, onlyIfDue: ifDue)
    for outcome in try recording.record(subject.report(.everything, window: nil, isIncremental: !noCheckpoint, now)) {
      if !quiet { for notice in outcome.notices { complain("track-metrics: \(notice)") } }
      if rendering.json { try output(journal.lines(of: outcome)) }
    }
  }
}
