import Testing

@testable import TrackCore

/// Cases in the manner of JSONTestSuite: `y` must be taken, `n` must be refused.
private let accepted = [
  "[]", "{}", "[[]]", "[{}]", "{\"a\":[]}", " [] ", "\t[\n]\r", "[1]", "[1,2]", "[ 1 , 2 ]", "null", "true", "false",
  "0", "-0",
  "1", "-1", "10", "1.5", "-0.5", "1e1", "1E1", "1e+1", "1e-1", "0e0", "0.0e-0", "1.25e+10",
  "123456789012345678901234567890",
  "1e999", "\"\"", "\"a\"", "\"\\\"\"", "\"\\\\\"", "\"\\/\"", "\"\\b\\f\\n\\r\\t\"", "\"\\u0041\"",
  "\"\\uD83D\\uDE00\"",
  "\"\\ud800\"", "\"\\udc00\\ud800\"", "\"\\u0000\"", "\"é€😀\"", "\"\u{7F}\"", "\"\u{2028}\"", "{\"\":0}",
  "{\"a\":1,\"a\":2}",
  "{\"a\" : 1 , \"b\" : [ null ]}", "[\"\\u005C\"]", "[[[[[[[[1]]]]]]]]", "{\"a\":{\"b\":{\"c\":{}}}}", "\"\u{FFFF}\"",
]

private let refused = [
  "", " ", "\n", "[", "]", "{", "}", "[1", "[1,", "[1,]", "[,1]", "[,]", "[1,,2]", "[1 2]", "[1]]", "[}", "{]",
  "{\"a\"",
  "{\"a\":", "{\"a\":}", "{\"a\":1,}", "{,}", "{\"a\" 1}", "{\"a\"::1}", "{\"a\":1 \"b\":2}", "{a:1}", "{1:1}",
  "{'a':1}",
  "{\"a\":1}}", "{\"a\":1};", "{null:1}", "{[]:1}", "nul", "nulll", "True", "NULL", "truee", "tru", "nan", "NaN",
  "Infinity",
  "-Infinity", "-", "+1", "01", "-01", "00", "1.", ".5", "-.5", "1.e1", "1e", "1e+", "1E-", "0x1", "1_000", "1,5",
  "1 2",
  "--1", "1.2.3", "1e1.5", "１", "\"", "\"a", "\"\\", "\"\\\"", "\"\\x\"", "\"\\u\"", "\"\\u12\"", "\"\\u123g\"",
  "\"\\U0041\"", "\"\\'\"", "\"a\nb\"", "\"a\tb\"", "\"a\0b\"", "'a'", "a", "\"a\"\"b\"", "[\"a\"", "[\"a\":1]",
  "/**/1",
  "1//", "#1", "\u{FEFF}1", "\u{FEFF}[]", "\u{A0}1", "[1]\0", "{}{}", "[][]", "<1>", "[1\u{B}]", "[\u{C}]", "\\u0031",
]

@Suite("JSON scanner") struct JSONScannerTests {
  @Test("taken", arguments: accepted)
  func taken(text: String) throws {
    let value = try JSONParser.value(Array(text.utf8))
    #expect(try JSONParser.value(written(value)) == value)
  }

  @Test("refused", arguments: refused)
  func refusal(text: String) {
    #expect(throws: JSONError.self) { try JSONParser.value(Array(text.utf8)) }
  }

  @Test("every byte as a text of its own: only the ten digits are one")
  func everyByte() {
    for byte in UInt8.min...UInt8.max {
      let value = try? JSONParser.value([byte])
      let isDigit = (0x30...0x39).contains(byte)
      #expect((value != nil) == isDigit, "byte \(byte)")
    }
  }

  @Test("every byte within a string: controls, the quote, the backslash and what is no UTF-8 are refused")
  func everyByteInString() {
    for byte in UInt8.min...UInt8.max {
      let value = try? JSONParser.value([0x22, 0x61, byte, 0x61, 0x22])
      let isPlain = (0x20..<0x80).contains(byte) && byte != 0x22 && byte != 0x5C
      #expect((value != nil) == isPlain, "byte \(byte)")
    }
  }

  @Test("every pair of bytes above 0x7F is a character exactly where Swift says so")
  func everyPair() {
    for first in UInt8(0x80)...0xFF {
      for second in UInt8(0x80)...0xFF {
        let isCharacter = String(validating: [first, second], as: UTF8.self) != nil
        let isTaken = (try? JSONParser.value([0x22, first, second, 0x22])) != nil
        guard isTaken == isCharacter else {
          Issue.record("\(first) \(second)")
          return
        }
      }
    }
  }

