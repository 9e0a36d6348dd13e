import ArgumentParser
import TrackCore

/// Which project, and how to talk about it: understood by every tool that touches a journal.
struct ProjectOptions: ParsableArguments {
  @Option(help: ArgumentHelp("The project's root.", valueName: "dir"), completion: .directory)
  var project: String?

  @Option(
    help: ArgumentHelp("The configuration, instead of droid-forge.yaml in the root.", valueName: "file"),
    completion: .file())
  var config: String?

  @Option(help: ArgumentHelp("How long to wait for the journal's lock (500ms, 2s, 1m).", valueName: "duration"))
  var wait: String?

  @Flag(name: .shortAndLong, help: "Say nothing but errors.")
  var quiet = false

  @Flag(help: "Print what was recorded as JSON.")
  var json = false

  /// The choice of a project that these options make.
  var choice: ProjectChoice { ProjectChoice(project: project, config: config, wait: wait) }

  /// The project and the surroundings of this call.
  func find() throws -> (Project, Surroundings) { try choice.find() }

  /// The journal of the project.
  func journal() throws -> Journal { try choice.journal() }

  /// The value of `--wait`.
  func waitDuration() throws -> Duration? { try choice.waitDuration() }

  /// Prints what there is to hear of an outcome, and its events when asked to.
  func tell(_ outcome: Outcome, in journal: Journal, of tool: String) throws {
    if !quiet {
      for notice in outcome.notices { complain("\(tool): \(notice)") }
    }
    if json { try output(journal.lines(of: outcome)) }
  }
}

/// Which project, by what the command line says.
struct ProjectChoice {
  var project: String?
  var config: String?
  var wait: String?

  /// The project and the surroundings of this call.
  func find() throws -> (Project, Surroundings) {
    let machine = Machine.current()
    let directory: String
    do { directory = try Path.workingDirectory() } catch {
      throw JournalError.noProject(path: ".", reason: error.message)
    }
    let surroundings = Surroundings(
      machine: machine, directory: directory, environment: ThisProcess.environment(),
      caller: ThisProcess.parent)
    return (try Project.find(named: project, configuration: config, in: surroundings), surroundings)
  }

  /// The journal of the project.
  func journal() throws -> Journal {
    let (project, surroundings) = try find()
    return try Journal(of: project, in: surroundings, wait: try waitDuration())
  }

  /// The value of `--wait`.
  func waitDuration() throws -> Duration? { try wait.map { try duration($0, of: "--wait") } }
}

/// Whose work it is about: understood by every tool that records.
///
/// One group with texts only: start-up pays for every distinct type of option.
struct WorkOptions: ParsableArguments {
  @OptionGroup var project: ProjectOptions

  @Option(help: ArgumentHelp("The droid (default: DROID_ID, else what the start said).", valueName: "id"))
  var droid: String?

  @Option(help: ArgumentHelp("The execution itself (default: found by the task, DROID_EXECUTION_ID).", valueName: "id"))
  var execution: String?

  @Option(help: ArgumentHelp("Do nothing (77) unless called by this process.", visibility: .hidden))
  var shellPid: String?

  func droidID() throws -> DroidID? { try droid.map { try identifier($0) } }

  /// The execution that is meant by a TASK operand and `--execution`.
  func target(_ task: String?) throws -> Target {
    Target(
      execution: try execution.map { try identifier($0) },
      task: try task.flatMap { $0 == "." ? nil : $0 }.map { try identifier($0) })
  }

  /// Stops a forked subshell, which inherits its parent's traps, from ending what is not its own.
  func checkShell() throws {
    guard let shellPid else { return }
    guard try processID(shellPid, of: "--shell-pid") == ThisProcess.parent else {
      throw ToolError(status: .permission, message: nil)
    }
  }
}

/// The pid that an option's value says.
func processID(_ text: String, of option: String) throws -> Int32 {
  guard let pid = Int32(text), pid > 0 else {
    throw ToolError.badData("read", option, "expected a pid, found '\(excerpt(text))'")
  }
  return pid
}

/// A validated id.
func identifier<Kind: IdentifierKind>(_ text: String) throws -> Identifier<Kind> {
  do { return try Identifier<Kind>(text) } catch { throw JournalError.invalidIdentifier(error) }
}

/// The duration that an option's value says.
func duration(_ text: String, of option: String) throws -> Duration {
  guard let duration = Duration(durationText: text) else {
    throw ToolError.badData("read", option, "expected a duration such as 90s, 15m or 3600, found '\(excerpt(text))'")
  }
  return duration
}

/// Writes to standard output; that it cannot be written is an error of its own.
func output(_ bytes: [UInt8]) throws {
  do { try ThisProcess.print(bytes) } catch {
    throw ToolError(status: .inputOutput, message: "cannot write standard output: \(error.message)")
  }
}

/// Writes a line to standard output.
func output(_ line: String) throws { try output(Array("\(line)\n".utf8)) }
