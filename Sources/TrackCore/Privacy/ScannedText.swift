/// The bytes of a text that is looked through for secrets.
///
/// Reading beyond either end is allowed and finds nothing.
struct ScannedText {
  let bytes: [UInt8]

  var end: Int { bytes.count }

  subscript(_ position: Int) -> UInt8? { bytes.indices.contains(position) ? bytes[position] : nil }

  /// Whether the byte at `position` is one of `set`.
  func has(_ set: ByteSet, at position: Int) -> Bool { self[position].map { set.contains($0) } ?? false }

  /// Whether `literal` stands at `position`.
  func has(_ literal: [UInt8], at position: Int) -> Bool {
    guard position >= 0, position + literal.count <= end else { return false }
    for offset in literal.indices where bytes[position + offset] != literal[offset] { return false }
    return true
  }

  /// Whether `literal` stands at `position`.
  func has(_ literal: StaticString, at position: Int) -> Bool {
    guard position >= 0, position + literal.utf8CodeUnitCount <= end else { return false }
    return literal.withUTF8Buffer { letters in
      letters.indices.allSatisfy { unsafe bytes[position + $0] == letters[$0] }
    }
  }

  /// Whether `word`, which is lower case, stands at `position` in any case.
  func hasWord(_ word: StaticString, at position: Int) -> Bool {
    guard position >= 0, position + word.utf8CodeUnitCount <= end else { return false }
    return word.withUTF8Buffer { letters in
      letters.indices.allSatisfy { unsafe lowered(bytes[position + $0]) == letters[$0] }
    }
  }

  /// The position after the bytes of `set` from `position` on, at most `limit` of them.
  func end(of set: ByteSet, from position: Int, limit: Int = .max) -> Int {
    var end = position
    while end - position < limit, has(set, at: end) { end += 1 }
    return end
  }

  /// The position of the first of the bytes of `set` that end before `position`, at most `limit` of them.
  func start(of set: ByteSet, before position: Int, limit: Int = 128) -> Int {
    var start = position
    while position - start < limit, has(set, at: start - 1) { start -= 1 }
    return start
  }

  /// Whether a word can begin at `position`.
  ///
  /// A letter before it belongs to no word when it ends an escape.
  func beginsWord(at position: Int) -> Bool {
    guard let before = self[position - 1], ByteSet.word.contains(before) else { return true }
    return endsEscape(before: position)
  }

  /// Whether the letter before `position` ends an escape such as `\n` or a terminal's colour sequence.
  func endsEscape(before position: Int) -> Bool {
    if has("\\u", at: position - 6), start(of: .hexadecimal, before: position, limit: 4) == position - 4 { return true }
    guard has(Self.escapeLetters, at: position - 1) else { return false }
    if self[position - 2] == UInt8(ascii: "\\") { return true }
    guard self[position - 1] == UInt8(ascii: "m") else { return false }
    let bracket = start(of: Self.colourParameters, before: position - 1, limit: 16) - 1
    return self[bracket] == UInt8(ascii: "[")
      && Self.escapes.contains { hasWord($0, at: bracket - $0.utf8CodeUnitCount) }
  }

  private static let colourParameters = ByteSet("0-9;")
  private static let escapeLetters = ByteSet("abfnrtvm")
  /// The character ESC, raw and as texts of source and JSON write it.
  private static let escapes: [StaticString] = ["\u{1B}", "\\u001b", "\\x1b", "\\033", "\\e"]

  private func lowered(_ byte: UInt8) -> UInt8 {
    ByteSet.upperCase.contains(byte) ? byte | 0x20 : byte
  }
}

/// A part of a text that is not to be recorded.
struct Finding: Hashable {
  /// Where it is.
  var range: Range<Int>
  /// What takes its place.
  let replacement: String

  /// A secret that `rule` has found.
  init(_ range: Range<Int>, rule: StaticString) {
    self.range = range
    replacement = "[REDACTED:\(rule)]"
  }

  /// Whether it is a secret rather than a name.
  var isSecret: Bool { replacement.hasPrefix("[REDACTED:") }

  /// Something personal, with what is to be read in its place.
  init(_ range: Range<Int>, replacement: String) {
    self.range = range
    self.replacement = replacement
  }
}
