import ArgumentParser
import TrackCore

struct TrackShell: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "track-shell", abstract: "Print the line that loads the shell helper.",
    discussion: """
      A script begins with: eval "$(track-shell || echo 'task_execution() { :; }')". The echo keeps it running where \
      the tools are not installed.
      """,
    version: Version.text)

  @Flag(help: "Print only the helper's path.") var path = false
  @Flag(help: "Print a block for AGENTS.md and droid markdown.") var agent = false

  func validate() throws {
    if path && agent { throw ValidationError("--path and --agent exclude each other") }
  }

  func run() throws {
    if agent { return try output(Array(AgentBlock.text.utf8)) }
    let executable: String
    do { executable = try ThisProcess.executable() } catch {
      throw ToolError(status: .unavailable, message: "cannot find shell helper: \(error.message)")
    }
    guard let helper = Self.helper(besides: executable) else {
      throw ToolError(status: .unavailable, message: "cannot find shell helper: no track.sh belongs to \(executable)")
    }
    if path { return try output(helper) }
    // The helper calls the tools it was installed with, whatever PATH is by then.
    try output("_track_bin=\(Self.quoted(Path.parent(executable))); . \(Self.quoted(helper))")
  }

  /// The helper that belongs to an executable: installed beside it, or in the checkout it was built in.
  private static func helper(besides executable: String) -> String? {
    var directory = Path.parent(executable)
    let installed = "\(Path.parent(directory))/share/droid-track/track.sh"
    if isFile(installed) { return installed }
    while directory != "/" {
      if isFile("\(directory)/shell/track.sh"), isFile("\(directory)/Package.swift") {
        return "\(directory)/shell/track.sh"
      }
      directory = Path.parent(directory)
    }
    return nil
  }

  private static func isFile(_ path: String) -> Bool {
    guard let status = try? FileStatus.of(path) else { return false }
    return status.kind == .regular
  }

  /// `text` as one word of a shell.
  private static func quoted(_ text: String) -> String {
    // By scalars: a combining character after a quote would hide it from a search by characters.
    let parts = text.unicodeScalars.split(separator: "'", omittingEmptySubsequences: false).map { String($0) }
    return "'" + parts.joined(separator: "'\\''") + "'"
  }
}

/// What an agent is told about tracking, ready to be pasted.
private enum AgentBlock {
  static let text = """
    ## Recording your work

    Each step runs in a shell of its own. Record every task you work on:

    ```sh
    task-start 1.1 "what you are about to do"       # before the work
    task-progress 1.1 0.5 "what is done so far"     # now and then
    task-done 1.1 --file-created src/parser.swift   # when it is finished
    task-fail 1.1 --error "why it did not work"     # when it is not
    ```

    A step that is a script records its own start and ending, also when it is killed:

    ```sh
    eval "$(track-shell || echo 'task_execution() { :; }')"
    task_execution 1.1 "what this script does"
    ```

    Never delete or edit files under .droid-forge/logs. Exit status 65 means that the task has ended already.

    """
}
