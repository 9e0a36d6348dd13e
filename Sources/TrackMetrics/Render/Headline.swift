/// A figure that is told at a glance.
enum Headline: CaseIterable {
  case success, completion, abandonment, open, sessions, duration, recent, lines
}

extension Report {
  /// What a headline figure is judged as: as grave as the gravest issue about it.
  func verdict(on headline: Headline) -> Verdict {
    guard headline != .recent, headline != .sessions else { return .none }
    return issues.filter { $0.kind.headline == headline }.map { Verdict($0.severity) }.max() ?? .good
  }
}

extension Issue.Kind {
  /// The headline figure that an issue of this kind is about.
  fileprivate var headline: Headline? {
    switch self {
    case .unreadable, .badLines, .sharedExecutionID, .endingWithoutStart: .lines
    case .stuck, .silent, .noSweep, .tooManyOpen: .open
    case .abandonmentRate, .lateEndings: .abandonment
    case .successRate, .successDrift, .consecutiveFailures: .success
    case .durationAnomaly: .duration
    case .resourceAnomaly, .validationRate, .tooFrequent, .goneQuiet: nil
    }
  }
}
