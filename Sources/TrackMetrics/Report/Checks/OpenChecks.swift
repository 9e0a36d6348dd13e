import TrackCore

/// Checks of what nobody has ended; what was ended or given up is none of theirs.
extension IssueChecks {
  func stuck() -> Issue? {
    guard stuckCount > 0 else { return nil }
    let stuck = open.filter(\.isStuck)
    return Issue(
      kind: .stuck, summary: "\(counted(stuckCount, "execution")) open past the limit", value: Double(stuckCount),
      threshold: 0, proof: Issue.Proof(stuck.map(\.id), count: stuckCount),
      evidence: stuck.prefix(Issue.evidenceLimit).map(overdue),
      advice: "end them with task-done or task-fail, or let track-sweep close them")
  }

  private func overdue(_ execution: OpenExecution) -> String {
    let age = execution.age.map(durationText) ?? "unknown"
    let limit = "\(execution.hasOwnLimit ? "limit" : "default limit") \(durationText(execution.limit))"
    return "\(execution.task ?? "task unknown") by \(execution.droid): open \(age), \(limit)"
  }

  /// An execution that has reported and then fell silent; one that never reported is not expected to, and one past its
  /// limit is told as stuck.
  func silent() -> Issue? {
    guard let limit = policy.heartbeatTimeout else { return nil }
    var quiet = 0.0
    let silent = newest { execution in
      guard execution.outcome == .open, let last = execution.lastReported,
        !execution.isStuck(at: now, policy.defaultTimeout)
      else { return false }
      let seconds = now.seconds(since: max(last, execution.started ?? last))
      quiet = seconds > limit ? max(quiet, seconds) : quiet
      return seconds > limit
    }
    guard silent.count > 0 else { return nil }
    return Issue(
      kind: .silent,
      summary: "\(counted(silent.count, "open execution")) silent for longer than \(durationText(limit))",
      value: quiet, threshold: limit, proof: silent, evidence: ["the longest for \(durationText(quiet))"],
      advice: "see whether they still work; track-sweep closes them as silent")
  }

  /// Executions are open and nobody looks after them.
  ///
  /// Where no sweep ever ran, the time counts from the oldest open start: a project's first minutes are no issue.
  func noSweep() -> Issue? {
    guard let since = lastSweep ?? open.compactMap(\.started).min(), openCount > 0 else { return nil }
    let quiet = now.seconds(since: since)
    guard quiet > 2 * policy.cleanupInterval else { return nil }
    let summary =
      lastSweep == nil
      ? "no sweep ever ran while \(counted(openCount, "execution")) stood open"
      : "no sweep for \(durationText(quiet)) while \(counted(openCount, "execution")) stood open"
    return Issue(
      kind: .noSweep, summary: summary, value: quiet, threshold: 2 * policy.cleanupInterval,
      proof: Issue.Proof(open.map(\.id), count: openCount), advice: "run track-sweep from cron or a systemd timer")
  }

  func tooManyOpen() -> Issue? {
    guard let maximum = policy.maximumConcurrentDroids, openCount > maximum else { return nil }
    return Issue(
      kind: .tooManyOpen, summary: "\(openCount) executions are open, more than max_concurrent_droids \(maximum)",
      value: Double(openCount), threshold: Double(maximum), proof: Issue.Proof(open.map(\.id), count: openCount),
      advice: "wait for some to end, or raise performance.max_concurrent_droids")
  }
}
