/// What tracing systems of others pass along with a trace, as `TRACESTATE` holds it: an opaque list of keys and values.
public struct TraceState: Hashable, Sendable, CustomStringConvertible {
  private let members: [Substring]

  /// The most members, and the longest list in bytes.
  private static let maximumCount = 32
  private static let maximumLength = 512

  /// Reads a `tracestate`; nil when it is malformed, out of bounds or empty, and then there is none.
  ///
  /// A key that stands twice stays: W3C Trace Context leaves that to the systems that read it.
  public init?(_ text: String) {
    guard text.utf8.count <= Self.maximumLength else { return nil }
    let members = text.split(separator: ",").map { $0.withoutBlanks }.filter { !$0.isEmpty }
    guard (1...Self.maximumCount).contains(members.count), members.allSatisfy({ Self.isMember($0) }) else { return nil }
    self.members = members
  }

  /// The list, without blanks.
  public var description: String { members.joined(separator: ",") }

  private static func isMember(_ member: Substring) -> Bool {
    guard let equals = member.utf8.firstIndex(of: UInt8(ascii: "=")) else { return false }
    return isKey(member[..<equals]) && isValue(member[member.index(after: equals)...])
  }

  /// `key`, or `tenant@system`.
  private static func isKey(_ key: Substring) -> Bool {
    let parts = key.split(separator: "@", omittingEmptySubsequences: false)
    switch parts.count {
    case 1: return isName(key, maximumLength: 256, mayBeginWithDigit: false)
    case 2:
      return isName(parts[0], maximumLength: 241, mayBeginWithDigit: true)
        && isName(parts[1], maximumLength: 14, mayBeginWithDigit: false)
    default: return false
    }
  }

  private static func isName(_ name: Substring, maximumLength: Int, mayBeginWithDigit: Bool) -> Bool {
    guard let first = name.utf8.first, name.utf8.count <= maximumLength else { return false }
    guard ByteSet.lowerCase.contains(first) || (mayBeginWithDigit && ByteSet.digits.contains(first)) else {
      return false
    }
    return name.utf8.allSatisfy { keyCharacters.contains($0) }
  }

  private static let keyCharacters = ByteSet("a-z0-9_*/-")

  /// Printable characters of ASCII but `,` and `=`; the last is no space.
  private static func isValue(_ value: Substring) -> Bool {
    guard let last = value.utf8.last, last != UInt8(ascii: " "), value.utf8.count <= 256 else { return false }
    return value.utf8.allSatisfy { (0x20...0x7E).contains($0) && $0 != UInt8(ascii: "=") && $0 != UInt8(ascii: ",") }
  }
}

extension Substring {
  /// The text without the spaces and tabs around it: the optional white space of HTTP's lists.
  var withoutBlanks: Substring {
    let start = utf8.firstIndex { !ByteSet.blank.contains($0) } ?? endIndex
    guard let last = utf8.lastIndex(where: { !ByteSet.blank.contains($0) }) else { return self[endIndex...] }
    return self[start...last]
  }
}
