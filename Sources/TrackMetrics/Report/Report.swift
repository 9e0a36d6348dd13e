package import TrackCore

/// What a fold says at a moment under a policy: a plain value, of which renderers make text and JSON.
package struct Report: Hashable, Sendable {
  /// The moment it was made for.
  package let generatedAt: Timestamp
  /// What it speaks of.
  package let selection: Selection
  /// What was read.
  package let data: DataSummary
  /// All executions.
  package let executions: ExecutionSummary
  /// The droids, those with the most executions first.
  package let droids: [DroidSummary]
  /// The tasks.
  package let tasks: TaskSection
  /// What the results say.
  package let results: ResultSummary
  /// What the work took, by droid, in the order of the droids; only those that told any.
  package let resources: [ResourceSummary]
  /// The open executions, the oldest first, at most `openLimit`.
  package let open: [OpenExecution]
  /// How many executions are open.
  package let openCount: Int
  /// How many of them are open past their limit.
  package let stuckCount: Int
  /// What happened lately.
  package let recent: RecentActivity
  /// The newest failed and timed-out executions, the newest first, at most `recentFailureCount`.
  package let recentFailures: [Failure]
  /// The newest executions whose start is known, the earliest first, at most `timelineLimit`.
  package let timeline: [TimelineEntry]
  /// What needs a look, the gravest first; of a kind at most `Issue.kindLimit`.
  package let issues: [Issue]
  /// How many issues there are.
  package let issueCount: Int

  /// The number of recent failures told.
  package static let recentFailureCount = 10

  /// The number of executions on the timeline.
  package static let timelineLimit = 300

  /// The number of open executions told.
  package static let openLimit = 1_000

  /// Makes the report of `fold`, of what its selection holds.
  /// - Parameter lastSweep: when the sweep last ran; nil when it never did.
  package init(fold: Fold, policy: ReportPolicy, now: Timestamp, lastSweep: Timestamp?) {
    self.init(
      fold: fold, executions: fold.executions, policy: policy, now: now, lastSweep: lastSweep, selection: fold.selection
    )
  }

  /// Makes the report of `fold`, whose executions have been asked for already.
  package init(
    fold: Fold, executions: Executions, policy: ReportPolicy, now: Timestamp, lastSweep: Timestamp?,
    selection: Selection
  ) {
    let moment = min(now, selection.until ?? now)
    var part = fold.pruned.part(of: selection)
    if selection.includesSessions { part.figures.countSessionsIn() }
    let pruned = part.figures
    let window = Census.Window(
      selection: selection, policy: policy, now: now, end: moment, span: Self.span(of: fold, selection, moment),
      pruned: pruned.span)
    let census = Census(executions, window)
    generatedAt = now
    self.selection = selection
    data = DataSummary(fold, part)
    self.executions = ExecutionSummary(
      census, executions, pruned,
      activity: ActivitySummary(census.activity, selfReports: fold.selfReportHours, pruned.hours))
    let droids = DroidSummary.all(census, executions, fold.droids, pruned, selection)
    self.droids = droids
    tasks = TaskSection(census.tasks, executions, pruned, selection)
    results = ResultSummary(census, executions, pruned)
    let used = fold.resources
    resources = droids.compactMap { droid in
      ResourceSummary(droid.droid, used[droid.droid], pruned.droids[droid.droid]?.resources)
    }
    open = census.open.sorted(precedes: executions.precedes).map {
      OpenExecution(executions[$0.position], of: executions, now: now, defaultLimit: policy.defaultTimeout)
    }
    openCount = census.tally.open
    stuckCount = census.stuckCount
    recent = RecentActivity(census, executions, droids: droids, since: window.recentSince)
    recentFailures = census.failures.sorted { executions.precedes($1, $0) }
      .map { Failure(executions[$0.position], of: executions) }
    timeline = census.timeline.sorted(precedes: executions.precedes).reversed()
      .compactMap { TimelineEntry(executions[$0.position], of: executions) }
    (issues, issueCount) = IssueChecks(
      data: data, executions: self.executions, all: executions, selection: selection, droids: droids, results: results,
      resources: used, open: open, openCount: openCount, stuckCount: stuckCount, policy: policy, now: now,
      lastSweep: lastSweep
    ).issues()
  }

  /// The moments of the first and the last line that are selected, none of them after `now`.
  private static func span(of fold: Fold, _ selection: Selection, _ now: Timestamp) -> ClosedRange<Int64>? {
    guard var first = fold.first, var last = fold.last else { return nil }
    first = max(first, selection.since ?? first)
    last = min(last, max(now, fold.first ?? now))
    return first <= last ? first.microseconds...last.microseconds : nil
  }

  /// Whether the logs hold nothing at all.
  package var isEmpty: Bool { data.lines == 0 && data.unreadable.isEmpty }
}
