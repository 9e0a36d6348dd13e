import TrackCore

// The long way: lines that the scanner gives up on are read by the parser, which words what is wrong with them.

extension LineBatch {
  /// Takes in the line of `count` bytes at `start` by way of the parser.
  /// - Parameters:
  ///   - isFirst: it is the first line of its file, where a byte order mark may stand.
  ///   - isTerminated: it ends in a line feed; only the last line of a file may lack it, and then it was perhaps torn.
  func parse(_ start: Cursor, _ count: Int, isFirst: Bool, isTerminated: Bool) {
    let bytes = start.bytes(count)
    var range = 0..<count
    if isFirst, bytes.starts(with: [0xEF, 0xBB, 0xBF]) { range = 3..<count }
    let marked = range.lowerBound
    range = (bytes[range].firstIndex { $0 != 0 } ?? count)..<count
    if bytes[range].last == 0x0D { range = range.lowerBound..<count - 1 }
    let nuls = range.lowerBound - marked
    if nuls > 0 {
      let reason = "\(nuls) NUL bytes, as a power cut leaves them"
      guard !range.isEmpty else { return refuse(start, reason) }
      remark(reason)
    }
    var line = ScannedLine()
    line.offset = UInt32(truncatingIfNeeded: start - self.start)
    if bytes[range].allSatisfy({ $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }) {
      line.kind = .blank
    } else {
      do throws(JSONError) {
        line.take(try EventRecord(line: bytes, in: range), texts)
        if line.identity == 0 { line.identity = lineIdentity(start + range.lowerBound, start + range.upperBound) }
      } catch {
        let problem = "\(error.problem) at byte \(max(0, error.offset - range.lowerBound) + 1)"
        line.kind = .refused
        remark(
          isTerminated ? "not a JSON object: \(problem)" : "torn: \(problem) of a last line without line feed")
      }
    }
    take(line)
  }
}

extension ScannedLine {
  /// Takes in what a parsed line says, its texts among `texts`.
  mutating func take(_ record: EventRecord, _ texts: DecodedTexts) {
    func range(_ text: String?) -> TextRange { text.map { texts.add($0) } ?? .absent }
    time = record.timestamp?.microseconds ?? Self.absentTime
    takeType(record, texts)
    run = range(record.run)
    droid = range(record.droid)
    task = range(record.task)
    reason = range(record.fields.text(WireKey.reason))
    category = range(record.fields.text(WireKey.category))
    statusText = range(record.status)
    if let status = record.status, kind == .completed { self.status = Self.withBytes(status) { StatusWord($0, $1) } }
    if let id = record.execution {
      execution = texts.add(id)
      _ = Self.withBytes(id) { takeApart($0, $1) }
    }
    if let id = record.id { identity = Self.withBytes(id.description) { start, _ in eventIdentity(start) } }
    if case .array(let found)? = record.fields[WireKey.problems], !found.isEmpty {
      var writer = JSONWriter()
      writer.value(.array(found))
      problems = texts.add(String(decoding: writer.bytes, as: UTF8.self))
    }
    success = Truth(record.fields.bool(WireKey.success))
    takeDetails(record.details, texts)
  }

  private mutating func takeType(_ record: EventRecord, _ texts: DecodedTexts) {
    guard let type = record.type else {
      kind = record.fields[WireKey.eventType] == nil ? .untyped : .badType
      return
    }
    self.type = texts.add(type)
    kind = Self.withBytes(type) { Kind($0, $1) }
  }

  private mutating func takeDetails(_ details: JSONObject, _ texts: DecodedTexts) {
    reportKind = details.text(WireKey.eventType).map { texts.add($0) } ?? .absent
    if kind == .completed || kind == .abandoned, let text = details.text(WireKey.error) {
      error = texts.add(ErrorTemplate.of(text))
    }
    late = Truth(details.bool(WireKey.late))
    isSession = details.text(WireKey.kind) == WorkKind.session.rawValue
    progress = details.number(WireKey.progress) ?? .nan
    duration = details.number(WireKey.durationSeconds) ?? .nan
    limit = details.number(WireKey.timeoutSeconds) ?? .nan
    cpuPercent = details.number(WireKey.cpuPercent) ?? .nan
    memoryMegabytes = details.number(WireKey.memoryMB) ?? .nan
    diskMegabytes = details.number(WireKey.diskIOMB) ?? .nan
  }

  /// What `body` makes of the bytes of a text, behind which it may look as behind those of a batch.
  private static func withBytes<Result>(_ text: String, _ body: (Cursor, Int) -> Result) -> Result {
    let padded = Array(text.utf8) + repeatElement(0, count: Cursor.padding)
    return Cursor.within(padded, at: 0) { body($0, text.utf8.count) }
  }
}

extension ScannedLine.Truth {
  init(_ value: Bool?) { self = value.map { $0 ? .yes : .no } ?? .unknown }
}
