import ArgumentParser
import TrackCore
import TrackMetrics

/// Which executions are wanted.
struct MetricsSelection: ParsableArguments {
  @Option(
    help: ArgumentHelp("Only executions started since then: an age (24h, 7d) or a time (RFC 3339).", valueName: "when"))
  var since: String?

  @Option(help: ArgumentHelp("Only executions started before then.", valueName: "when"))
  var until: String?

  @Option(help: ArgumentHelp("Only executions that this droid started.", valueName: "id"))
  var droid: String?

  @Option(
    help: ArgumentHelp("The story of this task; with a part such as --full, only its executions.", valueName: "id"))
  var task: String?

  @Option(help: ArgumentHelp("Only lines of this run.", valueName: "id"))
  var run: String?

  @Option(help: ArgumentHelp("The story of this execution.", valueName: "id"))
  var execution: String?

  @Flag(help: "Count sessions of agents' harnesses among the executions; else they have a line of their own.")
  var sessions = false

  @Option(help: ArgumentHelp("How far --recent reaches back (24h).", valueName: "duration"))
  var window: String?

  /// What a story is to be told of: an execution, or a task when no part of the report is asked for.
  func story(_ sections: MetricsSections) -> StorySubject? {
    if let execution { return .execution(execution) }
    guard let task, !sections.isNamed, !sessions, [since, until, droid, run].allSatisfy({ $0 == nil })
    else { return nil }
    return .task(task)
  }

  /// What the report is to speak of.
  func selection(_ now: Timestamp) throws -> Selection {
    var selection = Selection()
    selection.since = try since.map { try moment($0, of: "--since", now: now) }
    selection.until = try until.map { try moment($0, of: "--until", now: now) }
    (selection.droid, selection.task, selection.run) = (droid, task, run)
    selection.includesSessions = sessions
    return selection
  }

  /// How far back is recent, in seconds.
  func windowSeconds() throws -> Double? { try window.map { try duration($0, of: "--window").seconds } }
}

/// The moment that an option's value says.
func moment(_ text: String, of option: String, now: Timestamp) throws -> Timestamp {
  if let age = Duration(durationText: text) {
    return Timestamp(microseconds: now.microseconds - Int64(age.seconds * 1e6))
  }
  guard let time = Timestamp(text) else {
    throw ToolError.badData(
      "read", option, "expected an age such as 24h or a time such as 2026-01-31T12:00:00Z, found '\(excerpt(text))'")
  }
  return time
}
