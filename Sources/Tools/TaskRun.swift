import ArgumentParser
import TrackCore

struct TaskRun: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "task-run", abstract: "Run a command as the work of a task, tracked from before its start to its end.",
    usage: "task-run <task> [<description>] [<options>] -- <command> [<argument> ...]",
    discussion: """
      The command is run directly, without a shell, on this tool's own standard input, output, error and terminal. Signals \
      HUP, INT, QUIT, TERM, USR1, USR2 and WINCH are passed on to it. One that a shell sends to the whole job reaches it \
      twice, for it is in the same process group, unless it has a limit.

      With a limit it has a process group of its own. That gets the terminal if it is ours: at once where standard output \
      is a terminal, else when it asks for it, for the keys may be needed by the pager that reads the output. The limit is \
      that of `--timeout`, of which 0 means none, or the default one where `enforce_timeout` is set in `droid-forge.yaml`; \
      it is one for each attempt, and time for which the command is stopped counts. At the limit the group gets TERM, and \
      KILL when the grace has passed; the status is the command's all the same. Without one nothing here ever ends it. \
      A key that was meant to end it (INT, QUIT) ends the attempts as well.

      When this tool is killed by KILL the command is killed with it (not if it changes its user, as `sudo` does). What the \
      command has started goes, too, if there is a limit, as far as it has stayed in the group; without one it lives on, \
      and only the execution is told of, as `process_gone`, by `track-sweep`.

      With `--tail` standard error is a pipe, and no terminal. A process of its own carries what comes through it, and \
      stays until nobody holds the pipe any more: what the command leaves behind goes on writing. A reader who takes \
      nothing is waited for at the end, for a second; what he takes later is still carried to him.

      When nothing can be recorded the command runs all the same, and a line on standard error says so; `TRACK_STRICT=1` \
      reverses that, and `TRACK_DISABLE=1` records nothing.

      What git can tell of the files and commits that the command left behind is recorded as the result when asked for: \
      the files of this working tree, the commits of every branch and working tree, but not what was only fetched, tagged or \
      stashed. To compare files git may run the filters that the repository sets up. A file that is expected may have been \
      there before. Where an expectation is not met the execution has failed, with `cause` `evidence`, and this tool leaves \
      with 1, while the `exit_code` on record is the command's own 0.

      Memory is the larger of what one process had at most and of what all of them had at a heartbeat.
      """,
    version: Version.text)

  @Argument(help: ArgumentHelp("The task, such as 1.1.", valueName: "task")) var task: String
  @Argument(help: ArgumentHelp("What is to be done.", valueName: "description")) var text: String?
  @Argument(
    parsing: .postTerminator, help: ArgumentHelp("The command and its arguments, after `--`.", valueName: "command"))
  var command: [String] = []
  @OptionGroup var work: WorkOptions
  @OptionGroup var options: RunOptions

  func validate() throws {
    if command.isEmpty { throw ValidationError("the command is missing; it stands after '--'") }
  }

  func run() throws {
    let environment = ThisProcess.environment()
    func isSet(_ variable: String) -> Bool { !["", "0"].contains(environment[variable] ?? "") }
    let isStrict = isSet("TRACK_STRICT")
    var command = try usage { try tracked() }
    let journal = isSet("TRACK_DISABLE") ? nil : try journal(isStrict: isStrict)
    try usage { try options.apply(to: &command, journal?.configuration ?? Configuration()) }
    var hasToldOfSpool = false
    let runner = CommandRunner(command) { news in
      guard case .recorded(var outcome) = news else { return tell(news) }
      if hasToldOfSpool { outcome.forget(.spooled) }
      hasToldOfSpool = hasToldOfSpool || outcome.notices.contains(.spooled)
      guard let journal else { return }
      do { try work.project.tell(outcome, in: journal, of: "task-run") } catch { complain("task-run: \(error)") }
    }
    let outer = environment["DROID_EXECUTION_ID"].flatMap { try? ExecutionID($0) }
    let ending: RunEnding
    do { ending = try runner.run(in: journal, environment: outer, isStrict: isStrict) } catch {
      throw ToolError(status: ExitStatus(error), message: nil)
    }
    if isStrict, ending.termination.isSuccess, let failure = ending.failure {
      throw ToolError(status: ExitStatus(failure), message: nil)
    }
    ThisProcess.end(as: ending.termination, includingGroup: ending.includesGroup)
  }

  /// What the command line says; every mistake in it is one of usage, for it alone keeps the command from running.
  private func usage<Value>(_ body: () throws -> Value) throws -> Value {
    do { return try body() } catch let error as ToolError {
      throw ToolError(status: .usage, message: error.message)
    } catch let error as JournalError {
      throw ToolError.usage(error.description)
    }
  }

  private func tracked() throws -> TrackedCommand {
    var start = Start(task: try identifier(task), description: text, droid: try work.droidID())
    start.context = try resultObject(options.context, option: "--context")
    start.parent = try options.parent.map { try identifier($0) }
    start.current = try work.execution.map { try identifier($0) }
    if options.new { start.mode = .new }
    _ = try work.project.waitDuration()
    var tracked = TrackedCommand(
      words: ThisProcess.lastArguments(command.count), environment: ThisProcess.environmentBytes(),
      directory: (try? Path.workingDirectory()) ?? "/", start: start)
    tracked.droid = start.droid
    return tracked
  }

  private func journal(isStrict: Bool) throws -> Journal? {
    do { return try work.project.journal() } catch let error as JournalError {
      complain("task-run: \(error)")
      guard isStrict else { return nil }
      throw ToolError(status: ExitStatus(error), message: nil)
    }
  }

  private func tell(_ news: RunNews) {
    switch news {
    case .recorded: break
    case .failed(let error): complain("task-run: \(error)")
    case .notExecuted(let error): complain("task-run: cannot run '\(excerpt(command[0]))': \(error.message)")
    case .unmet(let problem): complain("task-run: cannot accept the work: \(excerpt(problem, maximumLength: 300))")
    case .uncollected(let problem):
      guard !work.project.quiet else { return }
      complain("task-run: cannot collect what changed: \(problem)")
    case .repeating(let attempt, let count, let delay):
      guard !work.project.quiet else { return }
      complain("task-run: attempt \(attempt) of \(count) follows in \((delay.seconds * 10).rounded() / 10) s")
    }
  }
}
