/// Facts that travel with a trace, as `BAGGAGE` holds them: keys, values and their properties.
///
/// The source is W3C Baggage. Values are kept as they are written, percent-encoded.
public struct Baggage: Hashable, Sendable, CustomStringConvertible {
  /// A key with its value; only a property may be without one.
  struct Entry: Hashable, Sendable {
    var key: String
    var value: String?
  }

  /// An entry and the properties that were given to it.
  struct Member: Hashable, Sendable {
    var entry: Entry
    var properties: [Entry]
  }

  /// The members in their order.
  let members: [Member]

  private static let maximumCount = 64
  private static let maximumLength = 8192

  /// Reads a `baggage`; nil when it is malformed, out of bounds or empty, and then there is none.
  public init?(_ text: String) {
    guard text.utf8.count <= Self.maximumLength else { return nil }
    var members: [Member] = []
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      guard members.count < Self.maximumCount, let member = Self.member(part) else { return nil }
      members.append(member)
    }
    self.members = members
  }

  /// Takes members that are well-formed, the last ones left out where they are too long together; nil when none is left.
  init?(_ members: [Member]) {
    var length = -1
    self.members = Array(
      members.prefix { member in
        length += member.description.utf8.count + 1
        return length <= Self.maximumLength
      })
    if self.members.isEmpty { return nil }
  }

  /// The list, without blanks.
  public var description: String { members.map(\.description).joined(separator: ",") }

  private static func member(_ text: Substring) -> Member? {
    var entries = text.split(separator: ";", omittingEmptySubsequences: false).map { entry($0) }[...]
    guard let first = entries.popFirst(), let entry = first, entry.value != nil else { return nil }
    let properties = entries.compactMap { $0 }
    return properties.count == entries.count ? Member(entry: entry, properties: properties) : nil
  }

  private static func entry(_ text: Substring) -> Entry? {
    let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(\.withoutBlanks)
    guard let key = parts.first, !key.isEmpty, key.utf8.allSatisfy({ tokenCharacters.contains($0) }) else { return nil }
    guard parts.count == 2 else { return Entry(key: String(key), value: nil) }
    guard parts[1].utf8.allSatisfy({ Self.isValueByte($0) }) else { return nil }
    return Entry(key: String(key), value: String(parts[1]))
  }

  private static let tokenCharacters = ByteSet("a-zA-Z0-9!#$%&'*+.^_`|~-")

  /// Printable ASCII but space, `"`, `,`, `;` and `\`.
  fileprivate static func isValueByte(_ byte: UInt8) -> Bool {
    (0x21...0x7E).contains(byte) && !reserved.contains(byte)
  }

  private static let reserved = ByteSet("\",;\\")
}

extension Baggage.Entry {
  /// The value as a text; what is no percent-encoding stands for itself.
  var text: String? {
    guard let value else { return nil }
    var bytes: [UInt8] = []
    var rest = value.utf8[...]
    while let byte = rest.popFirst() {
      let digits = rest.prefix(2)
      if byte == UInt8(ascii: "%"), digits.count == 2,
        let code = number(ofHexadecimal: Substring(digits).lowercased()[...].utf8)
      {
        bytes.append(UInt8(code))
        rest = rest.dropFirst(2)
      } else {
        bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The same entry with another text.
  func with(text: String) -> Baggage.Entry {
    var value: [UInt8] = []
    for byte in text.utf8 {
      if Baggage.isValueByte(byte), byte != UInt8(ascii: "%") {
        value.append(byte)
      } else {
        value += "%\(hexadecimal(UInt64(byte), digits: 2))".uppercased().utf8
      }
    }
    return Baggage.Entry(key: key, value: String(decoding: value, as: UTF8.self))
  }

  fileprivate var description: String { value.map { "\(key)=\($0)" } ?? key }
}

extension Baggage.Member {
  fileprivate var description: String { ([entry] + properties).map(\.description).joined(separator: ";") }
}
