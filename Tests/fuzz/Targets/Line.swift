@testable import TrackCore
@testable import TrackVerify

@_silgen_name("__lsan_disable") private func beginIgnoringLeaks()
@_silgen_name("__lsan_enable") private func endIgnoringLeaks()

/// Builds the tables of the rules, once: Swift marks pointers in an enum with bits that hide them from the leak sanitizer.
func prepareRules() {
  beginIgnoringLeaks()
  _ = EventSchema.shared
  endIgnoringLeaks()
}

/// What track-verify's checker says of a line, in one pass over its bytes, is what the declared rules say of the values that
/// the parser makes of it.
func fuzzLine(_ bytes: [UInt8]) {
  for line in bytes.split(separator: 0x0A) { demandAgreement(Array(line)) }
}

private func demandAgreement(_ line: [UInt8]) {
  var checker = LineChecker()
  let isWhole = isWhole(line, &checker)
  guard let object = try? JSONParser.object(line) else {
    return demand(!isWhole, "what is no object was taken")
  }
  demand(isWhole, "an object was refused: \(checker.damage?.text ?? "nothing is said")")
  guard !repeatsKey(line) else { return }
  demand(checker.repeatedKey == nil, "\(checker.repeatedKey ?? "") does not stand twice")
  let plain = PlainCheck(object)
  demand(checker.facts.kind == plain.facts.kind, "\(checker.facts.kind) is \(plain.facts.kind)")
  guard plain.facts.kind != .foreign else {
    return demand(checker.schemaProblem == nil, "another writer's line is held to our rules")
  }
  demand(
    (checker.schemaProblem == nil) == plain.keepsRules,
    "\(checker.schemaProblem ?? "nothing is found"), where the rules are \(plain.keepsRules ? "kept" : "broken")")
  let (found, expected) = (checker.facts, plain.facts)
  demand(found.event == expected.event && found.execution == expected.execution, "another id")
  demand(found.status == expected.status, "status \(found.status) is \(expected.status)")
  demand(found.success == expected.success, "success \(found.success) is \(expected.success)")
  demand(found.isLate == expected.isLate, "late: \(found.isLate)")
}

/// Whether the checker takes the line for an object, whatever stands behind it.
private func isWhole(_ line: [UInt8], _ checker: inout LineChecker) -> Bool {
  let padded = line + Array("\n\"}]0\\\n".utf8) + repeatElement(0, count: Place.padding)
  return unsafe padded.withUnsafeBytes { bytes in
    guard let base = bytes.baseAddress else { return false }
    let start = unsafe Place(base)
    return checker.check(start) == start + line.count
  }
}

/// Whether an object in the line has a key twice, of which readers take the first or the last.
private func repeatsKey(_ line: [UInt8]) -> Bool {
  var scanner = JSONScanner(line)
  var keys: [Set<[UInt8]>] = []
  while let token = try? scanner.next() {
    switch token {
    case .beginObject: keys.append([])
    case .endObject: keys.removeLast()
    case .key(let range, let escaped):
      let key = Array(JSONParser.text(line, range, escaped: escaped).utf8)
      guard keys[keys.count - 1].insert(key).inserted else { return true }
    default: break
    }
  }
  return false
}

/// A line held to the rules as they are declared, value by value.
private struct PlainCheck {
  private(set) var facts = LineFacts()
  private(set) var keepsRules = true

  init(_ object: JSONObject) {
    let type = object.text(WireKey.eventType)
    let line = LineKind.declarations.first { line in type.map { sameBytes($0, line.type) } ?? false }
    facts.kind = object[WireKey.eventID] == nil ? .foreign : line?.kind ?? .other
    // What is declared again for a type, with any value, only must be there.
    hold(object, to: LineKind.commonMembers)
    if let line { hold(object, to: line.members) } else { keepsRules = false }
  }

  private mutating func hold(_ object: JSONObject, to members: [DeclaredMember]) {
    for member in members {
      if let value = object[member.name] {
        if !fits(value, member) { keepsRules = false }
      } else if member.isRequired {
        keepsRules = false
      }
    }
  }

  private mutating func fits(_ value: JSONValue, _ member: DeclaredMember) -> Bool {
    switch (member.value, value) {
    case (.any, _), (.text, .string), (.anyObject, .object): return true
    case (.boolean, .bool(let flag)):
      if member.role == .success { facts.success = flag ? 1 : 0 }
      if member.role == .late { facts.isLate = flag }
      return true
    case (.number(let range), .number(let number)): return range.contains(number.double)
    case (.integer(let range), .number(let number)):
      return number.double.isFinite && number.double.rounded() == number.double && range.contains(number.double)
    case (.texts, .array(let elements)):
      return elements.allSatisfy { if case .string = $0 { true } else { false } }
    case (.object(let members), .object(let object)):
      hold(object, to: members)
      return true
    case (.array(let members), .array(let elements)):
      for case .object(let object) in elements { hold(object, to: members) }
      return elements.allSatisfy { if case .object = $0 { true } else { false } }
    case (_, .string(let text)): return fits(Array(text.utf8), member)
    default:
      if member.role == .eventID { facts.event = 1 }
      return false
    }
  }

  private mutating func fits(_ text: [UInt8], _ member: DeclaredMember) -> Bool {
    if member.role == .eventID { facts.event = fingerprint(text) }
    if member.role == .execution { facts.execution = fingerprint(text) }
    let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
    let (lower, upper) = (UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"))
    switch member.value {
    case .timestamp: return isTimestamp(text)
    case .hexadecimal(let count):
      return text.count == count && text.allSatisfy { digits.contains($0) || (0x61...0x66).contains($0) }
    case .identifier(let length):
      func isFirst(_ byte: UInt8) -> Bool { digits.contains(byte) || lower.contains(byte) || upper.contains(byte) }
      return (1...length).contains(text.count) && isFirst(text[0])
        && text.allSatisfy { isFirst($0) || "._:@+-".utf8.contains($0) }
    case .words(let words):
      let place = words.firstIndex { $0.utf8.elementsEqual(text) }
      if member.role == .status, let place { facts.status = UInt8(place) }
      return place != nil
    default: return false
    }
  }

  /// `YYYY-MM-DDThh:mm:ss.ffffff+00:00`.
  private func isTimestamp(_ text: [UInt8]) -> Bool {
    let form = Array("0000-00-00T00:00:00.000000+00:00".utf8)
    guard text.count == form.count else { return false }
    for (place, byte) in text.enumerated() {
      let isDigit = place < 26 && form[place] == UInt8(ascii: "0")
      guard isDigit ? (0x30...0x39).contains(byte) : byte == form[place] else { return false }
    }
    func two(_ place: Int) -> Int { Int(text[place] - 0x30) * 10 + Int(text[place + 1] - 0x30) }
    return (1...12).contains(two(5)) && (1...31).contains(two(8)) && two(11) < 24 && two(14) < 60 && two(17) < 60
  }

  private func fingerprint(_ text: [UInt8]) -> UInt64 {
    let padded = text + repeatElement(0, count: Place.padding)
    return unsafe padded.withUnsafeBytes { bytes in
      bytes.baseAddress.map { unsafe Place($0).hash(text.count) | 1 } ?? 0
    }
  }
}

private func sameBytes(_ one: String, _ other: String) -> Bool { one.utf8.elementsEqual(other.utf8) }
