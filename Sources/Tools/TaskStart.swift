import ArgumentParser
import TrackCore

struct TaskStart: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "task-start", abstract: "Record that a task starts, and print its execution's id.",
    version: Version.text)

  @Argument(help: ArgumentHelp("The task, such as 1.1.", valueName: "task")) var task: String
  @Argument(help: ArgumentHelp("What is to be done.", valueName: "description")) var text: String?
  @OptionGroup var work: WorkOptions
  @Flag(help: "Print export lines for eval: DROID_EXECUTION_ID, DROID_RUN_ID, DROID_ID, TRACEPARENT.") var export =
    false
  @Option(help: ArgumentHelp("Its own limit (90s, 15m, 3600).", valueName: "duration")) var timeout: String?
  @Option(help: ArgumentHelp("A fact to keep with the start; may be repeated.", valueName: "key=value"))
  var context: [String] = []
  @Option(help: ArgumentHelp("The execution it is started in.", valueName: "id")) var parent: String?
  @Option(help: ArgumentHelp("The process whose life is the execution's life.", valueName: "pid")) var ownerPid: String?
  @Flag(help: "Open a new execution even inside one of the same task.") var new = false
  @Flag(help: "Give up the open executions of the same task.") var supersede = false

  func validate() throws {
    if new && supersede { throw ValidationError("--new and --supersede exclude each other") }
    if export && work.project.json { throw ValidationError("--export and --json exclude each other") }
  }

  func run() throws {
    try work.checkShell()
    let project = work.project
    let journal = try project.journal()
    let outcome = try journal.start(start())
    try project.tell(outcome, in: journal, of: "task-start")
    do { try printExecution(outcome) } catch let error as ToolError {
      // The start is on record all the same; without its id it can still be ended, by its task.
      throw ToolError(
        status: error.status, message: error.message.map { "\($0); \(outcome.execution?.text ?? "it") is open" })
    }
    // A project without cron still gets its endings; what goes wrong with that is the next sweep's to tell.
    var sweep = SweepOptions()
    sweep.onlyIfDue = true
    sweep.maximumExecutions = 64
    _ = try? journal.sweep(sweep)
  }

  private func start() throws -> Start {
    var start = Start(task: try identifier(task), description: text, droid: try work.droidID())
    start.context = try resultObject(context, option: "--context")
    start.limit = try timeout.map { try duration($0, of: "--timeout") }
    start.parent = try parent.map { try identifier($0) }
    start.owner = try ownerPid.map { try processID($0, of: "--owner-pid") }
    start.current = try work.execution.map { try identifier($0) }
    start.mode = supersede ? .supersede : new ? .new : .join
    return start
  }

  private func printExecution(_ outcome: Outcome) throws {
    guard let execution = outcome.execution, !work.project.json else { return }
    guard export else { return try output(execution.text) }
    // Ids and the traceparent hold no character that a shell reads, so they need no quotes.
    var lines = "export DROID_EXECUTION_ID=\(execution)\n"
    if let run = outcome.run { lines += "export DROID_RUN_ID=\(run)\n" }
    if let droid = outcome.droid { lines += "export DROID_ID=\(droid)\n" }
    if let traceParent = outcome.traceParent {
      lines += "export TRACEPARENT=\(traceParent)\n"
      let environment = ThisProcess.environment()
      // What came with another trace, or with none that is valid, says nothing of this one (W3C Trace Context).
      if environment["TRACESTATE"] != nil, !traceParent.continues(environment["TRACEPARENT"]) {
        lines += "unset TRACESTATE\n"
      }
    }
    try output(Array(lines.utf8))
  }
}
