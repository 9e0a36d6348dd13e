import ArgumentParser
import TrackCore

struct TaskDone: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "task-done", abstract: "Record that an execution is completed, with what came of it.",
    version: Version.text)

  @OptionGroup var ending: EndingOptions

  func run() throws { try ending.end(.completed, EndingDetails(), of: "task-done") }
}
