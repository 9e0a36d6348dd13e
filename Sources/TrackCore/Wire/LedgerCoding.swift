/// The bytes of a ledger record.
///
/// Four lines: a head of fixed width that is overwritten in place, the facts, the conclusion, and in a pending state the
/// redo, behind which stand the lines it tells of, as they are. A change is prepared behind the facts while the head
/// still tells the old state, so a writer that dies at any point leaves a record that is whole. The head lies in one page:
/// the kernel writes it in one piece.
enum LedgerCoding {
  /// The head's width in bytes, line feed included.
  static let headLength = 64

  /// The head of a record: its state and last report.
  static func head(_ state: LedgerRecord.State, lastReport: Instant?) -> [UInt8] {
    let wall = decimal(Int(lastReport?.wall.microseconds ?? 0), digits: 19)
    let monotonic = decimal(Int(lastReport?.monotonic ?? 0), digits: 19)
    let text = "\(state.rawValue) \(wall) \(monotonic)"
    return Array(text.utf8) + [UInt8](repeating: UInt8(ascii: " "), count: headLength - 1 - text.utf8.count)
      + [UInt8(ascii: "\n")]
  }

  /// The whole record.
  static func bytes(_ record: LedgerRecord) -> [UInt8] {
    head(record.state, lastReport: record.lastReport) + facts(record.execution) + conclusion(record.conclusion)
      + redo(record.redo)
  }

  /// The conclusion's line; an execution that goes on has one, too.
  static func conclusion(_ conclusion: LedgerConclusion?) -> [UInt8] {
    var writer = JSONWriter()
    if let conclusion {
      writer.object { json in
        json.key(WireKey.status)
        json.string(conclusion.conclusion.status.rawValue)
        json.key(WireKey.timestamp)
        json.string(conclusion.conclusion.time.description)
        json.key(WireKey.eventID)
        json.string(conclusion.event.description)
      }
    } else {
      writer.value(.null)
    }
    writer.endLine()
    return writer.bytes
  }

  /// The redo's line and its lines; nothing where there is none.
  ///
  /// Lines that two streams share, as those of reports, stand there once.
  static func redo(_ redo: Redo?) -> [UInt8] {
    guard let redo else { return [] }
    func isShared(_ place: Int) -> Bool { place > 0 && redo.parts[place].lines == redo.parts[place - 1].lines }
    var writer = JSONWriter(capacity: 512 + redo.length)
    writer.array { json in
      for (place, part) in redo.parts.enumerated() { json.object { $0.members(of: part, isShared: isShared(place)) } }
    }
    writer.endLine()
    for (place, part) in redo.parts.enumerated() where !isShared(place) { writer.append(lines: part.lines) }
    return writer.bytes
  }

  private static func facts(_ execution: Execution) -> [UInt8] {
    var writer = JSONWriter()
    writer.object { json in
      json.key(WireKey.executionID)
      json.string(execution.id.text)
      json.key(WireKey.taskID)
      json.string(execution.task.text)
      json.key(WireKey.droidID)
      json.string(execution.droid.text)
      json.key(WireKey.runID)
      json.string(execution.run.text)
      json.key(WireKey.started)
      json.instant(execution.started)
      json.key(WireKey.host)
      json.string(execution.host)
      if let limit = execution.limit {
        json.key(WireKey.timeoutSeconds)
        json.value(.number(limit.jsonSeconds))
      }
      if let parent = execution.parent {
        json.key(WireKey.parentExecutionID)
        json.string(parent.text)
      }
      if let owner = execution.owner {
        json.key(WireKey.owner)
        json.value(.object(owner.object))
      }
      json.members(of: execution.trace)
      if let kind = execution.kind {
        json.key(WireKey.kind)
        json.string(kind.rawValue)
      }
    }
    writer.endLine()
    return writer.bytes
  }

  /// Reads a record; nil when the bytes are not whole.
  ///
  /// `boot` is the boot the ledger belongs to; its monotonic times count in it. Behind the facts of an open record stands
  /// what a writer prepared and did not live to announce: it is not looked at.
  static func decode(_ bytes: [UInt8], boot: String) -> LedgerRecord? {
    guard bytes.count > headLength, let head = decodeHead(bytes, boot: boot),
      let factsEnd = bytes[headLength...].firstIndex(of: UInt8(ascii: "\n")),
      let execution = (try? JSONParser.object(bytes, in: headLength..<factsEnd))?.execution
    else { return nil }
    var record = LedgerRecord(
      execution: execution, state: head.state, lastReport: head.lastReport, conclusion: nil, redo: nil,
      tailOffset: factsEnd + 1)
    guard record.state != .open else { return record }
    guard let conclusionEnd = bytes[(factsEnd + 1)...].firstIndex(of: UInt8(ascii: "\n")),
      let conclusion = try? JSONParser.value(bytes, in: factsEnd + 1..<conclusionEnd)
    else { return nil }
    if record.state == .closing || record.state == .closed {
      guard case .object(let object) = conclusion, let conclusion = object.ledgerConclusion else { return nil }
      record.conclusion = conclusion
    }
    if record.state.isPending {
      guard let end = bytes[(conclusionEnd + 1)...].firstIndex(of: UInt8(ascii: "\n")),
        let redo = (try? JSONParser.value(bytes, in: conclusionEnd + 1..<end))?.redo(lines: bytes[(end + 1)...])
      else { return nil }
      record.redo = redo
    }
    return record
  }

  private static func decodeHead(
    _ bytes: [UInt8], boot: String
  ) -> (state: LedgerRecord.State, lastReport: Instant?)? {
    let fields = bytes[..<headLength].split { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\n") }
    guard fields.count == 3, let state = LedgerRecord.State(rawValue: String(decoding: fields[0], as: UTF8.self)),
      let wall = Int64(String(decoding: fields[1], as: UTF8.self)), wall >= 0,
      let monotonic = Int64(String(decoding: fields[2], as: UTF8.self)), monotonic >= 0
    else { return nil }
    guard wall != 0 else { return (state, nil) }
    let report = Instant(
      wall: Timestamp(microseconds: wall), boot: monotonic == 0 ? "" : boot, monotonic: monotonic, boottime: 0)
    return (state, report)
  }
}

extension JSONWriter {
  fileprivate mutating func members(of part: Redo.Part, isShared: Bool) {
    key(WireKey.stream)
    integer(part.stream.rawValue)
    key(WireKey.size)
    integer(part.size)
    guard !isShared else { return }
    key(WireKey.lines)
    integer(part.lines.count)
  }

  /// Writes a reading of all clocks as an object.
  mutating func instant(_ instant: Instant) {
    object { json in
      json.key(WireKey.timestamp)
      json.string(instant.wall.description)
      json.key(WireKey.bootID)
      json.string(instant.boot)
      json.key(WireKey.monotonic)
      json.integer(instant.monotonic)
      json.key(WireKey.boottime)
      json.integer(instant.boottime)
    }
  }
}
