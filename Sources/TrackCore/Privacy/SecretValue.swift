/// A value as it stands in a text, and whether it can be a secret.
struct SecretValue {
  /// Where it stands, quotes left out.
  let range: Range<Int>
  let isQuoted: Bool

  /// The value that begins at `start`, of a name of `kind`; nil when there is none.
  ///
  /// A quoted value goes to its closing quote, or to the end of the line where none follows. A password may hold
  /// punctuation that ends every other value.
  init?(_ text: ScannedText, at start: Int, of kind: SecretNames.Kind) {
    var begin = start
    while text[begin] == UInt8(ascii: "\\") { begin += 1 }
    if text.has(.quotes, at: begin), let quote = text[begin] {
      let isEscaped = begin > start
      range = begin + 1..<Self.end(ofQuoted: text, from: begin + 1, quote: quote, isEscaped: isEscaped)
      isQuoted = true
    } else {
      let stops = kind == .password ? Self.passwordStops : Self.valueStops
      var end = start
      while let byte = text[end], !stops.contains(byte) { end += 1 }
      while kind == .password, end > start, text.has(Self.closers, at: end - 1) { end -= 1 }
      range = start..<end
      isQuoted = false
    }
    guard !range.isEmpty else { return nil }
  }

  /// Takes what stands at `range` as the value.
  init(at range: Range<Int>) { (self.range, isQuoted) = (range, true) }

  /// Takes a whole text as the value.
  init(whole text: ScannedText) {
    range = 0..<text.end
    isQuoted = true
  }

  private static let valueStops = ByteSet(" \t\r\n\"'`&<>|,;)]}")
  private static let passwordStops = ByteSet(" \t\r\n\"'`&<>|")
  private static let closers = ByteSet(",;)]}")

  private static func end(ofQuoted text: ScannedText, from start: Int, quote: UInt8, isEscaped: Bool) -> Int {
    var end = start
    while let byte = text[end], byte != UInt8(ascii: "\n") {
      if byte == UInt8(ascii: "\\") {
        if isEscaped, text[end + 1] == quote { return end }
        end += 1
      } else if byte == quote {
        return end
      }
      end += 1
    }
    return min(end, text.end)
  }

  /// Whether the value may be a secret when its name is one of `kind`.
  ///
  /// - Parameters:
  ///   - inProse: the value follows a colon and a space, as words in a message do.
  ///   - inCode: the value follows a sign and a space, as source text does.
  func isSecret(_ text: ScannedText, of kind: SecretNames.Kind, inProse: Bool, inCode: Bool = false) -> Bool {
    guard !isPlaceholder(text), !(inCode && isCall(text, digitsAllowed: kind != .password)) else { return false }
    if kind == .password { return range.count >= (inProse ? 4 : 1) && !(inProse && isProse(text)) }
    guard range.count >= 8 else { return false }
    guard range.count <= 256 else { return true }
    if isNumeric(text) || isPath(text) || isCall(text, digitsAllowed: true) { return false }
    return !(kind == .token && inProse && !isQuoted && isWords(text, digitsAllowed: false))
  }

  /// Whether a sentence goes on here, as after `password: must not be empty`.
  private func isProse(_ text: ScannedText) -> Bool {
    !isQuoted && text[range.upperBound] == UInt8(ascii: " ")
      && Self.proseWords.contains { $0.utf8CodeUnitCount == range.count && text.has($0, at: range.lowerBound) }
  }

  private static let proseWords: [StaticString] = [
    "cannot", "command", "does", "expected", "field", "from", "invalid", "missing", "must", "needs", "should", "value",
    "will",
  ]

  /// Whether it stands for a value: `$TOKEN`, `${TOKEN}`, `<token>`, `***`, `[REDACTED:…]`, a type's name, null.
  private func isPlaceholder(_ text: ScannedText) -> Bool {
    guard let first = text[range.lowerBound] else { return true }
    switch first {
    case UInt8(ascii: "$"), UInt8(ascii: "{"):
      return text.end(of: Self.reference, from: range.lowerBound) >= range.upperBound
    case UInt8(ascii: "*"):
      return text.end(of: Self.stars, from: range.lowerBound) >= range.upperBound
    case UInt8(ascii: "["):
      return text.has("[REDACTED", at: range.lowerBound)
    default:
      return Self.emptyWords.contains {
        $0.utf8CodeUnitCount == range.count && text.hasWord($0, at: range.lowerBound)
      }
    }
  }

