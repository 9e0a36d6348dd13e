/// Writes JSON as bytes, member by member.
///
/// The spacing is that of the original's logs (`", "` and `": "`), so that scripts that grep them keep working. Strings
/// escape everything that could act on a terminal or split a line: C0, DEL, C1, U+2028, U+2029 and the bidirectional
/// controls. Foundation's encoder leaves most of these raw.
package struct JSONWriter {
  /// What has been written.
  package private(set) var bytes: [UInt8] = []
  private var needsComma = false

  /// Starts with nothing written.
  package init(capacity: Int = 512) { bytes.reserveCapacity(capacity) }

  /// Forgets what has been written; its room stays.
  package mutating func removeAll() {
    bytes.removeAll(keepingCapacity: true)
    needsComma = false
  }

  /// Writes an object whose members `content` writes.
  package mutating func object(_ content: (inout JSONWriter) -> Void) {
    nested(UInt8(ascii: "{"), UInt8(ascii: "}"), content)
  }

  /// Writes an array whose elements `content` writes.
  package mutating func array(_ content: (inout JSONWriter) -> Void) {
    nested(UInt8(ascii: "["), UInt8(ascii: "]"), content)
  }

  private mutating func nested(_ open: UInt8, _ close: UInt8, _ content: (inout JSONWriter) -> Void) {
    separate()
    bytes.append(open)
    needsComma = false
    content(&self)
    bytes.append(close)
    needsComma = true
  }

  /// Writes a member's key; its value is to follow.
  package mutating func key(_ key: String) {
    separate()
    quote(key)
    bytes.append(UInt8(ascii: ":"))
    bytes.append(UInt8(ascii: " "))
    needsComma = false
  }

  /// Writes a string.
  package mutating func string(_ value: String) {
    separate()
    quote(value)
  }

  /// Writes a point in time, as a string.
  mutating func time(_ time: Timestamp) {
    separate()
    bytes.append(UInt8(ascii: "\""))
    time.write(to: &bytes)
    bytes.append(UInt8(ascii: "\""))
  }

  /// Writes an event's id, as a string.
  mutating func id(_ id: EventID) {
    separate()
    bytes.append(UInt8(ascii: "\""))
    id.write(to: &bytes)
    bytes.append(UInt8(ascii: "\""))
  }

  /// Writes members that were written before.
  mutating func members(_ members: WrittenMembers) {
    guard !members.bytes.isEmpty else { return }
    separate()
    bytes.append(contentsOf: members.bytes)
  }

  /// Writes an integer.
  package mutating func integer(_ value: some FixedWidthInteger) { literal(String(value)) }

  /// Writes a number; one that JSON cannot say is written as null.
  package mutating func number(_ value: Double) { literal(JSONNumber(value)?.text ?? "null") }

  /// Writes true or false.
  package mutating func bool(_ value: Bool) { literal(value ? "true" : "false") }

  /// Writes any value.
  package mutating func value(_ value: JSONValue) {
    switch value {
    case .null: literal("null")
    case .bool(let value): bool(value)
    case .number(let number): literal(number.text)
    case .string(let text): string(text)
    case .array(let elements): array { for element in elements { $0.value(element) } }
    case .object(let members): object { $0.members(of: members) }
    }
  }

  /// Writes the members of `object` into the object that is being written.
  package mutating func members(of object: JSONObject) {
    for member in object.members {
      key(member.key)
      value(member.value)
    }
  }

  /// Writes a line feed, which ends an NDJSON record.
  package mutating func endLine() {
    bytes.append(UInt8(ascii: "\n"))
    needsComma = false
  }

  /// Appends whole lines, as they are.
  mutating func append(lines: [UInt8]) { bytes.append(contentsOf: lines) }

  private mutating func literal(_ text: String) {
    separate()
    bytes.append(contentsOf: text.utf8)
  }

  private mutating func separate() {
    if needsComma {
      bytes.append(UInt8(ascii: ","))
      bytes.append(UInt8(ascii: " "))
    }
    needsComma = true
  }

  private mutating func quote(_ text: String) {
    bytes.append(UInt8(ascii: "\""))
    if !appendPlain(text) {
      for scalar in text.unicodeScalars { escape(scalar) }
    }
    bytes.append(UInt8(ascii: "\""))
  }

  /// Appends a text that needs no escape, which most do not; false, and nothing, for one that does.
  private mutating func appendPlain(_ text: String) -> Bool {
    let letters = text.utf8.span
    for position in letters.indices {
      let letter = letters[position]
      if letter < 0x20 || letter >= 0x7F || letter == UInt8(ascii: "\"") || letter == UInt8(ascii: "\\") {
        return false
      }
    }
    bytes.append(contentsOf: text.utf8)
    return true
  }

  private mutating func escape(_ scalar: Unicode.Scalar) {
    switch scalar.value {
    case 0x22: bytes.append(contentsOf: "\\\"".utf8)
    case 0x5C: bytes.append(contentsOf: "\\\\".utf8)
    case 0x08: bytes.append(contentsOf: "\\b".utf8)
    case 0x09: bytes.append(contentsOf: "\\t".utf8)
    case 0x0A: bytes.append(contentsOf: "\\n".utf8)
    case 0x0C: bytes.append(contentsOf: "\\f".utf8)
    case 0x0D: bytes.append(contentsOf: "\\r".utf8)
    default:
      if scalar.isASCII, scalar.value >= 0x20, scalar.value < 0x7F {
        bytes.append(UInt8(truncatingIfNeeded: scalar.value))
      } else if scalar.actsOnTerminals {
        bytes.append(contentsOf: "\\u".utf8)
        bytes.append(contentsOf: hexadecimal(UInt64(scalar.value), digits: 4).utf8)
      } else {
        bytes.append(contentsOf: UTF8.encode(scalar).map { Array($0) } ?? [])
      }
    }
  }
}

/// Members of an object that are written once, to be put into many.
struct WrittenMembers: Sendable {
  fileprivate let bytes: [UInt8]

  /// Takes the members that `content` writes.
  init(_ content: (inout JSONWriter) -> Void) {
    var writer = JSONWriter()
    content(&writer)
    bytes = writer.bytes
  }
}

extension Unicode.Scalar {
  /// Whether a terminal or a line reader might act on it: C0, DEL, C1, line and paragraph separator, bidi controls.
  package var actsOnTerminals: Bool {
    switch value {
    case 0x00...0x1F, 0x7F...0x9F, 0x061C, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069, 0xFEFF: true
    default: false
    }
  }
}
