/// What an expression costs the system's `regcomp`, which copies what is repeated as often as it may be.
///
/// A configuration comes with the project and may be anybody's: `a{1,32000}` alone takes gigabytes, and a reference to a
/// group (`\1`) takes time without end while matching.
struct PatternCost {
  /// The longest expressions, all of one configuration together, in bytes.
  static let maximumLength = 4096
  /// The most copies that their repetitions may ask for, all together, in characters of the expressions.
  static let maximumCopies = 256

  /// The copies that the repetitions ask for; never more than a little above the maximum.
  private(set) var copies = 0
  /// Whether it refers to one of its groups.
  private(set) var hasReference = false

  /// Looks through `pattern` without judging whether it is well-formed.
  init(_ pattern: String) {
    let bytes = Array(pattern.utf8)
    var groups = [0]
    var atom = 0
    var position = 0
    while position < bytes.count {
      let byte = bytes[position]
      position += 1
      switch byte {
      case UInt8(ascii: "("):
        groups.append(0)
        continue
      case UInt8(ascii: ")") where groups.count > 1: atom = groups.removeLast() + 1
      case UInt8(ascii: "{"):
        // What is no bound is an ordinary character, or an error that the system tells.
        let bound = Self.bound(bytes, &position) ?? 2
        let added = min(atom * max(bound - 1, 0), Self.maximumCopies + 1)
        copies = min(copies + added, Self.maximumCopies + 1)
        groups[groups.count - 1] += added
        atom += added
        continue
      case UInt8(ascii: "\\"):
        if position < bytes.count, ByteSet.digits.contains(bytes[position]) { hasReference = true }
        position += 1
        atom = 1
      case UInt8(ascii: "["):
        position = Self.end(ofBracket: bytes, from: position)
        atom = 1
      case UInt8(ascii: "*"), UInt8(ascii: "+"), UInt8(ascii: "?"): continue
      default: atom = 1
      }
      groups[groups.count - 1] += atom
    }
  }

  /// The larger number of `m}`, `m,}`, `m,n}` or `,n}` at `position`, which moves behind it; nil when that is no bound.
  private static func bound(_ bytes: [UInt8], _ position: inout Int) -> Int? {
    guard let close = bytes[position...].firstIndex(of: UInt8(ascii: "}")) else { return nil }
    let numbers = bytes[position..<close].split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
    guard numbers.count <= 2, numbers.allSatisfy({ $0.allSatisfy { ByteSet.digits.contains($0) } }) else { return nil }
    position = close + 1
    return numbers.map { $0.reduce(0) { min($0 * 10 + Int($1 - UInt8(ascii: "0")), 100_000) } }.max()
  }

  /// The position after the bracket expression whose first member is at `position`; a `]` that comes first is a member.
  private static func end(ofBracket bytes: [UInt8], from position: Int) -> Int {
    var end = position
    if end < bytes.count, bytes[end] == UInt8(ascii: "^") { end += 1 }
    if end < bytes.count, bytes[end] == UInt8(ascii: "]") { end += 1 }
    while end < bytes.count, bytes[end] != UInt8(ascii: "]") {
      let opens = bytes[end] == UInt8(ascii: "[") && end + 1 < bytes.count
      if opens, [UInt8(ascii: ":"), UInt8(ascii: "."), UInt8(ascii: "=")].contains(bytes[end + 1]) {
        let mark = bytes[end + 1]
        end += 2
        while end + 1 < bytes.count, bytes[end] != mark || bytes[end + 1] != UInt8(ascii: "]") { end += 1 }
        end += 2
      } else {
        end += 1
      }
    }
    return end + 1
  }
}
