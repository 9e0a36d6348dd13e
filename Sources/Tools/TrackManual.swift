import ArgumentParser
import TrackCore

/// Prints a tool's man page; run while installing, and not installed itself.
struct TrackManual: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "track-manual", abstract: "Print the man page of a tool.", shouldDisplay: false)

  @Argument(help: "The tool.") var tool: String
  @Option(help: "The date of the release, as `November 22, 2026`.") var date = "January 1, 1970"
  @Flag(help: "Print the page's examples as a shell script instead.") var examples = false

  func run() throws {
    guard Main.names.contains(tool), let command = Main.tool(tool), let notes = ManualNotes(tool: tool) else {
      throw ToolError.usage("cannot describe '\(excerpt(tool))': no such tool")
    }
    if examples {
      for example in notes.examples { try output("# \(example.purpose)\n\(example.script)") }
    } else {
      let declaration = try Declaration(of: command)
      try output(Array(ManualPage(tool: tool, declaration: declaration, notes: notes, date: date).mdoc.utf8))
    }
  }
}
