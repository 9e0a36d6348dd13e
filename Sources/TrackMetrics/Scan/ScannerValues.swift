import TrackCore

// Values that the fold does not want: they are proven to be JSON and passed over.

extension LineScanner {
  /// Passes `literal`; nil when something else stands there.
  @inline(__always) func after(_ position: Cursor, _ literal: StaticString) -> Cursor? {
    position.matches(literal) ? position + literal.utf8CodeUnitCount : nil
  }

  /// Passes spaces, tabs and carriage returns; a line feed is the line's end.
  @inline(__always) func skipSpace(_ start: Cursor) -> Cursor {
    var position = start
    while isSpace(position.byte) { position += 1 }
    return position
  }

  @inline(__always) private func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0D }

  /// Passes the colon between a key and its value.
  @inline(__always) func skipColon(_ start: Cursor) -> Cursor? {
    let colon = skipSpace(start)
    guard colon.byte == UInt8(ascii: ":") else { return nil }
    return skipSpace(colon + 1)
  }

  /// Passes a value in `depth` containers.
  @inline(__always) func skipValue(_ start: Cursor, depth: Int) -> Cursor? {
    switch start.byte {
    case UInt8(ascii: "\""): return skipString(start + 1)
    case UInt8(ascii: "{"), UInt8(ascii: "["): return skipContainer(start, depth: depth)
    default: return skipScalar(start)
    }
  }

  /// Passes a string whose first byte after the quote is at `start`.
  @inline(__always) func skipString(_ start: Cursor) -> Cursor? {
    let end = endOfPlainText(start)
    return end.byte == UInt8(ascii: "\"") ? end + 1 : skipUnusualString(end)?.end
  }

  /// Passes the rest of a string that holds more than plain ASCII; tells whether there are escapes.
  @inline(never)
  func skipUnusualString(_ start: Cursor) -> (end: Cursor, isEscaped: Bool)? {
    var position = start
    var isEscaped = false
    while true {
      switch position.byte {
      case UInt8(ascii: "\""): return (position + 1, isEscaped)
      case UInt8(ascii: "\\"):
        isEscaped = true
        guard let next = skipEscape(position + 1) else { return nil }
        position = next
      case 0x80...:
        guard let next = endOfMultibyte(position) else { return nil }
        position = next
      default: return nil
      }
      position = endOfPlainText(position)
    }
  }

  /// Passes what follows a backslash.
  private func skipEscape(_ position: Cursor) -> Cursor? {
    switch position.byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"),
      UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
      return position + 1
    case UInt8(ascii: "u"):
      for place in 1...4 { guard isHexadecimal((position + place).byte) else { return nil } }
      return position + 5
    default: return nil
    }
  }

  private func isHexadecimal(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"),
      UInt8(ascii: "A")...UInt8(ascii: "F"):
      true
    default: false
    }
  }

  /// Passes a number, `true`, `false` or `null`.
  @inline(__always) func skipScalar(_ start: Cursor) -> Cursor? {
    switch start.byte {
    case UInt8(ascii: "t"): return after(start, "true")
    case UInt8(ascii: "f"): return after(start, "false")
    case UInt8(ascii: "n"): return after(start, "null")
    default: return scanNumber(start).end
    }
  }

  /// Passes an object or array that stands in `outer` containers, with all that it contains.
  @inline(never)
  func skipContainer(_ start: Cursor, depth outer: Int) -> Cursor? {
    var position = start
    var depth = 0
    // One bit a container, the innermost lowest, set for objects; the deepest nesting has as many as the word has bits.
    var objects: UInt64 = 0
    while true {
      let opening = position.byte
      if opening == UInt8(ascii: "{") || opening == UInt8(ascii: "[") {
        guard outer + depth < JSONScanner.maximumDepth else { return nil }
        let isObject = opening == UInt8(ascii: "{")
        let first = skipSpace(position + 1)
        depth += 1
        objects = objects << 1 | (isObject ? 1 : 0)
        if first.byte != (isObject ? UInt8(ascii: "}") : UInt8(ascii: "]")) {
          guard let value = isObject ? skipKey(first) : first else { return nil }
          position = value
          continue
        }
        position = first
      } else {
        guard let end = opening == UInt8(ascii: "\"") ? skipString(position + 1) : skipScalar(position) else {
          return nil
        }
        position = skipSpace(end)
      }
      // Close what is at its end, up to a comma.
      while true {
        let isObject = objects & 1 == 1
        let closing = isObject ? UInt8(ascii: "}") : UInt8(ascii: "]")
        guard position.byte == closing else {
          guard position.byte == UInt8(ascii: ",") else { return nil }
          let next = skipSpace(position + 1)
          guard let value = isObject ? skipKey(next) : next else { return nil }
          position = value
          break
        }
        position += 1
        depth -= 1
        objects >>= 1
        if depth == 0 { return position }
        position = skipSpace(position)
      }
    }
  }

  /// Passes a key, whatever it is, and its colon.
  private func skipKey(_ start: Cursor) -> Cursor? {
    guard start.byte == UInt8(ascii: "\""), let end = skipString(start + 1) else { return nil }
    return skipColon(end)
  }

  /// The number at `start`: its end, nil when there is none, and its value.
  ///
  /// The value is the nearest `Double`: a whole number below 2^53 and a power of ten up to 22 are exact, so that one
  /// division or multiplication of them rounds once (Clinger 1990). Other numbers go the long way.
  @inline(__always) func scanNumber(_ start: Cursor) -> (end: Cursor?, value: Double) {
    var position = start
    let isNegative = position.byte == UInt8(ascii: "-")
    if isNegative { position += 1 }
    let whole = position
    var mantissa: UInt64 = 0
    position = digits(position, &mantissa)
    var count = position - whole
    guard count > 0, count == 1 || whole.byte != UInt8(ascii: "0") else { return (nil, .nan) }
    var places = 0
    if position.byte == UInt8(ascii: ".") {
      let fraction = position + 1
      position = digits(fraction, &mantissa)
      places = position - fraction
      guard places > 0 else { return (nil, .nan) }
      count += places
    }
    let hasExponent = position.byte | 0x20 == UInt8(ascii: "e")
    if hasExponent || count > 15 || places > 15 { return scanLongNumber(start, position, hasExponent) }
    let value = Double(mantissa) / Self.powers[places]
    return (position, isNegative ? -value : value)
  }

  private static let powers: InlineArray<16, Double> = [
    1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
  ]

  @inline(__always)
  private func digits(_ start: Cursor, _ value: inout UInt64) -> Cursor {
    var position = start
    while true {
      let digit = position.byte &- UInt8(ascii: "0")
      guard digit < 10 else { return position }
      value = value &* 10 &+ UInt64(digit)
      position += 1
    }
  }

  /// A number with an exponent or many digits.
  @inline(never)
  private func scanLongNumber(
    _ start: Cursor, _ tail: Cursor, _ hasExponent: Bool
  ) -> (end: Cursor?, value: Double) {
    var position = tail
    if hasExponent {
      position += 1
      if position.byte == UInt8(ascii: "+") || position.byte == UInt8(ascii: "-") { position += 1 }
      var ignored: UInt64 = 0
      let end = digits(position, &ignored)
      guard end > position else { return (nil, .nan) }
      position = end
    }
    let value = JSONNumber(scanned: start.text(position - start)).double
    // What no Double holds is no figure (`JSONObject.number`).
    return (position, value.isFinite ? value : .nan)
  }
}
