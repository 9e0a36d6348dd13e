import TrackCore

/// What a harness told its hook, as far as it is recorded.
package struct HookEvent: Hashable, Sendable {
  /// What happened.
  package enum Kind: Hashable, Sendable {
    case sessionStart(source: String?, model: String?)
    case prompt
    case toolBegins(ToolCall)
    case toolEnds(ToolCall, failed: Bool)
    /// The harness asks for a person.
    case waiting
    case turnEnds
    case compacting
    case subagentBegins(type: String?)
    case subagentEnds(type: String?)
    case sessionEnd(reason: String?)
    /// Not of a harness: `track-hook doctor` looks whether a registered command arrives.
    case canary(String)
    /// Known, and nothing to record.
    case passedOver
    /// Not known; perhaps of a later version of the harness.
    case unknown(String)
  }

  /// What happened.
  package var kind: Kind
  /// The session, as the harness names it.
  package var session: String?
  /// Where the harness keeps the session's transcript.
  package var transcript: String?
  /// Where the work is.
  package var directory: String?
  /// The subagent it happened in, or that it is about, as the harness names it.
  package var agent: String?
}

/// A call of a tool.
package struct ToolCall: Hashable, Sendable {
  /// The tool's name.
  package var tool: String
  /// The call's id; nil where the harness gives none.
  package var id: String?
  /// The files that it names.
  package var paths: [String] = []
  /// What kind of agent it is given to, where it is given to one.
  package var agentType: String?
  /// The agent that does it, where the answer names it.
  package var agent: String?
  /// Whether it goes on when the call has returned.
  package var isBackground = false
  /// How long it took, where the harness tells.
  package var milliseconds: Double?
}
