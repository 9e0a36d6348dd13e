import TrackCore

/// Checks one line at a time, in a single pass over its bytes: that it is JSON (RFC 8259, valid UTF-8), and that it keeps
/// the rules of its event type.
///
/// The type must be known first; it stands near the beginning of every line that droid-track writes.
struct LineChecker {
  let schema = EventSchema.shared
  var facts = LineFacts()
  /// What breaks the rules first, and a key that stands twice; the JSON is checked to its end all the same.
  var schemaProblem: String?
  var repeatedKey: String?
  /// What is no JSON, and where.
  private(set) var damage: (text: String, place: Place)?

  init() {}

  /// Checks the line from `start` on.
  /// - Returns: its end, which is the line feed or zero byte behind it; nil when it is no JSON object.
  mutating func check(_ start: Place) -> Place? {
    begin()
    let first = skipSpace(start)
    guard first.byte == UInt8(ascii: "{") else { return broken("expected an object", first) }
    let line = type(of: first)
    facts.kind = line?.kind ?? .other
    guard let end = object(first, line?.shape ?? schema.unknown, depth: 1) else { return nil }
    if line == nil, schemaProblem == nil { schemaProblem = "event_type is none that droid-track writes" }
    return finish(start, end)
  }

  private mutating func begin() {
    facts = LineFacts()
    schemaProblem = nil
    repeatedKey = nil
    damage = nil
  }

  private mutating func finish(_ start: Place, _ end: Place) -> Place? {
    let last = skipSpace(end)
    guard last.byte == 0x0A || last.byte == 0 else { return broken("unexpected text after the object", last) }
    if facts.event == 0 {
      // Whoever wrote it, it was not droid-track: its rules are not ours.
      facts.kind = .foreign
      schemaProblem = nil
    }
    if facts.kind == .selfReport { facts.content = start.hash(end - start) }
    return last
  }

  /// Notes that the text is no JSON here.
  mutating func broken(_ text: String, _ place: Place) -> Place? {
    if damage == nil { damage = (text, place) }
    return nil
  }

  /// The type of the line whose object begins at `brace`.
  private func type(of brace: Place) -> EventSchema.Line? {
    if brace.matches("{\"timestamp\": \""), (brace + 47).matches("\", \"event_type\": \""),
      (brace + 15).endOfPlainText == brace + 47
    {
      return type(at: brace + 65)
    }
    var scan = LineChecker.TypeSearch(start: brace)
    return scan.type().flatMap { type(at: $0) }
  }

  private func type(at start: Place) -> EventSchema.Line? {
    let end = start.endOfPlainText
    guard end.byte == UInt8(ascii: "\"") else { return unusualType(at: start) }
    return type(at: start, end - start)
  }

  /// A type that is not written plainly.
  @inline(never) private func unusualType(at start: Place) -> EventSchema.Line? {
    var checker = LineChecker()
    guard let end = checker.stringEnd(start) else { return nil }
    return Self.withText(start, end) { text, count in type(at: text, count) }
  }

  private func type(at start: Place, _ count: Int) -> EventSchema.Line? {
    for place in schema.lines.indices where schema.lines[place].type.count == count {
      if start.matches(schema.texts, schema.lines[place].type) { return schema.lines[place] }
    }
    return nil
  }

  /// Passes white space within a line.
  @inline(__always) func skipSpace(_ start: Place) -> Place {
    var place = start
    while place.byte == 0x20 || place.byte == 0x09 || place.byte == 0x0D { place = place + 1 }
    return place
  }

  // MARK: - Objects

