extension TrackedExecution.Outcome {
  /// The outcome in a word or two.
  var text: String {
    switch self {
    case .open: "open"
    case .completed: "completed"
    case .failed: "failed"
    case .timeout: "timed out"
    case .abandoned: "abandoned"
    }
  }

  /// What the outcome is taken as.
  var tone: Tone {
    switch self {
    case .open: .accent
    case .completed: .good
    case .failed, .timeout: .bad
    case .abandoned: .warning
    }
  }
}
