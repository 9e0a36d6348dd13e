/// What the ledger knows of one execution: its facts, its state, and in a pending state the lines that complete it.
struct LedgerRecord: Hashable, Sendable {
  var execution: Execution
  var state: State
  /// The last self-report; nil when there was none since the ledger was built.
  var lastReport: Instant?
  /// How it ended; also while it is closing.
  var conclusion: LedgerConclusion?
  /// What the pending state is to bring about; nil in settled states.
  var redo: Redo?
  /// Where the facts end in the record's file; 0 for one that was not read from there.
  var tailOffset = 0

  /// Pending states say that a writer began a change and that whoever holds the lock next is to finish it.
  enum State: String, Hashable, Sendable, CaseIterable {
    case opening
    case open
    case reporting
    case closing
    case closed

    /// Whether a change has been begun and is to be finished.
    var isPending: Bool {
      switch self {
      case .opening, .reporting, .closing: true
      case .open, .closed: false
      }
    }
  }
}

/// How an execution ended, and by which event.
struct LedgerConclusion: Hashable, Sendable {
  let conclusion: Conclusion
  let event: EventID
}

/// The lines of a change with the size each stream had before: enough to finish it, and to see what of it is there.
struct Redo: Hashable, Sendable {
  struct Part: Hashable, Sendable {
    let stream: Stream
    let size: Int64
    /// Whole lines, each with its line feed.
    let lines: [UInt8]
  }

  let parts: [Part]

  /// The length of all lines.
  var length: Int { parts.reduce(0) { $0 + $1.lines.count } }
}
