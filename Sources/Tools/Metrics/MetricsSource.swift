import ArgumentParser
import TrackCore
import TrackMetrics

/// What is read: projects, directories of logs, or standard input.
struct MetricsSource: ParsableArguments {
  @Option(
    help: ArgumentHelp("A project's root; several are compared.", valueName: "dir"), completion: .directory)
  var project: [String] = []

  @Option(
    help: ArgumentHelp("A directory of log files; several are compared.", valueName: "dir"), completion: .directory)
  var logs: [String] = []

  @Option(
    help: ArgumentHelp("The configuration, instead of droid-forge.yaml in the root.", valueName: "file"),
    completion: .file())
  var config: String?

  @Option(help: ArgumentHelp("How long to wait for the journal's lock (500ms, 2s, 1m).", valueName: "duration"))
  var wait: String?

  @Option(help: ArgumentHelp("The original's name of --project.", visibility: .hidden))
  var projectDir: String?

  @Argument(help: ArgumentHelp("- reads lines of the journal from standard input.", valueName: "input"))
  var input: String?

  func validate() throws {
    if let input, input != "-" {
      throw ValidationError("unexpected argument '\(excerpt(input))': only - can be read")
    }
    if input != nil, !projects.isEmpty || !logs.isEmpty {
      throw ValidationError("- excludes --project and --logs")
    }
  }

  /// The journals that are named, or the one of the working directory when nothing else is.
  func journals() throws -> [Journal] {
    let named = projects
    guard !named.isEmpty else { return logs.isEmpty && input == nil ? [try choice(nil).journal()] : [] }
    return try named.map { try choice($0).journal() }
  }

  /// The one journal that figures are recorded in.
  func journal() throws -> Journal {
    guard logs.isEmpty, input == nil, projects.count <= 1 else {
      throw ToolError.usage("cannot record figures: that needs one project, without --logs and -")
    }
    return try choice(projects.first).journal()
  }

  /// The configuration that thresholds are taken from where no project is read.
  func configuration() throws -> Configuration {
    guard config != nil else { return Configuration() }
    return try choice(nil).journal().configuration
  }

  private var projects: [String] { project + (projectDir.map { [$0] } ?? []) }

  private func choice(_ project: String?) -> ProjectChoice {
    ProjectChoice(project: project, config: config, wait: wait)
  }
}
