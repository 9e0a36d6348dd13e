import TrackCore

/// Checks of the logs themselves.
extension IssueChecks {
  func unreadable() -> Issue? {
    guard !data.unreadable.isEmpty else { return nil }
    return Issue(
      kind: .unreadable, summary: "\(counted(data.unreadable.count, "file")) could not be read: figures are incomplete",
      value: Double(data.unreadable.count),
      evidence: data.unreadable.prefix(Issue.evidenceLimit).map { "\($0.name): \($0.reason)" },
      advice: "make them readable for this user and run the report again")
  }

  func badLines() -> Issue? {
    let problems = data.problems
    guard problems.count > 0 else { return nil }
    return Issue(
      kind: .badLines, summary: "\(counted(problems.count, "bad line")) in the logs",
      value: Double(problems.count), threshold: 0,
      evidence: problems.first.map { "\($0.file):\($0.line): \($0.reason)" },
      advice: "look at the lines named; every other line is counted")
  }

  func sharedIDs() -> Issue? {
    let shared = executions.sharedIDs
    guard !shared.isEmpty else { return nil }
    return Issue(
      kind: .sharedExecutionID,
      summary: "\(counted(shared.count, "execution id")) shared by several starts: each start counts as an execution",
      value: Double(shared.count), proof: Issue.Proof(shared),
      advice: "endings were given to the starts in order of time; ids that droid-track makes are unique")
  }

  func withoutStart() -> Issue? {
    guard executions.withoutStart > 0 else { return nil }
    return Issue(
      kind: .endingWithoutStart,
      summary:
        "\(counted(executions.withoutStart, "execution")) ended whose start is not in these logs: counted as started",
      value: Double(executions.withoutStart), proof: newest { !$0.hasStart },
      advice: "keep the older logs beside these if the droid and the duration matter")
  }
}
