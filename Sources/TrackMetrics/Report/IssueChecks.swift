import TrackCore

/// Looks at a report's figures for what needs a look; pure, so that every check can be tried on figures alone.
struct IssueChecks {
  let data: DataSummary
  let executions: ExecutionSummary
  /// Every execution.
  let all: [TrackedExecution]
  let droids: [DroidSummary]
  let open: [OpenExecution]
  let policy: ReportPolicy
  let now: Timestamp
  let lastSweep: Timestamp?

  /// Every issue, in the order of the kinds.
  func issues() -> [Issue] {
    let single: [Issue?] = [
      unreadable(), badLines(), stuck(), noSweep(), abandonment(), tooManyOpen(), sharedIDs(), withoutStart(),
    ]
    let found = single.compactMap(\.self) + success()
    return found.sorted { ($0.kind.rank, $0.droid ?? "") < ($1.kind.rank, $1.droid ?? "") }
  }

  private func unreadable() -> Issue? {
    guard !data.unreadable.isEmpty else { return nil }
    return Issue(
      kind: .unreadable, summary: "\(counted(data.unreadable.count, "file")) could not be read: figures are incomplete",
      value: Double(data.unreadable.count), evidence: data.unreadable.map { "\($0.name): \($0.reason)" },
      advice: "make them readable for this user and run the report again")
  }

  private func badLines() -> Issue? {
    let problems = data.problems
    guard problems.count > 0 else { return nil }
    return Issue(
      kind: .badLines, summary: "\(counted(problems.count, "bad line")) in the logs",
      value: Double(problems.count), threshold: 0,
      evidence: problems.first.map { "\($0.file):\($0.line): \($0.reason)" },
      advice: "look at the lines named; every other line is counted")
  }

  private func stuck() -> Issue? {
    let stuck = open.filter(\.isStuck)
    guard !stuck.isEmpty else { return nil }
    return Issue(
      kind: .stuck, summary: "\(counted(stuck.count, "execution")) open past the limit", value: Double(stuck.count),
      threshold: 0, executions: stuck.map(\.id), evidence: stuck.prefix(100).map(overdue),
      advice: "end them with task-done or task-fail, or let track-sweep close them")
  }

  private func overdue(_ execution: OpenExecution) -> String {
    let age = execution.age.map(durationText) ?? "unknown"
    let limit = "\(execution.hasOwnLimit ? "limit" : "default limit") \(durationText(execution.limit))"
    return "\(execution.task ?? "task unknown") by \(execution.droid): open \(age), \(limit)"
  }

  /// Executions are open and nobody looks after them.
  ///
  /// Where no sweep ever ran, the time counts from the oldest open start: a project's first minutes are no issue.
  private func noSweep() -> Issue? {
    guard let since = lastSweep ?? open.compactMap(\.started).min(), !open.isEmpty else { return nil }
    let quiet = now.seconds(since: since)
    guard quiet > 2 * policy.cleanupInterval else { return nil }
    let summary =
      lastSweep == nil
      ? "no sweep ever ran while \(counted(open.count, "execution")) stood open"
      : "no sweep for \(durationText(quiet)) while \(counted(open.count, "execution")) stood open"
    return Issue(
      kind: .noSweep, summary: summary, value: quiet, threshold: 2 * policy.cleanupInterval,
      executions: open.map(\.id), advice: "run track-sweep from cron or a systemd timer")
  }

  private func abandonment() -> Issue? {
    guard let rate = executions.tally.abandonmentRate, rate > policy.abandonmentRate else { return nil }
    let abandoned = all.filter { if case .abandoned = $0.outcome { true } else { false } }
    let reasons = executions.abandonedByReason.map { "\($0.name) \($0.count)" }.joined(separator: ", ")
    return Issue(
      kind: .abandonmentRate,
      summary: "\(percentText(rate)) of executions were abandoned, more than \(percentText(policy.abandonmentRate))",
      value: rate, threshold: policy.abandonmentRate, executions: newestFirst(abandoned),
      evidence: ["\(abandoned.count) of \(executions.tally.started): \(reasons)"],
      advice: "let scripts record their own ending: task_execution in track.sh")
  }

  private func success() -> [Issue] {
    let unsuccessful = Dictionary(
      grouping: all.filter { $0.outcome == .failed || $0.outcome == .timeout }, by: \.droid)
    return droids.compactMap { droid in
      guard droid.tally.started >= policy.minimumExecutions, let rate = droid.tally.successRate,
        rate < policy.successRate
      else { return nil }
      return Issue(
        kind: .successRate, droid: droid.droid,
        summary: "\(droid.droid) succeeds in \(percentText(rate)), less than \(percentText(policy.successRate))",
        value: rate, threshold: policy.successRate, executions: newestFirst(unsuccessful[droid.droid] ?? []),
        evidence: ["\(droid.tally.completed) of \(droid.tally.ended) ended executions completed"],
        advice: "read the errors of the executions named")
    }
  }

  private func tooManyOpen() -> Issue? {
    guard let maximum = policy.maximumConcurrentDroids, open.count > maximum else { return nil }
    return Issue(
      kind: .tooManyOpen, summary: "\(open.count) executions are open, more than max_concurrent_droids \(maximum)",
      value: Double(open.count), threshold: Double(maximum), executions: open.map(\.id),
      advice: "wait for some to end, or raise performance.max_concurrent_droids")
  }

  private func sharedIDs() -> Issue? {
    let shared = executions.sharedIDs
    guard !shared.isEmpty else { return nil }
    return Issue(
      kind: .sharedExecutionID,
      summary: "\(counted(shared.count, "execution id")) shared by several starts: each start counts as an execution",
      value: Double(shared.count), executions: shared,
      advice: "endings were given to the starts in order of time; ids that droid-track makes are unique")
  }

  private func withoutStart() -> Issue? {
    guard executions.withoutStart > 0 else { return nil }
    return Issue(
      kind: .endingWithoutStart,
      summary:
        "\(counted(executions.withoutStart, "execution")) ended whose start is not in these logs: counted as started",
      value: Double(executions.withoutStart), executions: newestFirst(all.filter { !$0.hasStart }),
      advice: "keep the older logs beside these if the droid and the duration matter")
  }

  private func newestFirst(_ executions: [TrackedExecution]) -> [String] {
    executions.sorted {
      ($0.ended?.microseconds ?? .min, $0.id) > ($1.ended?.microseconds ?? .min, $1.id)
    }.map(\.id)
  }
}
