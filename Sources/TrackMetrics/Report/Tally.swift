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

  /// Adds what another tally has counted, or takes it away.
  mutating func add(_ other: Tally, _ sign: Sign = .plus) {
    self = Tally(zip(figures, other.figures).map { $0 + sign.rawValue * $1 })
  }

  static func + (left: Tally, right: Tally) -> Tally {
    var sum = left
    sum.add(right)
    return sum
  }

  /// Its counts as numbers.
  var figures: [Int] { [started, completed, failed, timedOut, abandoned, open, late] }

  init() {}

  /// Takes over counts as `figures` tells them; those that are missing are 0.
  init(_ figures: [Int]) {
    func figure(_ place: Int) -> Int { place < figures.count ? figures[place] : 0 }
    (started, completed, failed, timedOut) = (figure(0), figure(1), figure(2), figure(3))
    (abandoned, open, late) = (figure(4), figure(5), figure(6))
  }

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
