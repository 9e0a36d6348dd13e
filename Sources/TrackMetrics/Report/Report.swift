package import TrackCore

/// What a fold says at a moment under a policy: a plain value, of which renderers make text and JSON.
package struct Report: Hashable, Sendable {
  /// The moment it was made for.
  package let generatedAt: Timestamp
  /// What was read.
  package let data: DataSummary
  /// All executions.
  package let executions: ExecutionSummary
  /// The droids, those with the most executions first.
  package let droids: [DroidSummary]
  /// The open executions, the oldest first.
  package let open: [OpenExecution]
  /// The newest failed and timed-out executions, the newest first, at most `recentFailureCount`.
  package let recentFailures: [TrackedExecution]
  /// What needs a look, the gravest first.
  package let issues: [Issue]

  /// The number of recent failures told.
  package static let recentFailureCount = 10

  /// Makes the report of `fold`.
  /// - Parameter lastSweep: when the sweep last ran; nil when it never did.
  package init(fold: Fold, policy: ReportPolicy, now: Timestamp, lastSweep: Timestamp?) {
    let executions = fold.executions.flatMap { $0.value.executions(id: $0.key) }
    generatedAt = now
    data = DataSummary(fold)
    self.executions = ExecutionSummary(executions, records: fold.executions)
    droids = DroidSummary.of(executions, fold.droids)
    open = executions.filter { $0.outcome == .open }
      .map { OpenExecution($0, now: now, defaultLimit: policy.defaultTimeout) }
      .sorted { ($0.started?.microseconds ?? .min, $0.id) < ($1.started?.microseconds ?? .min, $1.id) }
    recentFailures = Array(
      executions.filter { $0.outcome == .failed || $0.outcome == .timeout }
        .sorted { ($0.ended?.microseconds ?? .min, $0.id) > ($1.ended?.microseconds ?? .min, $1.id) }
        .prefix(Self.recentFailureCount))
    issues = IssueChecks(
      data: data, executions: self.executions, all: executions, droids: droids, open: open, policy: policy, now: now,
      lastSweep: lastSweep
    ).issues()
  }

  /// Whether the logs hold nothing at all.
  package var isEmpty: Bool { data.lines == 0 && data.unreadable.isEmpty }
}
