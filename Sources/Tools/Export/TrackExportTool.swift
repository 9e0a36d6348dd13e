import ArgumentParser
import TrackCore
import TrackExport
import TrackMetrics

struct TrackExportTool: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "track-export", abstract: "Write executions as traces, for OpenTelemetry or ui.perfetto.dev.",
    discussion: """
      An execution is a span, nested in the one it was started in; its reports are events of it. It is written once it has \
      ended; how many are open is said on standard error. One that was given up and then ended late is written as it \
      ended; where an earlier export has written it as abandoned, once more under the same ids. Ids are those of the \
      environment's TRACEPARENT; executions of older journals get ids made of their own.
      """,
    version: Version.text)

  @Option(help: ArgumentHelp("otlp-json: a request a line; perfetto: Chrome's trace events.", valueName: "format"))
  var format: ExportFormat = .otlpJSON
  @Flag(help: "Only what has ended since the last export in this format with --since-last.") var sinceLast = false
  @Option(help: ArgumentHelp("Write to a file, which is replaced at once.", valueName: "file"), completion: .file())
  var output: String?
  @Option(help: ArgumentHelp("The project's root.", valueName: "dir"), completion: .directory) var project: String?
  @Option(
    help: ArgumentHelp("The configuration, instead of droid-forge.yaml in the root.", valueName: "file"),
    completion: .file())
  var config: String?
  @Option(help: ArgumentHelp("A directory of log files; may be repeated.", valueName: "dir"), completion: .directory)
  var logs: [String] = []
  @OptionGroup var choice: ExecutionChoice
  @Flag(name: .shortAndLong, help: "Say nothing but errors.") var quiet = false
  @Argument(help: ArgumentHelp("- reads lines of the journal from standard input.", valueName: "input"))
  var input: String?

  func validate() throws {
    if let input, input != "-" {
      throw ValidationError("unexpected argument '\(excerpt(input))': only - can be read")
    }
    if input != nil, project != nil || !logs.isEmpty { throw ValidationError("- excludes --project and --logs") }
    if !logs.isEmpty, project != nil { throw ValidationError("--logs and --project exclude each other") }
    if sinceLast, input != nil || !logs.isEmpty { throw ValidationError("--since-last needs a project") }
    // The mark would be moved past what is left out now, which then would never be written.
    if sinceLast, choice.isMade {
      throw ValidationError("--since-last excludes --since, --run, --task and --droid")
    }
  }

  func run() throws {
    var export = Export(format: format, version: Version.text)
    export.output = output
    export.selection = try choice.selection(Machine.current().now().wall)
    let read: [LogSource]
    (read, export.state) = try sources()
    let tally: ExportTally
    do throws(ExportFailure) { tally = try export.run(read) } catch { throw ToolError(error, output) }
    guard !quiet else { return }
    if tally.open > 0 { complain("track-export: \(counted(tally.open, "execution")) open, not written yet") }
    if tally.skipped > 0 { complain("track-export: \(counted(tally.skipped, "line")) passed over: not readable") }
  }

  private func counted(_ number: Int, _ noun: String) -> String { "\(number) \(noun)\(number == 1 ? "" : "s")" }

  /// What is read, and where the mark of the last export is kept.
  private func sources() throws -> (sources: [LogSource], state: String?) {
    if input != nil { return ([.standardInput(keptIn: "/tmp")], nil) }
    if !logs.isEmpty { return (logs.map { LogSource(path: $0) }, nil) }
    let journal = try ProjectChoice(project: project, config: config).journal()
    let subject = MetricsSubject(journal)
    // The mark needs a place, also where only the original's droids have written; but an export opens no journal of nothing.
    if sinceLast, subject.directories.contains(where: \.holdsFiles) { try journal.makeStateDirectory() }
    return (subject.directories, sinceLast ? subject.checkpoint : nil)
  }
}

extension ExportFormat: ExpressibleByArgument {}

extension ToolError {
  /// What a failed export means for the exit status.
  fileprivate init(_ failure: ExportFailure, _ output: String?) {
    switch failure {
    case .reading(let name, let error):
      self.init(status: .inputOutput, message: "cannot read \(excerpt(name)): \(error.message)")
    case .writing(let error):
      let object = output.map { excerpt($0) } ?? "standard output"
      let status: ExitStatus = output != nil && error.isAbsence ? .cannotCreate : .inputOutput
      self.init(status: status, message: "cannot write \(object): \(error.message)")
    case .mark(let path, let reason):
      self.init(
        status: .badData,
        message: "cannot read \(excerpt(path)): \(reason); remove it to have everything written again")
    case .markNotWritten(let path, let error):
      self.init(status: .inputOutput, message: "cannot write \(excerpt(path)): \(error.message)")
    case .busy:
      self.init(status: .lockTimeout, message: "cannot export: another export with --since-last is under way")
    }
  }
}
