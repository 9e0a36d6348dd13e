/// A set of ASCII characters, written like a class of a regular expression.
struct ByteSet: Sendable {
  private var low: UInt64 = 0
  private var high: UInt64 = 0

  /// Makes a set of the characters of `members`; `-` between two stands for all from the one to the other.
  init(_ members: StaticString) {
    let range = UInt8(ascii: "-")
    members.withUTF8Buffer { bytes in
      var position = 0
      while position < bytes.count {
        let first = unsafe bytes[position]
        if position + 2 < bytes.count, unsafe bytes[position + 1] == range {
          for byte in unsafe first...bytes[position + 2] { insert(byte) }
          position += 3
        } else {
          insert(first)
          position += 1
        }
      }
    }
  }

  private mutating func insert(_ byte: UInt8) {
    if byte < 64 { low |= 1 << UInt64(byte) } else if byte < 128 { high |= 1 << UInt64(byte - 64) }
  }

  func contains(_ byte: UInt8) -> Bool {
    switch byte {
    case 0..<64: low >> UInt64(byte) & 1 == 1
    case 64..<128: high >> UInt64(byte - 64) & 1 == 1
    default: false
    }
  }

  static let digits = ByteSet("0-9")
  static let letters = ByteSet("a-zA-Z")
  static let lowerCase = ByteSet("a-z")
  static let upperCase = ByteSet("A-Z")
  static let upperOrDigit = ByteSet("A-Z0-9")
  static let hexadecimal = ByteSet("0-9a-fA-F")
  static let alphanumeric = ByteSet("0-9a-zA-Z")
  /// What a regular expression calls a word.
  static let word = ByteSet("0-9a-zA-Z_")
  static let base64 = ByteSet("0-9a-zA-Z+/=")
  static let base64URL = ByteSet("0-9a-zA-Z_-")
  /// Base64 as it stands in URLs and connection strings.
  static let escapedBase64 = ByteSet("0-9a-zA-Z+/=%_-")
  /// What tokens of several parts are made of.
  static let dotted = ByteSet("0-9a-zA-Z_.=-")
  /// A name as configuration files, programs and URLs write it.
  static let name = ByteSet("0-9a-zA-Z_.-")
  static let space = ByteSet(" \t\r\n")
  static let blank = ByteSet(" \t")
  static let quotes = ByteSet("\"'`")
}
