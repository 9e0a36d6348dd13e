import TrackCore

/// Makes JSON of stories, by version 1 of its schema.
///
/// ```
/// version, stories[]
///   execution_id task_id droid_id run_id started_at ended_at status reason duration_seconds late
///   parent_execution_id attempt retry_of relatives[{kind, execution_id, task_id, droid_id, started_at}]
///   events[{place, event}], where event is the line as it was recorded
/// ```
package enum StoryJSON {
  /// The stories as one line of JSON, line feed included.
  package static func render(_ stories: [Story]) -> [UInt8] {
    var writer = JSONWriter(capacity: 16 * 1024)
    writer.value(["version": 1, "stories": .array(stories.map { object(of: $0) })])
    writer.endLine()
    return writer.bytes
  }

  private static func object(of relative: Story.Relative) -> JSONValue {
    .object(
      JSONObject([
        ("kind", .string(relative.kind.rawValue)), (WireKey.executionID, .string(relative.id)),
        (WireKey.taskID, text(relative.task)), (WireKey.droidID, text(relative.droid)),
        ("started_at", text(relative.started?.description)),
      ]))
  }

  private static func object(of story: Story) -> JSONValue {
    let ending = story.ending
    let start = story.start
    let status = ending.map { $0.type == EventType.abandoned ? Status.abandoned.rawValue : $0.status ?? "completed" }
    return .object(
      JSONObject([
        (WireKey.executionID, .string(story.id)), (WireKey.taskID, text(story.task)),
        (WireKey.droidID, text(story.droid)), (WireKey.runID, text(story.run)),
        ("started_at", text(start?.timestamp?.description)), ("ended_at", text(ending?.timestamp?.description)),
        (WireKey.status, .string(status ?? "open")), (WireKey.reason, text(ending?.fields.text(WireKey.reason))),
        (WireKey.durationSeconds, seconds(story.duration)),
        (WireKey.late, .bool(ending?.details.bool(WireKey.late) ?? false || story.replacedAbandonment != nil)),
        (WireKey.parentExecutionID, text(start?.details.text(WireKey.parentExecutionID))),
        (WireKey.attempt, start?.details[WireKey.attempt] ?? .null),
        (WireKey.retryOf, text(start?.details.text(WireKey.retryOf))),
        ("relatives", .array(story.relatives.map { object(of: $0) })),
        ("events", .array(story.entries.map { ["place": .string($0.place), "event": .object($0.record.fields)] })),
      ]))
  }

  private static func text(_ value: String?) -> JSONValue { value.map { .string($0) } ?? .null }
}
