/// What does not change from one transaction to the next: who writes, how, and by which configuration.
struct RecordingContext: Sendable {
  let machine: Machine
  let encoder: EventEncoder
  let configuration: Configuration

  /// Whether an event's type is recorded at all.
  func records(_ event: Event) -> Bool {
    guard let chosen = configuration.logging.events else { return true }
    return EventType.always.contains(event.type) || chosen.contains(event.type)
  }

  /// The process table of this machine.
  var processes: ProcessTable { ProcessTable(machine: machine) }

  /// A new event that happens now.
  func audit(_ action: AuditAction) -> Event {
    let now = machine.now()
    return Event(
      id: .random(at: now.wall), timestamp: now.wall, run: nil, task: nil, droid: nil, execution: nil,
      payload: .audit(action: action.name, details: action.details))
  }
}

extension EventID {
  /// A new id.
  static func random(at time: Timestamp) -> EventID {
    EventID(time: time, random: (.random(in: .min ... .max), .random(in: .min ... .max)))
  }
}

/// What the journal does to itself and tells in the audit stream.
enum AuditAction {
  /// A torn line was closed off by a line feed; its bytes stay.
  case healed(StreamFile.Healing)
  /// A spooled request could not be carried out.
  case spoolRefused(entry: String, reason: String)
  /// Lines that a stream had lost were restored from `events`.
  case restored(Stream, lines: Int)
  /// An ending was written into the room kept for it; the disk is full.
  case spaceLow
  /// Executions were closed by a sweep.
  case swept(closed: Int)
  /// Lines that are none were put aside: `kept` is the file as it was, `sha256` its digest, and `lines` their number.
  case isolated(Stream, file: String, kept: String, lines: Int, sha256: SHA256.Digest)
  /// A segment is about to be removed; `aggregates` is the digest of the file that has its figures.
  case pruned(PrunedSegment, aggregates: SHA256.Digest)
  /// What the streams held was fixed.
  case sealed(Seal)

  var name: String {
    switch self {
    case .healed: "log.recovered"
    case .spoolRefused: "spool.refused"
    case .restored: "stream.restored"
    case .spaceLow: "log.space_low"
    case .swept: "sweep"
    case .isolated: "damage.isolated"
    case .pruned: SegmentName.prunedAction
    case .sealed: Seal.action
    }
  }

  var details: JSONObject {
    switch self {
    case .healed(let healing):
      [WireKey.stream: .string(healing.stream.fileName), WireKey.offset: .number(JSONNumber(healing.offset))]
    case .spoolRefused(let entry, let reason): [WireKey.entry: .string(entry), WireKey.reason: .string(reason)]
    case .restored(let stream, let lines):
      [WireKey.stream: .string(stream.fileName), WireKey.lines: .number(JSONNumber(lines))]
    case .spaceLow: [:]
    case .swept(let closed): [WireKey.closed: .number(JSONNumber(closed))]
    case .isolated(let stream, let file, let kept, let lines, let digest):
      [
        WireKey.stream: .string(stream.name), WireKey.file: .string(file), WireKey.kept: .string(kept),
        WireKey.lines: .number(JSONNumber(lines)), WireKey.sha256: .string(digest.description),
      ]
    case .pruned(let segment, let digest):
      JSONObject(
        segment.object.members.map { ($0.key, $0.value) } + [(WireKey.aggregates, .string(digest.description))])
    case .sealed(let seal): seal.object
    }
  }
}
