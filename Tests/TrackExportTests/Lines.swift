@testable import TrackCore

/// Lines of a journal as a test tells them.
enum Line {
  static func started(_ id: String, at second: Int, _ details: JSONObject = [:]) -> EventRecord {
    record(
      "task.execution.started", id, second, ["details": .object(details), "task_id": "1.1", "droid_id": "builder"])
  }

  static func reported(_ id: String, at second: Int, progress: Double = 0.5, event: Int? = nil) -> EventRecord {
    let details: JSONObject = ["event_type": "progress", "progress": JSONNumber(progress).map { .number($0) } ?? .null]
    var own: JSONObject = ["status": "executing", "details": .object(details)]
    own["event_id"] = event.map {
      .string(EventID(time: Timestamp(microseconds: 0), random: (0, UInt64($0))).description)
    }
    return record("droid.self_report", id, second, own)
  }

  static func completed(
    _ id: String, at second: Int, _ status: String = "completed", _ details: JSONObject = [:]
  ) -> EventRecord {
    record("task.execution.completed", id, second, ["status": .string(status), "details": .object(details)])
  }

  static func abandoned(_ id: String, at second: Int, _ reason: String = "process_gone") -> EventRecord {
    record("task.execution.abandoned", id, second, ["status": "abandoned", "reason": .string(reason)])
  }

  private static func record(_ type: String, _ id: String, _ second: Int, _ own: JSONObject) -> EventRecord {
    var fields: JSONObject = [
      "timestamp": .string(Timestamp(microseconds: 1_772_000_000_000_000 + Int64(second) * 1_000_000).description),
      "event_type": .string(type), "execution_id": .string(id), "host": "forge", "project": "app", "run_id": "r-1",
    ]
    for member in own.members { fields[member.key] = member.value }
    return EventRecord(fields: fields)
  }
}
