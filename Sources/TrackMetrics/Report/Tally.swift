/// How a set of executions fared; an execution counts once.
package struct Tally: Hashable, Sendable {
  /// All of them.
  package private(set) var started = 0
  package private(set) var completed = 0
  package private(set) var failed = 0
  /// Stopped by us at their limit.
  package private(set) var timedOut = 0
  /// Ended by nobody.
  package private(set) var abandoned = 0
  package private(set) var open = 0
  /// Those of the ended ones that had been given up before.
  package private(set) var late = 0

  /// Those that somebody ended: completed, failed or timed out.
  package var ended: Int { completed + failed + timedOut }
  /// completed / ended; nil when none has ended.
  package var successRate: Double? { rate(completed, of: ended) }
  /// (completed + failed + timed out) / started; nil when none was started.
  package var completionRate: Double? { rate(ended, of: started) }
  /// abandoned / started; nil when none was started.
  package var abandonmentRate: Double? { rate(abandoned, of: started) }

  /// Counts an execution.
  mutating func add(_ execution: TrackedExecution) {
    started += 1
    if execution.isLate { late += 1 }
    switch execution.outcome {
    case .open: open += 1
    case .completed: completed += 1
    case .failed: failed += 1
    case .timeout: timedOut += 1
    case .abandoned: abandoned += 1
    }
  }
}

private func rate(_ part: Int, of whole: Int) -> Double? {
  whole > 0 ? Double(part) / Double(whole) : nil
}
