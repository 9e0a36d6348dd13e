import ArgumentParser
import TrackCore

/// One executable under every tool's name: the name it was called by decides.
///
/// Called by another name, as from the build folder, the first argument is the tool's name.
@main
enum Main {
  /// The tools that are installed.
  static let names = [
    "task-start", "task-progress", "task-done", "task-fail", "task-run", "track-event", "track-hook", "track-sweep",
    "track-metrics", "track-export", "track-shell", "track-verify",
  ]

  /// The tool of a name; one that is run while installing is not installed itself.
  static func tool(_ name: String) -> (any ParsableCommand.Type)? {
    switch name {
    case "task-start": TaskStart.self
    case "task-progress": TaskProgress.self
    case "task-done": TaskDone.self
    case "task-fail": TaskFail.self
    case "task-run": TaskRun.self
    case "track-event": TrackEvent.self
    case "track-hook": TrackHook.self
    case "track-sweep": TrackSweep.self
    case "track-metrics": TrackMetricsTool.self
    case "track-export": TrackExportTool.self
    case "track-shell": TrackShell.self
    case "track-verify": TrackVerifyTool.self
    case "track-manual": TrackManual.self
    default: nil
    }
  }

  static func main() {
    ThisProcess.prepare()
    var arguments = CommandLine.arguments
    var name = arguments.isEmpty ? "" : Path.name(arguments.removeFirst())
    if tool(name) == nil, let first = arguments.first, names.contains(first) {
      name = first
      arguments.removeFirst()
    }
    guard let tool = tool(name) else {
      let known = names.joined(separator: ", ")
      complain("\(excerpt(name)): cannot run: call it by the name of a tool: \(known)")
      ThisProcess.exit(ExitStatus.usage.rawValue)
    }
    if tool == TrackHook.self, TrackHook.answers(arguments) { ThisProcess.exit(ExitStatus.ok.rawValue) }
    ThisProcess.exit(run(tool, name, arguments).rawValue)
  }

  private static func run(_ tool: any ParsableCommand.Type, _ name: String, _ arguments: [String]) -> ExitStatus {
    do {
      var command = try tool.parseAsRoot(arguments)
      try command.run()
      return .ok
    } catch {
      return report(error, of: tool, name, arguments)
    }
  }

  /// Says what went wrong in one line and gives it its exit status.
  private static func report(
    _ error: any Error, of tool: any ParsableCommand.Type, _ name: String, _ arguments: [String]
  ) -> ExitStatus {
    switch error {
    case let error as JournalError:
      complain("\(name): \(error)")
      return ExitStatus(error)
    case let error as ToolError:
      if let message = error.message { complain("\(name): \(message)") }
      return error.status
    default:
      guard !tool.exitCode(for: error).isSuccess else { return answer(tool.fullMessage(for: error), name) }
      if tool == TaskProgress.self, let error = ProgressOperands.negativeFraction(in: arguments) {
        return report(error, of: tool, name, [])
      }
      guard tool.exitCode(for: error) == .validationFailure else {
        complain("\(name): cannot go on: \(excerpt("\(error)", maximumLength: 300)) (a fault of the tool)")
        return .internalError
      }
      let message = excerpt(told(tool.message(for: error), of: arguments), maximumLength: 300)
      complain("\(name): cannot read arguments: \(message); see '\(name) --help'")
      return .usage
    }
  }

  /// The message, unless it tells the beginning of a secret: of an option up to its `=`, half a secret has no format.
  private static func told(_ message: String, of arguments: [String]) -> String {
    for argument in arguments {
      guard let equals = argument.firstIndex(of: "=") else { continue }
      let name = String(argument[..<equals])
      if message.contains("'\(name)'"), !excerpt(argument, maximumLength: 300).hasPrefix(name) {
        return "an option is unknown and holds a secret"
      }
    }
    return message
  }

  /// What was asked for instead of work: help, the version, a completion script.
  private static func answer(_ text: String, _ name: String) -> ExitStatus {
    do {
      try ThisProcess.print(Array("\(text)\n".utf8))
      return .ok
    } catch {
      complain("\(name): cannot write standard output: \(error.message)")
      return .inputOutput
    }
  }
}
