import TrackCore

/// What one look at every execution counts: numbers by the places of names, and the places of the few that are told.
///
/// Every figure of the report is made of this, so that a report of a million executions looks at each of them once.
struct Census {
  /// The newest or longest, by when they were or how long they took.
  typealias Newest = Ranking<Int64>

  private(set) var tally = Tally()
  /// The sessions, whether they are among the executions or not.
  private(set) var sessions = Tally()
  private(set) var withoutStart = 0
  private(set) var droids: [DroidCensus]
  /// Abandoned executions by reason.
  private(set) var reasons: [Int]
  /// Failed and timed-out executions by the template of their error.
  private(set) var errors: [Int]
  private(set) var results: ResultCensus
  private(set) var activity: ActivityCensus
  private(set) var tasks: TaskCensus
  private(set) var longest = Ranking<Double>(LongExecution.limit)
  /// Open executions, by minus their start: the oldest first.
  private(set) var open = Newest(Report.openLimit)
  private(set) var stuckCount = 0
  private(set) var failures = Newest(Report.recentFailureCount)
  private(set) var timeline = Newest(Report.timelineLimit)
  /// Starts and endings since `recentSince`; position `2n` is the start of execution n, `2n + 1` its ending.
  private(set) var recent = Newest(RecentActivity.limit)
  private(set) var recentTally = Tally()
  private(set) var recentEndings = 0

  private let window: Window

  /// The moments that a report is made for.
  struct Window {
    let selection: Selection
    let policy: ReportPolicy
    /// The moment of the report, by which what is open is judged.
    let now: Timestamp
    /// The end of what is selected, at most `now`.
    let end: Timestamp
    /// The earliest and the latest moment of the lines that are selected; nil when no line has a time.
    let span: ClosedRange<Int64>?
    /// The earliest and the latest moment of the lines that were pruned.
    let pruned: ClosedRange<Int64>?

    /// The moments that activity is told of, the pruned ones among them.
    var activity: ClosedRange<Int64>? {
      guard let span, let pruned else { return span ?? pruned }
      return min(span.lowerBound, pruned.lowerBound)...max(span.upperBound, min(pruned.upperBound, end.microseconds))
    }

    /// From when on something happened lately.
    var recentSince: Timestamp {
      Timestamp(microseconds: end.microseconds - Int64(min(policy.recentWindow, 1e11) * 1e6))
    }
  }

  init(_ executions: Executions, _ window: Window) {
    self.window = window
    droids = Array(repeating: DroidCensus(), count: executions.droids.count)
    reasons = Array(repeating: 0, count: executions.reasons.count)
    errors = Array(repeating: 0, count: executions.errors.count)
    results = ResultCensus(executions)
    activity = ActivityCensus(span: window.activity)
    tasks = TaskCensus(count: executions.tasks.count)
    let filter = ExecutionFilter(window.selection, executions)
    // From the newest on, as the rows stand about in the order of time: the rankings are full of the newest at once.
    for position in executions.indices.reversed() {
      let execution = executions[position]
      if execution.isSession, filter.holds(execution) { sessions.add(execution) }
      guard filter.admits(execution) else { continue }
      count(execution)
      rank(execution, at: position, of: executions)
    }
  }

  private mutating func count(_ execution: TrackedExecution) {
    tally.add(execution)
    if !execution.hasStart { withoutStart += 1 }
    droids[Int(execution.droid.value)].add(execution, span: window.span)
    if execution.reason != .none { reasons[Int(execution.reason.value)] += 1 }
    results.add(execution)
    activity.add(execution)
    tasks.add(execution)
    let hasFailed = execution.outcome == .failed || execution.outcome == .timeout
    if hasFailed, execution.error != .none { errors[Int(execution.error.value)] += 1 }
    if execution.outcome == .open, execution.isStuck(at: window.now, window.policy.defaultTimeout) { stuckCount += 1 }
  }

  private mutating func rank(_ execution: TrackedExecution, at position: Int, of executions: Executions) {
    func precedes(_ one: Int, _ other: Int) -> Bool { executions.precedes(one, other) }
    let (start, end) = (execution.started?.microseconds, execution.ended?.microseconds)
    if execution.outcome == .open {
      open.offer(start.map { -max($0, -.max) } ?? .max, position, precedes: precedes)
    }
    if execution.outcome == .failed || execution.outcome == .timeout {
      failures.offer(end ?? .min, position) { executions.precedes($1, $0) }
    }
    if execution.outcome.isEnded, let duration = execution.duration {
      longest.offer(duration, position, precedes: precedes)
    }
    if let start { timeline.offer(start, position, precedes: precedes) }
    rankRecent(execution, at: position, start, end, of: executions)
  }

  private mutating func rankRecent(
    _ execution: TrackedExecution, at position: Int, _ start: Int64?, _ end: Int64?, of executions: Executions
  ) {
    func precedes(_ one: Int, _ other: Int) -> Bool {
      one / 2 == other / 2 ? one > other : executions.precedes(one / 2, other / 2)
    }
    let since = window.recentSince.microseconds
    if let start, start >= since {
      recentTally.add(execution)
      recent.offer(start, 2 * position, precedes: precedes)
    }
    if let end, end >= since, execution.outcome != .open {
      recentEndings += 1
      recent.offer(end, 2 * position + 1, precedes: precedes)
    }
  }
}

extension TrackedExecution {
  /// Whether it is open past its limit, or the default one where it has none.
  func isStuck(at now: Timestamp, _ defaultLimit: Double) -> Bool {
    guard outcome == .open, let started else { return false }
    return now.seconds(since: started) > limit ?? defaultLimit
  }
}

extension Executions {
  /// The order of executions that nothing else sets apart: by id, and by start where they share one.
  func precedes(_ one: Int, _ other: Int) -> Bool {
    let (left, right) = (self[one], self[other])
    guard left.row == right.row else { return id(of: left) < id(of: right) }
    return (left.started?.microseconds ?? .min) < (right.started?.microseconds ?? .min)
  }
}
