import TrackCore

/// What a story calls an event, and what it says of it.
enum StoryWords {
  /// The event in a word or two.
  static func name(of record: EventRecord) -> String {
    switch record.type {
    case EventType.started: "started"
    case EventType.selfReport: record.details.text(WireKey.eventType) ?? "report"
    case EventType.completed:
      switch record.status {
      case "timeout": "timed out"
      case nil: "completed"
      case let status?: status
      }
    case EventType.abandoned: "given up"
    case EventType.result: "result"
    case EventType.validated: "validated"
    case let type?: type
    case nil: "note"
    }
  }

  /// How the event is to be taken.
  static func tone(of record: EventRecord) -> Tone {
    switch record.type {
    case EventType.completed: record.status == "failed" || record.status == "timeout" ? .bad : .good
    case EventType.abandoned: .warning
    case EventType.selfReport: record.details.text(WireKey.error) == nil ? .plain : .warning
    default: .plain
    }
  }

  /// How another execution belongs to this one.
  static func text(of relative: Story.Relative) -> String {
    let name = relative.kind == .child ? "started in it" : "tried again as"
    let task = relative.task.map { " task \($0)" } ?? ""
    let droid = relative.droid.map { " by \($0)" } ?? ""
    return "\(name): \(relative.id)\(task)\(droid)"
  }

  /// What the event tells, on one line.
  static func text(of record: EventRecord) -> String {
    let parts =
      switch record.type {
      case EventType.started: start(record)
      case EventType.selfReport: report(record)
      case EventType.completed: ending(record)
      case EventType.abandoned: abandonment(record)
      case EventType.result: [record.fields.object(WireKey.resultData).flatMap(json)]
      case EventType.validated: validation(record)
      default: [record.details.isEmpty ? nil : json(record.details)]
      }
    return parts.compactMap(\.self).joined(separator: ", ")
  }

  private static func start(_ record: EventRecord) -> [String?] {
    let details = record.details
    let owner = details.object(WireKey.owner)?.integer(WireKey.pid, as: Int.self).map { "owned by process \($0)" }
    return [
      details.text(WireKey.description), owner,
      details.object(WireKey.context).flatMap(json).map { "context \($0)" },
    ]
  }

  private static func report(_ record: EventRecord) -> [String?] {
    let details = record.details
    let status = record.status.flatMap { $0 == Status.executing.rawValue ? nil : $0 }
    return [
      details.number(WireKey.progress).map(percentText), details.text(WireKey.message),
      details.text(WireKey.error).map { "error: \($0)" }, status,
      details.number(WireKey.cpuPercent).map { "CPU \(tidy($0)) %" },
      details.number(WireKey.memoryMB).map { "memory \(tidy($0)) MB" },
      details.number(WireKey.diskIOMB).map { "disk \(tidy($0)) MB" },
    ]
  }

  private static func ending(_ record: EventRecord) -> [String?] {
    let details = record.details
    return [
      details.integer(WireKey.exitCode, as: Int.self).map { "exit status \($0)" },
      details.text(WireKey.signal).map { "signal \($0)" },
      details.integer(WireKey.line, as: Int.self).map { "line \($0)" },
      details.text(WireKey.error),
      details.bool(WireKey.late) == true ? "late: it had been given up" : nil,
      details.bool(WireKey.confirmed) == false ? "not confirmed by the work itself" : nil,
    ]
  }

  private static func abandonment(_ record: EventRecord) -> [String?] {
    [
      record.fields.text(WireKey.reason),
      record.details.object(WireKey.evidence).flatMap(json).map { "evidence \($0)" },
    ]
  }

  private static func validation(_ record: EventRecord) -> [String?] {
    var problems: [String] = []
    if case .array(let elements)? = record.fields[WireKey.problems] {
      problems = elements.compactMap { if case .string(let text) = $0 { text } else { nil } }
    }
    return [record.fields.text(WireKey.category)] + problems
  }

  private static func tidy(_ value: Double) -> String { String((value * 10).rounded() / 10) }

  private static func json(_ object: JSONObject) -> String? {
    guard !object.isEmpty else { return nil }
    var writer = JSONWriter()
    writer.value(.object(object))
    return String(decoding: writer.bytes, as: UTF8.self)
  }
}
