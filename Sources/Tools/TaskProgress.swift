import ArgumentParser
import TrackCore

struct TaskProgress: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "task-progress", abstract: "Record progress, a status, an error or a message of the work under way.",
    usage: "task-progress [<task>] [<fraction>] [<message>] [<options>]",
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

  func run() throws {
    try work.checkShell()
    let words = try ProgressOperands(operands)
    let report = try report(words)
    let journal = try work.project.journal()
    let outcome = try journal.report(report, of: try work.target(words.task), by: try work.droidID())
    try work.project.tell(outcome, in: journal, of: "task-progress")
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
