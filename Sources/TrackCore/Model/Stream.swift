/// One NDJSON file of the journal; the order is the order of writing.
public enum Stream: Int, Sendable, CaseIterable {
  /// Every task and droid event: the authority the other streams are restored from.
  case events
  case droidStatus
  case results
  case performance
  case audit

  /// The file's name in the log directory.
  public var fileName: String {
    switch self {
    case .events: "events.ndjson"
    case .droidStatus: "droid_status.ndjson"
    case .results: "results.ndjson"
    case .performance: "performance.ndjson"
    case .audit: "audit.ndjson"
    }
  }
}
