import TrackCore

/// What is registered with a harness: one command at each event that is recorded.
package struct Registration: Hashable, Sendable {
  /// The harness.
  package let harness: Harness
  /// The command line that it runs.
  package let command: String

  package init(_ harness: Harness, command: String) {
    self.harness = harness
    self.command = command
  }

  /// The seconds after which a harness gives up a hook.
  private static let timeout = 10

  /// The events of a harness that are recorded.
  package static func events(of harness: Harness) -> [String] {
    let both = [
      "SessionStart", "UserPromptSubmit", "PreToolUse", "PostToolUse", "Notification", "Stop", "SubagentStop",
      "PreCompact", "SessionEnd",
    ]
    return harness == .claude ? both + ["PostToolUseFailure", "SubagentStart"] : both
  }

  /// What is registered at an event.
  func group(at event: String) -> JSONValue {
    var group = JSONObject()
    if event.hasSuffix("ToolUse") || event.hasSuffix("ToolUseFailure") { group["matcher"] = "*" }
    let handler: JSONObject = [
      "type": "command", "command": .string(command), "timeout": .number(JSONNumber(Self.timeout)),
    ]
    group["hooks"] = .array([.object(handler)])
    return .object(group)
  }

  /// All of it, to be put in by hand.
  package var text: String {
    let events = Self.events(of: harness).map { (key: $0, value: JSONValue.array([group(at: $0)])) }
    return SettingsStyle.usual.text(.object(["hooks": .object(JSONObject(events))]), depth: 0)
  }

  /// Whether a command line is what an installation writes: track-hook for a harness, from wherever, and nothing else.
  static func isOurs(_ command: String, _ harness: Harness) -> Bool { tool(in: command, harness) != nil }

  /// The path or the name by which a command line calls track-hook for a harness; nil where it is not ours.
  static func tool(in command: String, _ harness: Harness) -> String? {
    let line = ShellLine(command)
    return line.isSimple && line.words.count == 2 && place(in: line.words, harness) == 0 ? line.words[0] : nil
  }

  /// Whether a command line that is not ours calls track-hook for a harness all the same, or looks as if it did.
  static func isMixed(_ command: String, _ harness: Harness) -> Bool {
    !isOurs(command, harness) && place(in: ShellLine(command).words, harness) != nil
  }

  /// Where track-hook stands among words, the harness behind it.
  private static func place(in words: [String], _ harness: Harness) -> Int? {
    words.indices.dropLast().first { Path.name(words[$0]) == "track-hook" && words[$0 + 1] == harness.rawValue }
  }
}
