// What a tombstone says, as the details of an `audit.recorded` line and among the aggregates.

extension PrunedSegment {
  /// The members of its tombstone.
  package var object: JSONObject {
    var object: JSONObject = [
      WireKey.stream: .string(stream.name), WireKey.segment: .number(JSONNumber(segment)), WireKey.file: .string(file),
      WireKey.sha256: .string(sha256.description), WireKey.firstLine: .string(firstLine.description),
      WireKey.bytes: .number(JSONNumber(bytes)), WireKey.records: .number(JSONNumber(records)),
    ]
    object[WireKey.first] = first.map { .string($0.description) }
    object[WireKey.last] = last.map { .string($0.description) }
    object[WireKey.policy] = .string(policy)
    return object
  }

  /// Reads the members of a tombstone; nil when they are none.
  init?(_ object: JSONObject) {
    guard let stream = object.text(WireKey.stream).flatMap({ Stream(named: $0) }),
      let segment = object.integer(WireKey.segment, as: Int.self), let file = object.text(WireKey.file),
      let bytes = object.integer(WireKey.bytes, as: Int64.self),
      let records = object.integer(WireKey.records, as: Int.self),
      let sha256 = object.text(WireKey.sha256).flatMap({ SHA256.Digest($0) }),
      let firstLine = object.text(WireKey.firstLine).flatMap({ SHA256.Digest($0) })
    else { return nil }
    self.init(
      stream: stream, segment: segment, file: file, bytes: bytes, records: records,
      first: object.text(WireKey.first).flatMap { Timestamp($0) },
      last: object.text(WireKey.last).flatMap { Timestamp($0) }, policy: object.text(WireKey.policy) ?? "",
      sha256: sha256, firstLine: firstLine)
  }
}
