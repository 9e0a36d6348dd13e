/// Builds values of JSON texts.
package enum JSONParser {
  /// The value of one whole JSON text; of equal keys the last wins, as in most readers.
  package static func value(
    _ bytes: [UInt8], in range: Range<Int>? = nil, maximumDepth: Int = JSONScanner.maximumDepth
  ) throws(JSONError) -> JSONValue {
    var scanner = JSONScanner(bytes, in: range, maximumDepth: maximumDepth)
    guard let first = try scanner.next() else { throw JSONError(problem: "the text is empty", offset: 0) }
    let value = try build(first, &scanner, bytes)
    guard try scanner.next() == nil else { throw JSONError(problem: "unexpected text after the value", offset: 0) }
    return value
  }

  /// The object that one whole JSON text is.
  package static func object(
    _ bytes: [UInt8], in range: Range<Int>? = nil, maximumDepth: Int = JSONScanner.maximumDepth
  ) throws(JSONError) -> JSONObject {
    guard case .object(let object) = try value(bytes, in: range, maximumDepth: maximumDepth) else {
      throw JSONError(problem: "expected an object", offset: range?.lowerBound ?? 0)
    }
    return object
  }

  private static func build(
    _ token: JSONToken, _ scanner: inout JSONScanner, _ bytes: [UInt8]
  ) throws(JSONError) -> JSONValue {
    switch token {
    case .null: return .null
    case .bool(let value): return .bool(value)
    case .number(let range): return .number(JSONNumber(scanned: String(decoding: bytes[range], as: UTF8.self)))
    case .string(let range, let escaped): return .string(text(bytes, range, escaped: escaped))
    case .beginArray:
      var elements: [JSONValue] = []
      while let token = try scanner.next(), token != .endArray {
        elements.append(try build(token, &scanner, bytes))
      }
      return .array(elements)
    case .beginObject:
      var members: [(key: String, value: JSONValue)] = []
      while case .key(let range, let escaped)? = try scanner.next() {
        guard let token = try scanner.next() else { break }
        members.append((text(bytes, range, escaped: escaped), try build(token, &scanner, bytes)))
      }
      return .object(JSONObject(members))
    case .key, .endObject, .endArray:
      throw JSONError(problem: "expected a value", offset: 0)
    }
  }

  /// The text of a scanned string; an escaped surrogate without its partner becomes U+FFFD.
  package static func text(_ bytes: [UInt8], _ range: Range<Int>, escaped: Bool) -> String {
    guard escaped else { return String(decoding: bytes[range], as: UTF8.self) }
    var units: [UInt8] = []
    units.reserveCapacity(range.count)
    var position = range.lowerBound
    while position < range.upperBound {
      guard bytes[position] == UInt8(ascii: "\\") else {
        units.append(bytes[position])
        position += 1
        continue
      }
      let character = bytes[position + 1]
      position += 2
      switch character {
      case UInt8(ascii: "b"): units.append(0x08)
      case UInt8(ascii: "f"): units.append(0x0C)
      case UInt8(ascii: "n"): units.append(0x0A)
      case UInt8(ascii: "r"): units.append(0x0D)
      case UInt8(ascii: "t"): units.append(0x09)
      case UInt8(ascii: "u"):
        let scalar = unescape(bytes, &position, until: range.upperBound)
        units.append(contentsOf: UTF8.encode(scalar).map { Array($0) } ?? [])
      default: units.append(character)
      }
    }
    return String(decoding: units, as: UTF8.self)
  }

  /// The scalar of a `\u` escape whose four digits begin at `position`, joined with a low surrogate that follows.
  private static func unescape(_ bytes: [UInt8], _ position: inout Int, until end: Int) -> Unicode.Scalar {
    let replacement: Unicode.Scalar = "\u{FFFD}"
    let unit = fourDigits(bytes, position)
    position += 4
    guard (0xD800...0xDBFF).contains(unit) else { return Unicode.Scalar(unit) ?? replacement }
    guard position + 6 <= end, bytes[position] == UInt8(ascii: "\\"), bytes[position + 1] == UInt8(ascii: "u")
    else { return replacement }
    let low = fourDigits(bytes, position + 2)
    guard (0xDC00...0xDFFF).contains(low) else { return replacement }
    position += 6
    return Unicode.Scalar(0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00)) ?? replacement
  }

  private static func fourDigits(_ bytes: [UInt8], _ position: Int) -> UInt32 {
    bytes[position..<position + 4].reduce(0) { $0 << 4 | (hexadecimalDigit($1) ?? 0) }
  }
}
