import TrackCore

/// What is counted of one droid's executions.
struct DroidCensus {
  private(set) var tally = Tally()
  /// How long its ended executions took.
  private(set) var durations: [Double] = []
  /// Its durations by the bins of `DurationHistogram.grid`.
  private(set) var bins = Array(repeating: 0, count: DurationHistogram.binCount)
  /// Endings and completions in each span of the trend.
  private(set) var trend = Array(repeating: (ended: 0, completed: 0), count: DroidSummary.trendCount)
  /// When one of its executions last ended.
  private(set) var lastEnded: Timestamp?

  mutating func add(_ execution: TrackedExecution, span: ClosedRange<Int64>?) {
    tally.add(execution)
    guard execution.outcome.isEnded else { return }
    if let duration = execution.duration {
      durations.append(duration)
      bins[DurationHistogram.bin(of: duration)] += 1
    }
    guard let ended = execution.ended else { return }
    lastEnded = max(lastEnded ?? ended, ended)
    guard let span, span.contains(ended.microseconds) else { return }
    let place = Self.span(of: ended.microseconds, in: span)
    trend[place].ended += 1
    if execution.outcome == .completed { trend[place].completed += 1 }
  }

  /// Which of the equal spans of the trend a moment lies in.
  private static func span(of time: Int64, in span: ClosedRange<Int64>) -> Int {
    let part = Double(time - span.lowerBound) / Double(max(1, span.upperBound - span.lowerBound))
    return min(DroidSummary.trendCount - 1, Int(part * Double(DroidSummary.trendCount)))
  }
}
