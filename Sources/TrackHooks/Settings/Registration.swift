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

  /// Whether a command line runs track-hook for a harness, from wherever.
  static func isOurs(_ command: String, _ harness: Harness) -> Bool { tool(in: command, harness) != nil }

  /// The path or the name by which a command line calls track-hook for a harness; nil when it does not.
  static func tool(in command: String, _ harness: Harness) -> String? {
    let words = words(of: command)
    guard let place = words.firstIndex(where: { Path.name($0) == "track-hook" }), place + 1 < words.count,
      words[place + 1] == harness.rawValue
    else { return nil }
    return words[place]
  }

  /// The words of a command line, its quotes taken off; what a shell would expand stays as it is.
  private static func words(of command: String) -> [String] {
    var words: [String] = []
    var word: String?
    var quote: Unicode.Scalar?
    var isEscaped = false
    for scalar in command.unicodeScalars {
      if isEscaped {
        word = (word ?? "") + String(scalar)
        isEscaped = false
      } else if scalar == "\\", quote != "'" {
        isEscaped = true
      } else if let open = quote {
        if scalar == open { quote = nil } else { word = (word ?? "") + String(scalar) }
      } else if scalar == "'" || scalar == "\"" {
        quote = scalar
        word = word ?? ""
      } else if scalar == " " || scalar == "\t" || scalar == "\n" || scalar == ";" || scalar == "&" || scalar == "|" {
        if let whole = word { words.append(whole) }
        word = nil
      } else {
        word = (word ?? "") + String(scalar)
      }
    }
    return words + (word.map { [$0] } ?? [])
  }
}
