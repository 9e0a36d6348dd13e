import ArgumentParser
import TrackCore

struct TaskFail: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "task-fail", abstract: "Record that an execution has failed, and how.",
    discussion: """
      Every user of the machine can read a command line while the command runs, and an argument of it holds 131071 bytes \
      at most. What is private or long is handed in by `--error -`, `--result @FILE` or `--result -`.
      """,
    version: Version.text)

  @OptionGroup var ending: EndingOptions
  @Option(help: ArgumentHelp("What went wrong; - reads standard input.", valueName: "text")) var error: String?
  @Option(help: ArgumentHelp("The exit status of the work.", valueName: "number")) var exitCode: String?
  @Option(help: ArgumentHelp("The signal that ended the work, such as TERM.", valueName: "name")) var signal: String?
  @Option(help: ArgumentHelp("The script's line it failed at.", valueName: "number")) var line: String?

  /// The longest error that is read; what is recorded of it is bounded later.
  private static let maximumLength = 1 << 20

  func run() throws {
    var details = EndingDetails()
    details.error = try errorText()
    details.signal = try signal.map { try signalName($0) }
    if details.signal == nil { details.exitCode = try exitCode.map { try integer($0, of: "--exit-code") } }
    details.line = try line.map { try integer($0, of: "--line") }
    try ending.end(.failed, details, of: "task-fail")
  }

  private func errorText() throws -> String? {
    guard error == "-" else { return error }
    do {
      let bytes = try ThisProcess.standardInput(maximum: Self.maximumLength)
      return String(decoding: bytes, as: UTF8.self)
    } catch {
      throw ToolError.badData("read", "--error -", error.message)
    }
  }

  private func signalName(_ text: String) throws -> String {
    let upper = text.uppercased()
    let name = upper.hasPrefix("SIG") ? String(upper.dropFirst(3)) : upper
    guard !name.isEmpty, name.utf8.count <= 16,
      name.allSatisfy({ $0.isASCII && ($0.isLetter || "0123456789+-".contains($0)) })
    else { throw ToolError.badData("read", "--signal", "expected a name such as TERM, found '\(excerpt(text))'") }
    return name
  }

  private func integer<Integer: FixedWidthInteger>(_ text: String, of option: String) throws -> Integer {
    guard let value = Integer(text), value >= 0 else {
      throw ToolError.badData("read", option, "expected a number from 0, found '\(excerpt(text))'")
    }
    return value
  }
}
