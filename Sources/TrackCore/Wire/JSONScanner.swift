/// A JSON text that RFC 8259 does not allow, or one beyond our bounds.
package struct JSONError: Error, Hashable, Sendable {
  /// What is wrong.
  package let problem: String
  /// Where, in bytes from the beginning of the text.
  package let offset: Int

  /// Makes an error of its parts.
  package init(problem: String, offset: Int) {
    self.problem = problem
    self.offset = offset
  }
}

/// One piece of a JSON text.
///
/// Ranges are byte offsets; those of strings and keys leave out the quotes.
package enum JSONToken: Equatable {
  case beginObject, endObject
  case beginArray, endArray
  case key(Range<Int>, escaped: Bool)
  case string(Range<Int>, escaped: Bool)
  case number(Range<Int>)
  case bool(Bool)
  case null
}

/// Takes one JSON text apart, strictly by RFC 8259, without building anything.
///
/// Strings must be valid UTF-8. Calling `next()` until it returns nil proves that the text is one whole JSON value.
package struct JSONScanner {
  /// The deepest nesting accepted by default; Python's reader gives up near 1 000, a human long before 64.
  package static let maximumDepth = 64

  private let bytes: [UInt8]
  private let end: Int
  private var position: Int
  private let maximumDepth: Int
  /// One element an open container, true for an object.
  private var containers: [Bool] = []
  private var expectation = Expectation.value

  private enum Expectation {
    case value, valueOrEndArray, keyOrEndObject, key, commaOrEnd, nothing
  }

  /// Scans `bytes[range]`, or all of `bytes`.
  package init(_ bytes: [UInt8], in range: Range<Int>? = nil, maximumDepth: Int = JSONScanner.maximumDepth) {
    self.bytes = bytes
    position = range?.lowerBound ?? 0
    end = range?.upperBound ?? bytes.count
    self.maximumDepth = maximumDepth
  }

  /// The number of containers that are open.
  package var depth: Int { containers.count }

  /// Where the token that was read last ends, in bytes from the beginning of `bytes`.
  package var offset: Int { position }

  /// The next token; nil at the end of the text.
  package mutating func next() throws(JSONError) -> JSONToken? {
    skipSpace()
    switch expectation {
    case .nothing:
      guard position == end else { throw error("unexpected text after the value") }
      return nil
    case .commaOrEnd:
      return try afterElement()
    case .key, .keyOrEndObject:
      return try keyOrEnd(mayEnd: expectation == .keyOrEndObject)
    case .value, .valueOrEndArray:
      if expectation == .valueOrEndArray, peek() == UInt8(ascii: "]") { return close(.endArray) }
      return try value()
    }
  }

  /// Passes over the value that comes next, with all it contains.
  package mutating func skipValue() throws(JSONError) {
    let outside = depth
    repeat {
      guard try next() != nil else { throw error("the text ends too early") }
    } while depth > outside
  }

  private mutating func afterElement() throws(JSONError) -> JSONToken? {
    guard let inObject = containers.last else { throw error("unexpected text after the value") }
    switch peek() {
    case UInt8(ascii: ","):
      position += 1
      expectation = inObject ? .key : .value
      return try next()
    case UInt8(ascii: "}") where inObject: return close(.endObject)
    case UInt8(ascii: "]") where !inObject: return close(.endArray)
    case nil: throw error("the text ends too early")
    default: throw error(inObject ? "expected , or }" : "expected , or ]")
    }
  }

  private mutating func keyOrEnd(mayEnd: Bool) throws(JSONError) -> JSONToken {
    switch peek() {
    case UInt8(ascii: "}") where mayEnd: return close(.endObject)
    case UInt8(ascii: "\""):
      let (range, escaped) = try scanString()
      skipSpace()
      guard peek() == UInt8(ascii: ":") else { throw error("expected :") }
      position += 1
      expectation = .value
      return .key(range, escaped: escaped)
    case nil: throw error("the text ends too early")
    default: throw error("expected a key")
    }
  }

  private mutating func value() throws(JSONError) -> JSONToken {
    guard let byte = peek() else { throw error("the text ends too early") }
    switch byte {
    case UInt8(ascii: "{"): return try open(.beginObject, isObject: true)
    case UInt8(ascii: "["): return try open(.beginArray, isObject: false)
    case UInt8(ascii: "\""):
      let (range, escaped) = try scanString()
      finishValue()
      return .string(range, escaped: escaped)
    case UInt8(ascii: "t"): return try word("true", .bool(true))
    case UInt8(ascii: "f"): return try word("false", .bool(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    default:
      let range = try scanNumber()
      finishValue()
      return .number(range)
    }
  }

  private mutating func open(_ token: JSONToken, isObject: Bool) throws(JSONError) -> JSONToken {
    guard containers.count < maximumDepth else { throw error("nested deeper than \(maximumDepth) levels") }
    containers.append(isObject)
    position += 1
    expectation = isObject ? .keyOrEndObject : .valueOrEndArray
    return token
  }

  private mutating func close(_ token: JSONToken) -> JSONToken {
    containers.removeLast()
    position += 1
    finishValue()
    return token
  }

  private mutating func finishValue() {
    expectation = containers.isEmpty ? .nothing : .commaOrEnd
  }

  private mutating func word(_ word: String, _ token: JSONToken) throws(JSONError) -> JSONToken {
    for byte in word.utf8 {
      guard peek() == byte else { throw error("expected a value") }
      position += 1
    }
    finishValue()
    return token
  }

  private mutating func scanNumber() throws(JSONError) -> Range<Int> {
    let start = position
    if peek() == UInt8(ascii: "-") { position += 1 }
    if peek() == UInt8(ascii: "0") { position += 1 } else { try scanDigits() }
    if peek() == UInt8(ascii: ".") {
      position += 1
      try scanDigits()
    }
    if peek() == UInt8(ascii: "e") || peek() == UInt8(ascii: "E") {
      position += 1
      if peek() == UInt8(ascii: "+") || peek() == UInt8(ascii: "-") { position += 1 }
      try scanDigits()
    }
    return start..<position
  }

  private mutating func scanDigits() throws(JSONError) {
    let start = position
    while let byte = peek(), byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") { position += 1 }
    guard position > start else { throw error(position == end ? "the text ends too early" : "expected a value") }
  }

  private mutating func scanString() throws(JSONError) -> (Range<Int>, escaped: Bool) {
    position += 1
    let start = position
    var escaped = false
    while let byte = peek() {
      switch byte {
      case UInt8(ascii: "\""):
        position += 1
        return (start..<position - 1, escaped)
      case UInt8(ascii: "\\"):
        escaped = true
        try scanEscape()
      case 0..<0x20: throw error("a control character in a string")
      case 0x20..<0x80: position += 1
      default: try scanMultibyte()
      }
    }
    throw error("the text ends too early")
  }

  private mutating func scanEscape() throws(JSONError) {
    position += 1
    switch peek() {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"),
      UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
      position += 1
    case UInt8(ascii: "u"):
      position += 1
      for _ in 0..<4 {
        guard let byte = peek(), hexadecimalDigit(byte) != nil else { throw error("a malformed \\u escape") }
        position += 1
      }
    default: throw error("a malformed escape")
    }
  }

  /// One character of two to four bytes, by the table of well-formed sequences (Unicode, table 3-7).
  private mutating func scanMultibyte() throws(JSONError) {
    let lead = bytes[position]
    let second: ClosedRange<UInt8>
    let count: Int
    switch lead {
    case 0xC2...0xDF: (second, count) = (0x80...0xBF, 2)
    case 0xE0: (second, count) = (0xA0...0xBF, 3)
    case 0xED: (second, count) = (0x80...0x9F, 3)
    case 0xE1...0xEF: (second, count) = (0x80...0xBF, 3)
    case 0xF0: (second, count) = (0x90...0xBF, 4)
    case 0xF4: (second, count) = (0x80...0x8F, 4)
    case 0xF1...0xF3: (second, count) = (0x80...0xBF, 4)
    default: throw error("not valid UTF-8")
    }
    guard position + count <= end, second.contains(bytes[position + 1]),
      bytes[position + 2..<position + max(count, 2)].allSatisfy({ (0x80...0xBF).contains($0) })
    else { throw error("not valid UTF-8") }
    position += count
  }

  private mutating func skipSpace() {
    while let byte = peek(), byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { position += 1 }
  }

  private func peek() -> UInt8? { position < end ? bytes[position] : nil }

  private func error(_ problem: String) -> JSONError { JSONError(problem: problem, offset: position) }
}

/// The value of a hexadecimal digit; nil when `byte` is none.
package func hexadecimalDigit(_ byte: UInt8) -> UInt32? {
  switch byte {
  case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(byte - UInt8(ascii: "0"))
  case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt32(byte - UInt8(ascii: "a") + 10)
  case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt32(byte - UInt8(ascii: "A") + 10)
  default: nil
  }
}
