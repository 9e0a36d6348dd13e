// A seal in the details of an `audit.recorded` line, and back.

extension Seal {
  /// The action of the audit lines that are seals.
  package static let action = "seal"

  /// The details of its audit line.
  package var object: JSONObject {
    var object: JSONObject = [WireKey.sequence: .number(JSONNumber(sequence))]
    object[WireKey.previous] = previous.map { .string($0.description) }
    object[WireKey.ranges] = .array(ranges.map { .object($0.object) })
    return object
  }

  /// Reads the details of an audit line; nil when they are none of a seal.
  package init?(_ object: JSONObject) {
    guard let sequence = object.integer(WireKey.sequence, as: Int.self), sequence > 0,
      case .array(let elements)? = object[WireKey.ranges]
    else { return nil }
    let ranges = elements.compactMap { element in
      if case .object(let object) = element { SealedRange(object) } else { nil }
    }
    guard ranges.count == elements.count else { return nil }
    let previous = object.digest(WireKey.previous)
    guard (previous == nil) == (object[WireKey.previous] == nil) else { return nil }
    self.init(sequence: sequence, previous: previous, ranges: ranges)
  }
}

extension SealedRange {
  fileprivate var object: JSONObject {
    var object: JSONObject = [
      WireKey.stream: .string(stream.name), WireKey.segment: .number(JSONNumber(segment)), WireKey.file: .string(file),
    ]
    object[WireKey.first] = firstLine.map { .string($0.description) }
    object[WireKey.last] = lastLine.map { .string($0.description) }
    object[WireKey.from] = .number(JSONNumber(bytes.lowerBound))
    object[WireKey.to] = .number(JSONNumber(bytes.upperBound))
    object[WireKey.lines] = .number(JSONNumber(lines))
    object[WireKey.sha256] = .string(digest.description)
    return object
  }

  fileprivate init?(_ object: JSONObject) {
    guard let stream = object.text(WireKey.stream).flatMap({ Stream(named: $0) }),
      let segment = object.integer(WireKey.segment, as: Int.self), segment > 0,
      let file = object.text(WireKey.file),
      let from = object.integer(WireKey.from, as: Int64.self), let to = object.integer(WireKey.to, as: Int64.self),
      from >= 0, to >= from, to <= 1 << 60,
      let lines = object.integer(WireKey.lines, as: Int.self), lines >= 0,
      let digest = object.digest(WireKey.sha256)
    else { return nil }
    self.init(
      stream: stream, segment: segment, file: file, firstLine: object.digest(WireKey.first),
      lastLine: object.digest(WireKey.last), bytes: from..<to, lines: lines, digest: digest)
  }
}

extension SealHead {
  /// The head as it is to be kept elsewhere.
  package var object: JSONObject {
    [WireKey.sequence: .number(JSONNumber(sequence)), WireKey.sha256: .string(digest.description)]
  }

  /// Reads a head; nil when it is none.
  package init?(_ object: JSONObject) {
    guard let sequence = object.integer(WireKey.sequence, as: Int.self), sequence > 0,
      let digest = object.digest(WireKey.sha256)
    else { return nil }
    self.init(sequence: sequence, digest: digest)
  }
}

extension SegmentName {
  /// The action of the audit lines that tell of a segment that is about to be removed.
  package static let prunedAction = "pruned"

  /// The segment that an audit line tells the removal of; nil when it tells of none.
  package init?(line bytes: [UInt8], in range: Range<Int>) {
    guard let record = try? EventRecord(line: bytes, in: range), record.type == EventType.audit,
      record.fields.text(WireKey.action) == Self.prunedAction,
      let stream = record.details.text(WireKey.stream).flatMap({ Stream(named: $0) }),
      let segment = record.details.integer(WireKey.segment, as: Int.self)
    else { return nil }
    self.init(stream: stream, segment: segment)
  }
}

extension SealRecord {
  /// Takes a line of an audit file for a seal; nil when it is none.
  package init?(line bytes: [UInt8], in range: Range<Int>, file: String, number: Int, offset: Int64) {
    guard let record = try? EventRecord(line: bytes, in: range), record.type == EventType.audit,
      record.fields.text(WireKey.action) == Seal.action, let seal = Seal(record.details)
    else { return nil }
    self.init(
      seal: seal, digest: .of(bytes[range]), file: file, line: number, offset: offset,
      length: range.count)
  }
}

extension JSONObject {
  fileprivate func digest(_ key: String) -> SHA256.Digest? { text(key).flatMap { SHA256.Digest($0) } }
}
