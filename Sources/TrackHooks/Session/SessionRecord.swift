package import TrackCore

/// What is kept of a session from one hook to the next, in a small file beside the journal.
///
/// Losing it loses counts since the last report, never an execution: the open one is found again by its owner.
package struct SessionRecord: Hashable, Sendable {
  /// Work that was given to a subagent and goes on.
  package struct Delegation: Hashable, Sendable {
    package let execution: ExecutionID
    /// The tool call that gave it; nil where the harness gives no id.
    package var call: String?
    /// What kind of agent does it.
    package var type: String?
    /// The agent that does it, once it is known.
    package var agent: String?
    /// Whether it goes on when the call has returned.
    package var isBackground = false
    /// The calls of tools in it.
    package var calls = 0
  }

  static let maximumDelegations = 64

  /// The session, as the harness names it.
  package var session = ""
  package var execution: ExecutionID?
  package var run: RunID?
  /// The session's place in its trace, as `TRACEPARENT` tells it.
  package var traceParent: String?
  /// The droid of its execution.
  package var droid: DroidID?
  package var transcript: String?
  package var counters = SessionCounters()
  package var delegations: [Delegation] = []
  /// When a report was written last, or the start.
  package var reported: Timestamp?
  /// When the ledger was last told that it is at work.
  package var touched: Timestamp?
  /// Whether the last report said that it waits for a person.
  package var isWaiting = false
  /// Whether something was counted since the last report.
  package var isChanged = false
  /// Whether its ending was told.
  package var isEnded = false
  /// Whether its execution is known to have been given up meanwhile; its ending is then late.
  package var isGivenUp = false
  /// What was told in the log already, and is not told again.
  package var told: [String] = []

  package init() {}

  /// Whether `trouble` is told for the first time.
  mutating func tellsFirst(_ trouble: String) -> Bool {
    guard !told.contains(trouble), told.count < 32 else { return false }
    told.append(trouble)
    return true
  }
}
