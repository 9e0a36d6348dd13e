import TrackCore

// Values of which only their being JSON matters.

extension LineChecker {
  /// Passes a value in `depth` containers, with all it contains.
  @inline(__always) mutating func skipValue(_ start: Place, depth: Int) -> Place? {
    switch start.byte {
    case UInt8(ascii: "\""): return stringEnd(start + 1).map { $0 + 1 }
    case UInt8(ascii: "{"): return object(start, -1, depth: depth + 1)
    case UInt8(ascii: "["): return list(start, depth: depth + 1)
    case UInt8(ascii: "t"): return word(start, "true")
    case UInt8(ascii: "f"): return word(start, "false")
    case UInt8(ascii: "n"): return word(start, "null")
    default: return numberEnd(start)
    }
  }

  private mutating func word(_ start: Place, _ word: StaticString) -> Place? {
    start.matches(word) ? start + word.utf8CodeUnitCount : broken("expected a value", start)
  }

  private mutating func list(_ start: Place, depth: Int) -> Place? {
    guard depth <= JSONScanner.maximumDepth else { return broken("nested deeper than 64 levels", start) }
    var place = skipSpace(start + 1)
    if place.byte == UInt8(ascii: "]") { return place + 1 }
    while true {
      guard let next = skipValue(place, depth: depth) else { return nil }
      place = skipSpace(next)
      if place.byte == UInt8(ascii: "]") { return place + 1 }
      guard place.byte == UInt8(ascii: ",") else { return broken("expected , or ]", place) }
      place = skipSpace(place + 1)
    }
  }

  /// The end of the number at `start`.
  @inline(__always) mutating func numberEnd(_ start: Place) -> Place? {
    var place = start.byte == UInt8(ascii: "-") ? start + 1 : start
    if place.byte == UInt8(ascii: "0") {
      place = place + 1
    } else {
      guard let end = digits(place) else { return broken("expected a value", start) }
      place = end
    }
    if place.byte == UInt8(ascii: ".") {
      guard let end = digits(place + 1) else { return broken("expected a value", start) }
      place = end
    }
    if place.byte | 0x20 == UInt8(ascii: "e") {
      place = place + 1
      if place.byte == UInt8(ascii: "+") || place.byte == UInt8(ascii: "-") { place = place + 1 }
      guard let end = digits(place) else { return broken("expected a value", start) }
      place = end
    }
    return place
  }

  @inline(__always) private func digits(_ start: Place) -> Place? {
    var place = start
    while place.byte &- UInt8(ascii: "0") < 10 { place = place + 1 }
    return place == start ? nil : place
  }

  /// The closing quote of the string whose first byte is at `start`.
  @inline(__always) mutating func stringEnd(_ start: Place) -> Place? {
    let end = start.endOfPlainText
    return end.byte == UInt8(ascii: "\"") ? end : unusualStringEnd(end)
  }

  /// The closing quote of a string that holds more than plain ASCII.
  @inline(never) mutating func unusualStringEnd(_ start: Place) -> Place? {
    var place = start
    while true {
      switch place.byte {
      case UInt8(ascii: "\""): return place
      case UInt8(ascii: "\\"):
        guard let next = escapeEnd(place + 1) else { return broken("a malformed escape", place) }
        place = next
      case 0x80...:
        guard let next = multibyteEnd(place) else { return broken("not valid UTF-8", place) }
        place = next
      case 0x0A: return broken("the text ends too early", place)
      default: return broken("a control character in a string", place)
      }
      place = place.endOfPlainText
    }
  }

  private func escapeEnd(_ place: Place) -> Place? {
    switch place.byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"),
      UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
      return place + 1
    case UInt8(ascii: "u"):
      for digit in 1...4 where hexadecimalDigit((place + digit).byte) == nil { return nil }
      return place + 5
    default: return nil
    }
  }

  /// The end of a well-formed sequence of several bytes (Unicode, table 3-7).
  private func multibyteEnd(_ place: Place) -> Place? {
    let count: Int
    switch (place.byte, (place + 1).byte) {
    case (0xC2...0xDF, 0x80...0xBF): count = 2
    case (0xE0, 0xA0...0xBF), (0xED, 0x80...0x9F), (0xE1...0xEC, 0x80...0xBF), (0xEE...0xEF, 0x80...0xBF): count = 3
    case (0xF0, 0x90...0xBF), (0xF4, 0x80...0x8F), (0xF1...0xF3, 0x80...0xBF): count = 4
    default: return nil
    }
    for rest in 2..<max(count, 2) where (place + rest).byte & 0xC0 != 0x80 { return nil }
    return place + count
  }
}