  @Test("ill-formed sequences of three and four bytes")
  func illFormed() {
    for sequence: [UInt8] in [
      [0xE0, 0x80, 0x80], [0xE0, 0x9F, 0xBF], [0xED, 0xA0, 0x80], [0xED, 0xBF, 0xBF], [0xF0, 0x80, 0x80, 0x80],
      [0xF0, 0x8F, 0xBF, 0xBF], [0xF4, 0x90, 0x80, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xE2, 0x82], [0xF0, 0x9F, 0x98],
      [0xE2, 0x82, 0x22], [0xC2], [0xFE], [0xE2, 0x28, 0xA1], [0xF0, 0x9F, 0x28, 0x80],
    ] {
      #expect(throws: JSONError.self) { try JSONParser.value([0x22] + sequence + [0x22]) }
      #expect(throws: JSONError.self) { try JSONParser.value([0x22] + sequence) }
    }
  }

  @Test("surrogates: pairs are joined, one without its partner is U+FFFD and eats nothing")
  func surrogates() throws {
    let cases = [
      ("\\uD83D\\uDE00", "😀"), ("\\ud83d\\ude00", "😀"), ("\\uD83D", "\u{FFFD}"), ("\\uDE00", "\u{FFFD}"),
      ("\\uD83Dx", "\u{FFFD}x"), ("\\uD83D\\u0041", "\u{FFFD}A"), ("\\uD83D\\uD83D\\uDE00", "\u{FFFD}😀"),
      ("\\uDE00\\uD83D", "\u{FFFD}\u{FFFD}"), ("\\uD83D\\n", "\u{FFFD}\n"), ("\\uDBFF\\uDFFF", "\u{10FFFF}"),
      ("\\u0000", "\0"), ("\\uFFFF", "\u{FFFF}"),
    ]
    for (escaped, expected) in cases {
      #expect(try JSONParser.value(Array("\"\(escaped)\"".utf8)) == .string(expected), "\(escaped)")
    }
  }

  @Test("nesting is taken to the limit and refused beyond, 10 000 levels without a crash")
  func depth() throws {
    for open in ["[", "{\"a\":"] {
      let close = open == "[" ? "]" : "}"
      func nested(_ levels: Int) -> [UInt8] {
        Array((String(repeating: open, count: levels) + "1" + String(repeating: close, count: levels)).utf8)
      }
      #expect(throws: Never.self) { try JSONParser.value(nested(64)) }
      for levels in [65, 10_000, 1_000_000] {
        let error = #expect(throws: JSONError.self) { try JSONParser.value(nested(levels)) }
        #expect(error?.problem == "nested deeper than 64 levels")
      }
    }
  }

  @Test("no prefix of a document is a document, and no change of a byte crashes the reader")
  func prefixes() throws {
    let document = Array(
      #"{"a": [1, -2.5e+3, true, false, null, "x\u00e9\uD83D\uDE00\n"], "é": {"b": {}, "c": []}, "s": "😀"}"#.utf8)
    let whole = try JSONParser.object(document)
    #expect(whole.members.map(\.key) == ["a", "é", "s"])
    for length in 0..<document.count {
      #expect(throws: JSONError.self, "\(length) bytes") { try JSONParser.value(Array(document[..<length])) }
    }
    var taken = 0
    for position in document.indices {
      for bit in 0..<8 {
        var damaged = document
        damaged[position] ^= 1 << UInt8(bit)
        guard let value = try? JSONParser.value(damaged) else { continue }
        taken += 1
        #expect(try JSONParser.value(written(value)) == value)
      }
    }
    #expect(taken > 0)
  }

  @Test("a range of a text is read as if it stood alone")
  func range() throws {
    let text = Array("junk{\"a\":1}junk".utf8)
    #expect(try JSONParser.object(text, in: 4..<11) == ["a": 1])
    #expect(throws: JSONError.self) { try JSONParser.object(text, in: 4..<10) }
    #expect(throws: JSONError.self) { try JSONParser.object(text, in: 4..<12) }
    #expect(throws: JSONError.self) { try JSONParser.object(text, in: 4..<4) }
  }

  @Test("a value is passed over with all it contains")
  func skipping() throws {
    let text = Array(#"{"skip":[{"a":[1,"]"]},"}"],"key":7}"#.utf8)
    var scanner = JSONScanner(text)
    #expect(try scanner.next() == .beginObject)
    _ = try scanner.next()
    try scanner.skipValue()
    guard case .key(let range, _)? = try scanner.next() else {
      Issue.record("no key after the value")
      return
    }
    #expect(String(decoding: text[range], as: UTF8.self) == "key")
  }
}

private func written(_ value: JSONValue) -> [UInt8] {
  var writer = JSONWriter()
  writer.value(value)
  return writer.bytes
}
