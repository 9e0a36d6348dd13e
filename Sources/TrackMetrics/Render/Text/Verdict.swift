/// What a figure is judged as.
enum Verdict: Int, Comparable {
  /// Not judged
  case none
  /// As it should be
  case good
  /// Worth knowing
  case info
  /// Work is going wrong
  case warning
  /// The figure itself cannot be relied on
  case critical

  init(_ severity: Issue.Severity) {
    switch severity {
    case .info: self = .info
    case .warning: self = .warning
    case .critical: self = .critical
    }
  }

  static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }

  var tone: Tone {
    switch self {
    case .none: .plain
    case .good: .good
    case .info: .accent
    case .warning: .warning
    case .critical: .bad
    }
  }
}
