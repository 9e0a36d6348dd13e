package import TrackCore

/// An execution that failed or was stopped at its limit, with its texts.
package struct Failure: Hashable, Sendable {
  /// Its id.
  package let id: String
  /// Its task, where a line tells.
  package let task: String?
  /// The droid that started it.
  package let droid: String
  /// When it ended.
  package let ended: Timestamp?
  /// Whether it was stopped at its limit.
  package let isTimeout: Bool
  /// From its start to its ending in seconds.
  package let duration: Double?
  /// What went wrong.
  package let error: String?

  init(_ execution: TrackedExecution, of executions: Executions) {
    id = executions.id(of: execution)
    task = executions.tasks[execution.task]
    droid = executions.droids[execution.droid] ?? DroidID.unknown.text
    ended = execution.ended
    isTimeout = execution.outcome == .timeout
    duration = execution.duration
    error = executions.error(of: execution)
  }
}

extension Failure {
  /// A failure as the report and the metrics tell it; texts are cut, so that ten of them fit in a line.
  var figures: JSONValue {
    .object(
      JSONObject([
        (WireKey.executionID, .string(cut(id))),
        (WireKey.taskID, task.map { .string(cut($0)) } ?? .null),
        (WireKey.droidID, .string(cut(droid))),
        (WireKey.timestamp, ended.map { .string($0.description) } ?? .null),
        (WireKey.status, .string(isTimeout ? Status.timeout.rawValue : Status.failed.rawValue)),
        (WireKey.durationSeconds, seconds(duration)),
        (WireKey.error, error.map { .string(cut($0)) } ?? .null),
      ]))
  }

  private func cut(_ text: String) -> String {
    text.unicodeScalars.count <= 200 ? text : String(text.unicodeScalars.prefix(200)) + "..."
  }
}
