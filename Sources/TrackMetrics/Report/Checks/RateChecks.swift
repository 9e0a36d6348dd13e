import TrackCore

/// Checks of rates against the thresholds of the configuration.
extension IssueChecks {
  func abandonment() -> Issue? {
    guard let rate = executions.tally.abandonmentRate, rate > policy.abandonmentRate else { return nil }
    let reasons = executions.abandonedByReason.map { "\($0.name) \($0.count)" }.joined(separator: ", ")
    return Issue(
      kind: .abandonmentRate,
      summary: "\(percentText(rate)) of executions were abandoned, more than \(percentText(policy.abandonmentRate))",
      value: rate, threshold: policy.abandonmentRate, proof: newest { $0.outcome == .abandoned },
      evidence: ["\(executions.tally.abandoned) of \(executions.tally.started): \(reasons)"],
      advice: "let scripts record their own ending: task_execution in track.sh")
  }

  func success(_ histories: DroidHistories) -> [IssueCandidate] {
    droids.compactMap { droid in
      guard droid.tally.started >= policy.minimumExecutions, let rate = droid.tally.successRate,
        rate < policy.successRate
      else { return nil }
      return IssueCandidate(gravity: Double(droid.tally.ended - droid.tally.completed), name: droid.droid) {
        Issue(
          kind: .successRate, droid: droid.droid,
          summary: "\(droid.droid) succeeds in \(percentText(rate)), less than \(percentText(policy.successRate))",
          value: rate, threshold: policy.successRate, proof: failures(of: droid.droid, histories),
          evidence: ["\(droid.tally.completed) of \(droid.tally.ended) ended executions completed"],
          advice: "read the errors of the executions named")
      }
    }
  }

  private func failures(of droid: String, _ histories: DroidHistories) -> Issue.Proof {
    let filter = ExecutionFilter(selection, all)
    guard let index = all.droids.index(of: droid) else { return Issue.Proof() }
    return all.newest(
      histories.positions(of: index).lazy.filter { all[$0].outcome.isFailure && filter.admits(all[$0]) })
  }

  func invalidResults() -> Issue? {
    guard results.validated >= policy.minimumExecutions, let rate = results.validationRate,
      rate < policy.validationRate
    else { return nil }
    return Issue(
      kind: .validationRate,
      summary: "\(percentText(rate)) of results are valid, less than \(percentText(policy.validationRate))",
      value: rate, threshold: policy.validationRate, proof: newest { $0.problems != .none },
      evidence: results.problems.map { "\($0.name): \($0.count)" },
      advice: "correct how the droids of the executions named report their results")
  }

  func lateEndings() -> Issue? {
    let tally = executions.tally
    guard tally.ended >= policy.minimumExecutions, tally.late > 0 else { return nil }
    let rate = Double(tally.late) / Double(tally.ended)
    guard rate > policy.lateRate else { return nil }
    return Issue(
      kind: .lateEndings,
      summary: "\(percentText(rate)) of endings came after the execution was given up, more than "
        + percentText(policy.lateRate),
      value: rate, threshold: policy.lateRate, proof: newest(where: \.isLate),
      evidence: ["\(tally.late) of \(tally.ended) endings"],
      advice: "give the work longer limits: --timeout of task-start, or default_timeout")
  }
}

extension TrackedExecution.Outcome {
  /// Whether it failed or was stopped at its limit.
  var isFailure: Bool { self == .failed || self == .timeout }
}
