/// Names of variables, members and options whose values are secrets.
package enum SecretNames {
  /// What the name says of the value.
  enum Kind {
    /// Whatever the value is, it is a secret.
    case password
    /// The value is a secret unless it is plainly something else.
    case key
    /// Like `key`, but the name is also a word of every parser's messages.
    case token

    /// What takes the value's place is named after this.
    var rule: StaticString { self == .password ? "password" : "secret" }
  }

  /// Whether a value of this name, such as an environment variable's, is a secret.
  package static func matches(_ name: String) -> Bool {
    let text = ScannedText(bytes: Array(name.utf8))
    return kind(text, 0..<text.end) != nil
  }

  /// What the name that stands at `range` says of its value; nil when it says nothing.
  ///
  /// The word must end the name and begin a part of it: `input_tokens`, `tokenizer` and `secretary` are no secrets.
  static func kind(_ text: ScannedText, _ range: Range<Int>) -> Kind? {
    guard text.has(lastLetters, at: range.upperBound - 1) else { return nil }
    let isOption = text[range.lowerBound] == UInt8(ascii: "-")
    for (word, kind) in words where ends(text, range, with: word) { return kind }
    for (word, kind) in optionWords where isOption && ends(text, range, with: word) { return kind }
    // PGPASSWORD and its like: in this word nobody can be mistaken.
    for word in passwords where text.hasWord(word, at: range.upperBound - word.utf8CodeUnitCount) {
      return .password
    }
    return nil
  }

  private static func ends(_ text: ScannedText, _ range: Range<Int>, with word: StaticString) -> Bool {
    let start = range.upperBound - word.utf8CodeUnitCount
    guard start >= range.lowerBound, text.hasWord(word, at: start) else { return false }
    guard start > range.lowerBound else { return true }
    return text.has(partEnds, at: start - 1) || text.beginsWord(at: start)
      || (text.has(.lowerCase, at: start - 1) && text.has(.upperCase, at: start))
  }

  private static let partEnds = ByteSet("._-")
  private static let lastLetters = ByteSet("dDeEtTyYnNlLsShH")
  private static let passwords: [StaticString] = ["password", "passwd"]

  private static let words: [(StaticString, Kind)] = [
    ("password", .password), ("passwd", .password), ("passphrase", .password), ("secret", .password),
    ("apikey", .key), ("api_key", .key), ("api-key", .key),
    ("accesskey", .key), ("access_key", .key), ("access-key", .key),
    ("privatekey", .key), ("private_key", .key), ("private-key", .key),
    ("secretkey", .key), ("secret_key", .key), ("secret-key", .key),
    ("authkey", .key), ("auth_key", .key), ("auth-key", .key),
    ("authtoken", .key), ("accesstoken", .key), ("token", .token),
    ("credential", .token), ("credentials", .token),
  ]

  /// Words that are secrets after a dash only.
  private static let optionWords: [(StaticString, Kind)] = [("pass", .password), ("auth", .key), ("key", .key)]
}
