package import TrackCore

/// One execution's story: who, when, what was reported, how it ended and why.
package struct Story: Hashable, Sendable {
  /// Its id.
  package let id: String
  /// Everything that is recorded of it, in order of time, each event once.
  package let entries: [Entry]
  /// The executions started in it or in its place, in order of time.
  package let relatives: [Relative]

  /// One event of an execution.
  package struct Entry: Hashable, Sendable {
    /// The event as it was read.
    package let record: EventRecord
    /// Where it stands: `events.ndjson:12`.
    package let place: String
  }

  /// Another execution that names this one.
  package struct Relative: Hashable, Sendable {
    /// How it is related.
    package enum Kind: String, Sendable {
      /// It was started inside this execution
      case child
      /// It is the next attempt after this execution
      case retry
    }

    package let kind: Kind
    package let id: String
    package let task: String?
    package let droid: String?
    package let started: Timestamp?
  }

  /// The line that started it; nil when it was not read.
  package var start: EventRecord? { entries.first { $0.record.type == EventType.started }?.record }

  /// The line that ended it: the first ending, else the abandonment; nil while it is open.
  package var ending: EventRecord? {
    let records = entries.map(\.record)
    return records.first { $0.type == EventType.completed } ?? records.first { $0.type == EventType.abandoned }
  }

  /// The abandonment that a late ending has replaced.
  package var replacedAbandonment: EventRecord? {
    guard ending?.type == EventType.completed else { return nil }
    return entries.first { $0.record.type == EventType.abandoned }?.record
  }

  /// Its task, where a line tells.
  package var task: String? { first(\.task) }
  /// The droid that started it, else the first that a line names.
  package var droid: String? { start?.droid ?? first(\.droid) }
  /// Its run, where a line tells.
  package var run: String? { first(\.run) }

  /// From its start to its ending in seconds: what the writer measured, else the difference of the timestamps.
  package var duration: Double? {
    if let measured = ending?.details.number(WireKey.durationSeconds) { return measured }
    guard let from = start?.timestamp, let to = ending?.timestamp else { return nil }
    return max(0, to.seconds(since: from))
  }

  private func first(_ value: (EventRecord) -> String?) -> String? {
    for entry in entries { if let value = value(entry.record) { return value } }
    return nil
  }
}

/// What a story is asked for.
package enum StorySubject: Hashable, Sendable {
  /// One execution
  case execution(String)
  /// Every execution of a task
  case task(String)

  /// What it is called in a message.
  package var name: String {
    switch self {
    case .execution(let id): "execution \(excerpt(id))"
    case .task(let task): "task \(excerpt(task))"
    }
  }
}