  /// Passes the object at `start`, whose members must keep the rules of `shape`; -1 for any members.
  mutating func object(_ start: Place, _ shape: Int, depth: Int) -> Place? {
    guard depth <= JSONScanner.maximumDepth else { return broken("nested deeper than 64 levels", start) }
    let members = shape < 0 ? 0..<0 : schema.shapes[shape].members
    var seen: UInt64 = 0
    var expected = members.lowerBound
    var place = skipSpace(start + 1)
    if place.byte != UInt8(ascii: "}") {
      while true {
        guard place.byte == UInt8(ascii: "\"") else { return broken("expected a key", place) }
        let plainEnd = (place + 1).endOfPlainText
        let isPlain = plainEnd.byte == UInt8(ascii: "\"")
        guard let keyEnd = isPlain ? plainEnd : unusualStringEnd(plainEnd) else { return nil }
        let colon = skipSpace(keyEnd + 1)
        guard colon.byte == UInt8(ascii: ":") else { return broken("expected :", colon) }
        let value = skipSpace(colon + 1)
        let next: Place?
        let known =
          isPlain
          ? member(place + 1, keyEnd - place - 1, members, &expected)
          : unusualMember(place + 1, keyEnd, members, &expected)
        if let member = known {
          let bit: UInt64 = 1 << UInt64(member &- members.lowerBound)
          if seen & bit != 0 { repeated(member) }
          seen |= bit
          next = self.value(value, member, depth: depth)
        } else {
          next = skipValue(value, depth: depth)
        }
        guard let next else { return nil }
        place = skipSpace(next)
        if place.byte == UInt8(ascii: "}") { break }
        guard place.byte == UInt8(ascii: ",") else { return broken("expected , or }", place) }
        place = skipSpace(place + 1)
      }
    }
    if shape >= 0 {
      let missing = schema.shapes[shape].required & ~seen
      if missing != 0 { lacks(members.lowerBound + missing.trailingZeroBitCount) }
    }
    return place + 1
  }

  /// The member of a shape that a key names, searched for behind the one before it first.
  @inline(__always)
  private func member(_ start: Place, _ count: Int, _ members: Range<Int>, _ expected: inout Int) -> Int? {
    let head = count >= 8 ? start.word : start.word & ((1 &<< UInt64(8 &* count)) &- 1)
    for _ in 0..<members.count {
      let candidate = expected
      expected = expected &+ 1 == members.upperBound ? members.lowerBound : expected &+ 1
      let rule = schema.members[candidate]
      if rule.head == head, rule.name.count == count, count <= 8 || start.matches(schema.texts, rule.name) {
        return candidate
      }
    }
    return nil
  }

  /// The member that a key with escapes names.
  @inline(never)
  private func unusualMember(_ start: Place, _ end: Place, _ members: Range<Int>, _ expected: inout Int) -> Int? {
    Self.withText(start, end) { text, count in member(text, count, members, &expected) }
  }

  /// Calls `body` with the text, padded, that a string between its quotes stands for.
  static func withText<Value>(_ start: Place, _ end: Place, _ body: (Place, Int) -> Value?) -> Value? {
    let text = Array(JSONParser.text(start.bytes(end - start), 0..<end - start, escaped: true).utf8)
    let padded = text + repeatElement(0, count: Place.padding)
    return unsafe padded.withUnsafeBytes { bytes in
      guard let base = bytes.baseAddress else { return nil }
      return unsafe body(Place(base), text.count)
    }
  }

  // MARK: - What is wrong

  private mutating func lacks(_ member: Int) {
    wrong("\(schema.name(member)) is missing")
  }

  private mutating func repeated(_ member: Int) {
    if repeatedKey == nil { repeatedKey = schema.name(member) }
  }

  /// Notes what breaks the rules first.
  mutating func wrong(_ text: String) {
    if schemaProblem == nil { schemaProblem = text }
  }
}

extension EventSchema {
  /// A member's key.
  func name(_ member: Int) -> String { String(decoding: texts[members[member].name], as: UTF8.self) }
}

extension LineChecker {
  /// Looks for `event_type` in a line that does not begin as droid-track's do.
  private struct TypeSearch {
    let start: Place

    /// Where the text of the value begins; of several the last, as most readers take it.
    mutating func type() -> Place? {
      var checker = LineChecker()
      var found: Place?
      var place = checker.skipSpace(start + 1)
      while place.byte == UInt8(ascii: "\""), let keyEnd = checker.stringEnd(place + 1) {
        let isType =
          LineChecker.withText(place + 1, keyEnd) { $1 == 10 && $0.matches("event_type") ? true : nil } ?? false
        let value = checker.skipSpace(checker.skipSpace(keyEnd + 1) + 1)
        if isType { found = value.byte == UInt8(ascii: "\"") ? value + 1 : nil }
        guard let next = checker.skipValue(value, depth: 1) else { break }
        place = checker.skipSpace(next)
        guard place.byte == UInt8(ascii: ",") else { break }
        place = checker.skipSpace(place + 1)
      }
      return found
    }
  }
}
