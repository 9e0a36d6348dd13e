/// An agent's harness whose hooks we understand.
package enum Harness: String, Hashable, Sendable, CaseIterable {
  /// Factory's Droid.
  case droid
  /// Anthropic's Claude Code.
  case claude

  /// The name people know it by.
  package var name: String {
    switch self {
    case .droid: "Droid"
    case .claude: "Claude Code"
    }
  }

  /// The variable that names the directory the session was started in, wherever the work is by then.
  package var projectVariable: String {
    switch self {
    case .droid: "FACTORY_PROJECT_DIR"
    case .claude: "CLAUDE_PROJECT_DIR"
    }
  }

  /// The variable that names the file of `export` lines which the harness reads before every command of the session.
  package var environmentVariable: String {
    switch self {
    case .droid: "DROID_ENV_FILE"
    case .claude: "CLAUDE_ENV_FILE"
    }
  }
}
