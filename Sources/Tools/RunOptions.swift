import ArgumentParser
import TrackCore

/// How a command is run as the work of a task.
struct RunOptions: ParsableArguments {
  @Option(help: ArgumentHelp("End the command after this time (90s, 15m, 3600).", valueName: "duration"))
  var timeout: String?
  @Option(help: ArgumentHelp("How long after TERM at the limit KILL follows (10s).", valueName: "duration"))
  var grace: String?
  @Option(help: ArgumentHelp("How often the ledger is told that it runs (30s; 0: never).", valueName: "duration"))
  var heartbeat: String?
  @Option(help: ArgumentHelp("How often a report tells what it uses (5m; 0: at the end only).", valueName: "duration"))
  var reportEvery: String?
  @Option(
    help: ArgumentHelp(
      "Run it again when it fails, so often; `config` takes performance.max_retries.", valueName: "number"))
  var retries: String?
  @Option(
    help: ArgumentHelp(
      "The wait before it is run again, doubled each time (performance.retry_delay, or 1s).", valueName: "duration"))
  var retryDelay: String?
  @Option(help: ArgumentHelp("Keep the last bytes of standard error of a failure.", valueName: "bytes"))
  var tail: String?
  @Option(
    help: ArgumentHelp("A file that is to be there afterwards; may be repeated.", valueName: "path"),
    completion: .file())
  var expectFile: [String] = []
  @Option(
    help: ArgumentHelp("Where something is to change, as git's pathspec; may be repeated.", valueName: "pathspec"))
  var expectChange: [String] = []
  @Flag(help: "A commit is to be made.") var expectCommit = false
  @Flag(help: "Record the files and commits that git tells of as the result.") var collectGit = false
  @Option(help: ArgumentHelp("A fact to keep with the start; may be repeated.", valueName: "key=value"))
  var context: [String] = []
  @Option(help: ArgumentHelp("The execution it is started in.", valueName: "id")) var parent: String?
  @Flag(help: "Open a new execution even inside one of the same task.") var new = false

  /// Completes a command by what was said here and, where nothing was, by the configuration.
  func apply(to command: inout TrackedCommand, _ configuration: Configuration) throws {
    let defaultLimit = configuration.tracking.enforcesTimeout ? configuration.tracking.defaultTimeout : nil
    command.limit = try interval(timeout, of: "--timeout", default: defaultLimit)
    command.grace = try grace.map { try duration($0, of: "--grace") } ?? command.grace
    command.heartbeat = try interval(heartbeat, of: "--heartbeat", default: command.heartbeat)
    command.report = try interval(reportEvery, of: "--report-every", default: command.report)
    command.countsAttempts = retries != nil
    command.retries = try retries.map { try count($0, configuration) } ?? 0
    command.retryDelay =
      try retryDelay.map { try duration($0, of: "--retry-delay") } ?? configuration.retryDelay ?? command.retryDelay
    command.tailLength = try tail.map { try length($0) }
    command.expectations.files = expectFile
    command.expectations.changes = expectChange
    command.expectations.commit = expectCommit
    command.expectations.collectsGit = collectGit
  }

  /// An interval of which zero means none.
  private func interval(_ text: String?, of option: String, default standard: Duration?) throws -> Duration? {
    guard let text else { return standard }
    let interval = try duration(text, of: option)
    return interval == .zero ? nil : interval
  }

  private func count(_ text: String, _ configuration: Configuration) throws -> Int {
    if text == "config" { return configuration.maximumRetries ?? 0 }
    guard let count = Int(text), (0...1_000_000).contains(count) else {
      throw ToolError.badData("read", "--retries", "expected a number or 'config', found '\(excerpt(text))'")
    }
    return count
  }

  private func length(_ text: String) throws -> Int {
    guard let length = Int(text), (1...16 * 1024).contains(length) else {
      throw ToolError.badData("read", "--tail", "expected a number from 1 to 16384, found '\(excerpt(text))'")
    }
    return length
  }
}
