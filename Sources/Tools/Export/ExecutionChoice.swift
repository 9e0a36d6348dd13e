import ArgumentParser
import TrackCore
import TrackExport

/// Which executions are to be written.
struct ExecutionChoice: ParsableArguments {
  @Option(
    help: ArgumentHelp("Only executions ended since then: an age (24h, 7d) or a time (RFC 3339).", valueName: "when"))
  var since: String?
  @Option(help: ArgumentHelp("Only executions of this run.", valueName: "id")) var run: String?
  @Option(help: ArgumentHelp("Only executions of this task.", valueName: "id")) var task: String?
  @Option(help: ArgumentHelp("Only executions that this droid started.", valueName: "id")) var droid: String?

  /// Whether any is left out.
  var isMade: Bool { [since, run, task, droid].contains { $0 != nil } }

  /// What is to be written.
  func selection(_ now: Timestamp) throws -> ExportSelection {
    var selection = ExportSelection()
    selection.since = try since.map { try moment($0, of: "--since", now: now).microseconds }
    (selection.run, selection.task, selection.droid) = (run, task, droid)
    return selection
  }
}