  private static let reference = ByteSet("A-Z0-9${}_")
  private static let stars = ByteSet("*")
  private static let emptyWords: [StaticString] = [
    "null", "none", "nil", "undefined", "string", "string?", "str", "optional", "required", "%s",
  ]

  /// A number, with a unit of up to two letters: `48213`, `4.2k`, `120ms`, `3/10`.
  private func isNumeric(_ text: ScannedText) -> Bool {
    guard text.has(.digits, at: range.lowerBound) else { return false }
    let number = text.end(of: Self.number, from: range.lowerBound)
    return range.upperBound - number <= 2 && text.end(of: .letters, from: number) >= range.upperBound
  }

  private static let number = ByteSet("0-9.,_:/%+-")

  /// A path or a URL; base64 has slashes, too, so a path must be made of words.
  func isPath(_ text: ScannedText) -> Bool {
    let start = range.lowerBound
    if Self.pathBeginnings.contains(where: { text.has($0, at: start) }) { return true }
    if text.has(.letters, at: start), text[start + 1] == UInt8(ascii: ":"), text.has(Self.slashes, at: start + 2) {
      return true
    }
    if text[start] == UInt8(ascii: "/") {
      let end = text.end(of: .name, from: start + 1)
      let isTop = Self.topDirectories.contains {
        $0.utf8CodeUnitCount == end - start - 1 && text.has($0, at: start + 1)
      }
      if isTop { return true }
    }
    return text.bytes[range].contains(UInt8(ascii: "/")) && isWords(text, digitsAllowed: true)
  }

  private static let pathBeginnings: [StaticString] = ["./", "../", "~/", "http://", "https://", "file://"]
  private static let slashes = ByteSet("/\\")
  private static let topDirectories: [StaticString] = [
    "Applications", "Library", "Users", "Volumes", "app", "bin", "boot", "data", "dev", "etc", "home", "lib", "media",
    "mnt", "nix", "opt", "private", "proc", "repo", "root", "run", "sbin", "srv", "sys", "tmp", "usr", "var", "work",
    "workspace", "workspaces",
  ]

  /// Source text such as `parser.next()`.
  private func isCall(_ text: ScannedText, digitsAllowed: Bool) -> Bool {
    guard !isQuoted, text.has(.letters, at: range.lowerBound) else { return false }
    let nameEnd = text.end(of: digitsAllowed ? Self.callee : Self.plainCallee, from: range.lowerBound)
    return nameEnd < range.upperBound && text[nameEnd] == UInt8(ascii: "(")
  }

  private static let callee = ByteSet("0-9a-zA-Z_.:?!")
  private static let plainCallee = ByteSet("a-zA-Z_.")

  /// Whether it is made of words: random letters change between cases all the time, words of any style do not.
  func isWords(_ text: ScannedText, digitsAllowed: Bool) -> Bool {
    guard range.count <= 256 else { return false }
    var letters = 0
    var digits = 0
    var parts = 0
    var previous: UInt8 = 0
    for byte in text.bytes[range] {
      if ByteSet.letters.contains(byte) {
        letters += 1
        let isHump = ByteSet.upperCase.contains(byte) && ByteSet.lowerCase.contains(previous)
        if isHump || !ByteSet.letters.contains(previous) { parts += 1 }
      } else if ByteSet.digits.contains(byte) {
        digits += 1
      } else if !Self.joints.contains(byte) {
        return false
      }
      previous = byte
    }
    return parts > 0 && letters * 2 >= parts * 7 && (digits == 0 || (digitsAllowed && digits * 4 <= range.count))
  }

  private static let joints = ByteSet("/._:@-")
}
