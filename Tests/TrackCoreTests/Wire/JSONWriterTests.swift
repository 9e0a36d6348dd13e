import Testing

@testable import TrackCore

@Suite("JSON writer") struct JSONWriterTests {
  @Test("what acts on terminals or splits lines is escaped")
  func escapes() {
    let scalars: [ClosedRange<UInt32>] = [
      0x00...0x1F, 0x7F...0x9F, 0x061C...0x061C, 0x200E...0x200F, 0x2028...0x202E, 0x2066...0x2069, 0xFEFF...0xFEFF,
    ]
    let short: [UInt32: String] = [8: "\\b", 9: "\\t", 10: "\\n", 12: "\\f", 13: "\\r"]
    for value in scalars.joined() {
      guard let scalar = Unicode.Scalar(value) else { continue }
      let expected = short[value] ?? "\\u\(hexadecimal(UInt64(value), digits: 4))"
      #expect(written("a\(String(scalar))b") == "\"a\(expected)b\"")
    }
    #expect(written("\"\\/") == "\"\\\"\\\\/\"")
  }

  @Test(
    "everything else stands as it is", arguments: ["", "plain", "é€😀", "\u{A0}", "\u{2027}", "\u{202F}", "a b", "{}"])
  func plain(text: String) { #expect(written(text) == "\"\(text)\"") }

  @Test("no written string holds a byte below 0x20 or DEL, and 10 000 random ones read back as they were")
  func roundTrip() throws {
    var generator = SeededGenerator(seed: 4)
    let edges: [UInt32] = [
      0, 0x1F, 0x22, 0x5C, 0x7F, 0x80, 0x9F, 0x2028, 0x202E, 0xD7FF, 0xE000, 0xFEFF, 0xFFFF, 0x10FFFF,
    ]
    for _ in 0..<10_000 {
      var text = ""
      for _ in 0..<Int.random(in: 0...12, using: &generator) {
        let value =
          Bool.random(using: &generator)
          ? edges.randomElement(using: &generator) ?? 0 : .random(in: 0...0x10FFFF, using: &generator)
        if let scalar = Unicode.Scalar(value) { text.unicodeScalars.append(scalar) }
      }
      var writer = JSONWriter()
      writer.value(.object(JSONObject([(key: text, value: .string(text))])))
      #expect(writer.bytes.allSatisfy { $0 >= 0x20 && $0 != 0x7F })
      let member = try #require(try JSONParser.object(writer.bytes).members.first)
      // Swift compares strings by canonical equivalence; their scalars must be the same.
      #expect(Array(member.key.unicodeScalars) == Array(text.unicodeScalars))
      guard case .string(let value) = member.value else {
        Issue.record("no string")
        return
      }
      #expect(Array(value.unicodeScalars) == Array(text.unicodeScalars))
    }
  }

  @Test("members and elements are separated as in the original's logs")
  func spacing() {
    var writer = JSONWriter()
    writer.object { json in
      json.key("a")
      json.array { json in
        json.integer(1)
        json.number(2.5)
        json.bool(true)
        json.object { _ in }
        json.array { _ in }
      }
      json.members(of: ["n": .null, "o": ["k": "v"]])
      json.key("nan")
      json.number(.nan)
    }
    writer.endLine()
    let text = String(decoding: writer.bytes, as: UTF8.self)
    #expect(text == #"{"a": [1, 2.5, true, {}, []], "n": null, "o": {"k": "v"}, "nan": null}"# + "\n")
  }

  @Test(
    "extreme numbers read back as they were",
    arguments: [0, -0.0, 2.5e-300, .greatestFiniteMagnitude, .leastNonzeroMagnitude, 0.1, 1e21, -1.5])
  func doubles(value: Double) throws {
    var writer = JSONWriter()
    writer.number(value)
    guard case .number(let number) = try JSONParser.value(writer.bytes) else {
      Issue.record("no number")
      return
    }
    #expect(number.double == value)
  }
}

private func written(_ text: String) -> String {
  var writer = JSONWriter()
  writer.string(text)
  return String(decoding: writer.bytes, as: UTF8.self)
}
