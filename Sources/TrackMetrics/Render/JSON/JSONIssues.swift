import TrackCore

extension JSONWriter {
  mutating func issue(_ issue: Issue) {
    member("kind", issue.kind.rawValue)
    member("severity", issue.severity.rawValue)
    member(WireKey.droidID, issue.droid)
    member(WireKey.taskID, issue.task)
    member("summary", issue.summary)
    member("value", issue.value)
    member("threshold", issue.threshold)
    member("execution_count", issue.executionCount)
    member("executions", issue.executions)
    member(WireKey.evidence, issue.evidence)
    member("advice", issue.advice)
  }
}
