import ArgumentParser
import TrackCore

struct TaskDone: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "task-done", abstract: "Record that an execution is completed, with what came of it.",
    discussion: """
      Every user of the machine can read a command line while the command runs, and an argument of it holds 131071 bytes \
      at most. What is private or long is handed in by `--result @FILE` or `--result -`.
      """,
    version: Version.text)

  @OptionGroup var ending: EndingOptions

  func run() throws { try ending.end(.completed, EndingDetails(), of: "task-done") }
}
