import ArgumentParser
import TrackCore

struct TaskProgress: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "task-progress", abstract: "Record progress, a status, an error or a message of the work under way.",
    usage: """
      task-progress [<task>] [<fraction>] [<message>] [<options>]
      task-progress [<task>] --stream [--every <duration>] [--bar] [<options>]
      """,
    discussion: """
      With `--stream` reports are read from standard input, one a line: a part done and a message, as the operands, or a \
      JSON object with the keys progress, message, status, error, cpu_percent, memory_mb, disk_io_mb, and any others as \
      with `--set`. A line that comes alone is recorded at once; of those that come fast many are recorded in one step. The \
      execution is found once, at the beginning; when it has ended, reading ends, with status 65. A line that is no report \
      is named and passed over; the status is 65 at the end. At the end of input, and at INT, TERM and HUP, the whole \
      lines that were read are recorded. A journal that fails is told of and tried again, and the status tells of it at \
      the end: what writes the reports is not ended by it.

      `--every` keeps of a fast source the first report and the last, every error and every change of status, each with \
      the report before it, and of all others the last of each interval. Of a source that is slower everything is kept, \
      and at once.
      """,
    version: Version.text)

  @Argument(
    help: ArgumentHelp(
      "The task ('.' is the current execution), the part done (0.5, 1, 50%, 3/10) and a message, each optional.",
      valueName: "operands"))
  var operands: [String] = []
  @OptionGroup var work: WorkOptions
  @Option(name: .shortAndLong, help: ArgumentHelp("The message.", valueName: "text")) var message: String?
  @Option(help: ArgumentHelp("initializing, ready, executing or waiting.", valueName: "status")) var status: String?
  @Option(help: ArgumentHelp("An error that does not end the work.", valueName: "text")) var error: String?
  @Option(help: ArgumentHelp("CPU use in percent of one core.", valueName: "number")) var cpuPercent: String?
  @Option(help: ArgumentHelp("Memory in MiB.", valueName: "number")) var memoryMb: String?
  @Option(help: ArgumentHelp("Disk input and output in MiB.", valueName: "number")) var diskIoMb: String?
  @Option(help: ArgumentHelp("A further fact; may be repeated.", valueName: "key=value")) var set: [String] = []
  @Flag(help: "Read reports from standard input, one a line.") var stream = false
  @Option(help: ArgumentHelp("Keep about one report of a stream in this time (500ms, 1s).", valueName: "duration"))
  var every: String?
  @Flag(help: "Draw a bar of a stream's progress on standard error, if that is a terminal.") var bar = false

  func run() throws {
    try work.checkShell()
    let words = try ProgressOperands(operands)
    if stream { return try record(words) }
    guard every == nil, !bar else { throw ToolError.usage("cannot take --every or --bar without --stream") }
    let report = try report(words)
    let journal = try work.project.journal()
    let outcome = try journal.report(report, of: try work.target(words.task), by: try work.droidID())
    try work.project.tell(outcome, in: journal, of: "task-progress")
  }

  /// Records the reports that standard input brings.
  private func record(_ words: ProgressOperands) throws {
    let texts = [words.message, message, status, error, cpuPercent, memoryMb, diskIoMb]
    guard words.fraction == nil, texts.allSatisfy({ $0 == nil }), set.isEmpty else {
      throw ToolError.usage("cannot take a report with --stream: reports are read from standard input")
    }
    let interval = try every.map { try duration($0, of: "--every") }
    try ProgressStream(project: work.project, interval: interval == .zero ? nil : interval, hasBar: bar)
      .run(try work.target(words.task), by: try work.droidID())
  }

  private func report(_ words: ProgressOperands) throws -> SelfReport {
    if message != nil && words.message != nil { throw ToolError.usage("cannot take two messages: leave out -m") }
    var report = SelfReport(kind: .status)
    report.progress = words.fraction
    report.message = message ?? words.message
    report.error = error
    report.cpuPercent = try cpuPercent.map { try quantity($0, of: "--cpu-percent") }
    report.memoryMB = try memoryMb.map { try quantity($0, of: "--memory-mb") }
    report.diskIOMB = try diskIoMb.map { try quantity($0, of: "--disk-io-mb") }
    report.fields = try resultObject(set, option: "--set")
    if let status { report.status = try reportedStatus(status) }
    report.decideKind(saysStatus: status != nil)
    return report
  }

  private func reportedStatus(_ text: String) throws -> Status {
    do { return try Status(reported: text) } catch {
      throw ToolError.usage("cannot report status '\(excerpt(text))': \(error.problem)")
    }
  }

  private func quantity(_ text: String, of option: String) throws -> Double {
    guard let value = Double(text), value.isFinite, value >= 0 else {
      throw ToolError.badData("read", option, "expected a number from 0, found '\(excerpt(text))'")
    }
    return value
  }
}
