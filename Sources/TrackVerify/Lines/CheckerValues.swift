import TrackCore

// Values, against their rules.

extension LineChecker {
  /// Passes the value of a member and holds it to the member's rule.
  @inline(__always)
  mutating func value(_ start: Place, _ member: Int, depth: Int) -> Place? {
    let known = schema.members[member]
    let rule = known.rule
    switch rule.kind {
    case .any: return skipValue(start, depth: depth)
    case .object:
      guard start.byte == UInt8(ascii: "{") else { return mismatch(start, member, "an object", depth) }
      return object(start, rule.argument, depth: depth + 1)
    case .texts, .array: return array(start, member, depth)
    case .boolean: return boolean(start, member, depth)
    case .number, .integer: return number(start, member, depth)
    case .text, .timestamp, .identifier, .hexadecimal, .word: return text(start, member, depth)
    }
  }

  /// Passes a value that is not what its rule says.
  private mutating func mismatch(_ start: Place, _ member: Int, _ expected: String, _ depth: Int) -> Place? {
    wrong("\(schema.name(member)) is not \(expected)")
    if schema.members[member].role == .eventID { facts.event = 1 }
    return skipValue(start, depth: depth)
  }

  private mutating func text(_ start: Place, _ member: Int, _ depth: Int) -> Place? {
    guard start.byte == UInt8(ascii: "\"") else { return mismatch(start, member, "a text", depth) }
    guard let end = stringEnd(start + 1) else { return nil }
    let rule = schema.members[member].rule
    guard rule.kind != .text else { return end + 1 }
    if isEscaped(start + 1, end) {
      // What names something is plain ASCII; decoded, it might be as it must.
      Self.withText(start + 1, end) { text, count in hold(text, count, member) }
    } else {
      hold(start + 1, end - start - 1, member)
    }
    return end + 1
  }

  @inline(__always) private func isEscaped(_ start: Place, _ end: Place) -> Bool {
    start.endOfPlainText < end && (start..<end).contains { $0.byte == UInt8(ascii: "\\") }
  }

  /// Holds a text to its rule and takes from it what is compared later.
  @inline(__always)
  private mutating func hold(_ start: Place, _ count: Int, _ member: Int) {
    let known = schema.members[member]
    let isRight: Bool
    switch known.rule.kind {
    case .timestamp: isRight = isTimestamp(start, count)
    case .identifier: isRight = isIdentifier(start, count, known.rule.argument)
    case .hexadecimal: isRight = count == known.rule.argument && isHexadecimal(start, count)
    case .word:
      let found = word(start, count, schema.wordLists[known.rule.argument])
      if known.role == .status, let found { facts.status = UInt8(truncatingIfNeeded: found) }
      isRight = found != nil
    default: isRight = true
    }
    switch known.role {
    // Any text makes it a line of ours, of which the rules must hold.
    case .eventID: facts.event = start.hash(count) | 1
    case .execution: facts.execution = start.hash(count) | 1
    default: break
    }
    if !isRight { wrong("\(schema.name(member)) is not \(expectation(known.rule))") }
  }

  private func expectation(_ rule: Rule) -> String {
    switch rule.kind {
    case .timestamp: "a time such as 2025-10-08T16:21:54.536702+00:00"
    case .identifier: "an id of at most \(rule.argument) characters"
    case .hexadecimal: "\(rule.argument) hexadecimal digits"
    case .word:
      "one of "
        + schema.wordLists[rule.argument].map { String(decoding: schema.texts[schema.words[$0]], as: UTF8.self) }
        .joined(separator: ", ")
    default: "a text"
    }
  }

  private func word(_ start: Place, _ count: Int, _ list: Range<Int>) -> Int? {
    for place in list where schema.words[place].count == count {
      if start.matches(schema.texts, schema.words[place]) { return place &- list.lowerBound }
    }
    return nil
  }

  /// `YYYY-MM-DDThh:mm:ss.ffffff+00:00`, as droid-track writes every time.
  @inline(__always)
  private func isTimestamp(_ start: Place, _ count: Int) -> Bool {
    guard count == 32, (start + 26).matches("+00:00") else { return false }
    var shape: UInt64 = 0
    for place in 0..<26 {
      shape = shape << 1 | ((start + place).byte &- UInt8(ascii: "0") < 10 ? 1 : 0)
    }
    // Digits stand everywhere but at the punctuation.
    guard shape == Self.timestampShape else { return false }
    guard (start + 4).byte == UInt8(ascii: "-"), (start + 7).byte == UInt8(ascii: "-"),
      (start + 10).byte == UInt8(ascii: "T"), (start + 13).byte == UInt8(ascii: ":"),
      (start + 16).byte == UInt8(ascii: ":"), (start + 19).byte == UInt8(ascii: ".")
    else { return false }
    return (1...12).contains(two(start + 5)) && (1...31).contains(two(start + 8)) && two(start + 11) < 24
      && two(start + 14) < 60 && two(start + 17) < 60
  }

  /// One bit a byte, the first highest, set for digits.
  private static let timestampShape: UInt64 = {
    "0000-00-00T00:00:00.000000".utf8.reduce(0) { $0 << 1 | ($1 == UInt8(ascii: "0") ? 1 : 0) }
  }()

  private func two(_ start: Place) -> Int {
    Int(start.byte &- UInt8(ascii: "0")) * 10 + Int((start + 1).byte &- UInt8(ascii: "0"))
  }

  private func isIdentifier(_ start: Place, _ count: Int, _ maximum: Int) -> Bool {
    guard (1...maximum).contains(count), Self.identifierBytes[Int(start.byte)] == 2 else { return false }
    for place in 1..<max(count, 1) where Self.identifierBytes[Int((start + place).byte)] == 0 { return false }
    return true
  }

  /// 2 for what an id may begin with, 1 for what may stand in it besides.
  private static let identifierBytes: InlineArray<256, UInt8> = {
    var bytes = InlineArray<256, UInt8>(repeating: 0)
    for byte in UInt8(ascii: "0")...UInt8(ascii: "9") { bytes[Int(byte)] = 2 }
    for byte in UInt8(ascii: "A")...UInt8(ascii: "Z") { bytes[Int(byte)] = 2 }
    for byte in UInt8(ascii: "a")...UInt8(ascii: "z") { bytes[Int(byte)] = 2 }
    for byte in "._:@+-".utf8 { bytes[Int(byte)] = 1 }
    return bytes
  }()

  private func isHexadecimal(_ start: Place, _ count: Int) -> Bool {
    for place in 0..<count {
      let byte = (start + place).byte
      guard byte &- UInt8(ascii: "0") < 10 || byte &- UInt8(ascii: "a") < 6 else { return false }
    }
    return true
  }

  private mutating func boolean(_ start: Place, _ member: Int, _ depth: Int) -> Place? {
    let isTrue = start.byte == UInt8(ascii: "t")
    guard isTrue || start.byte == UInt8(ascii: "f") else { return mismatch(start, member, "true or false", depth) }
    switch schema.members[member].role {
    case .success: facts.success = isTrue ? 1 : 0
    case .late: facts.isLate = isTrue
    default: break
    }
    return skipValue(start, depth: depth)
  }

  private mutating func number(_ start: Place, _ member: Int, _ depth: Int) -> Place? {
    let rule = schema.members[member].rule
    let expected = rule.kind == .integer ? "a whole number" : "a number"
    guard start.byte == UInt8(ascii: "-") || start.byte &- UInt8(ascii: "0") < 10 else {
      return mismatch(start, member, expected, depth)
    }
    guard let end = numberEnd(start) else { return nil }
    let value = self.value(of: start, end)
    if rule.kind == .integer, !(value.isFinite && value.rounded() == value) {
      wrong("\(schema.name(member)) is not a whole number")
    } else if value < rule.minimum || value > rule.maximum {
      wrong("\(schema.name(member)) is out of its range")
    }
    return end
  }

  /// The value of a number; few digits without a fraction the short way.
  @inline(__always) private func value(of start: Place, _ end: Place) -> Double {
    var value: Int64 = 0
    var place = start
    let count = end - start
    if count < 16 {
      while place < end {
        let digit = place.byte &- UInt8(ascii: "0")
        guard digit < 10 else { break }
        value = value &* 10 &+ Int64(digit)
        place = place + 1
      }
      if place == end { return Double(value) }
    }
    return JSONNumber(scanned: String(decoding: start.bytes(count), as: UTF8.self)).double
  }

  private mutating func array(_ start: Place, _ member: Int, _ depth: Int) -> Place? {
    guard start.byte == UInt8(ascii: "[") else { return mismatch(start, member, "a list", depth) }
    let rule = schema.members[member].rule
    var place = skipSpace(start + 1)
    if place.byte == UInt8(ascii: "]") { return place + 1 }
    while true {
      let next: Place?
      if rule.kind == .array, place.byte == UInt8(ascii: "{") {
        next = object(place, rule.argument, depth: depth + 2)
      } else {
        if rule.kind == .array || place.byte != UInt8(ascii: "\"") {
          wrong("\(schema.name(member)) is not a list of \(rule.kind == .array ? "objects" : "texts")")
        }
        next = skipValue(place, depth: depth + 1)
      }
      guard let next else { return nil }
      place = skipSpace(next)
      if place.byte == UInt8(ascii: "]") { return place + 1 }
      guard place.byte == UInt8(ascii: ",") else { return broken("expected , or ]", place) }
      place = skipSpace(place + 1)
    }
  }
}

extension Place: Strideable {
  func distance(to other: Place) -> Int { other - self }
  func advanced(by distance: Int) -> Place { self + distance }
}
