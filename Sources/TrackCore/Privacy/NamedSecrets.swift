/// Secrets that are known by what stands before them: a name, an option, a header, a scheme.
struct NamedSecrets {
  let text: ScannedText

  /// The secret after the separator (`=` or `:`) at `position`; its name is looked for before it.
  func afterSeparator(at position: Int) -> Finding? {
    // `::` is a path in several languages, `!=` and `<=` compare.
    guard text[position + 1] != Self.colon || text[position] != Self.colon else { return nil }
    var nameEnd = position
    while nameEnd > 0,
      text[nameEnd - 1] == UInt8(ascii: " ") || text.has(.quotes, at: nameEnd - 1)
        || text[nameEnd - 1] == UInt8(ascii: "\\"), position - nameEnd < 18
    { nameEnd -= 1 }
    let name = text.start(of: .name, before: nameEnd)..<nameEnd
    guard !name.isEmpty else { return nil }
    var start = text.end(of: Self.separators, from: position, limit: 3)
    let spaceEnd = text.end(of: .blank, from: start)
    let inCode = spaceEnd > start
    let inProse = inCode && text[position] == Self.colon
    start = spaceEnd
    if isHeader(endingAt: nameEnd) { return header(from: start) }
    guard let kind = SecretNames.kind(text, name) else { return nil }
    return secret(at: start, of: kind, inProse: inProse, inCode: inCode)
  }

  /// The secret after the option at `position`, as in `--db-password hunter2`.
  func afterOption(at position: Int) -> Finding? {
    guard !text.has(.name, at: position - 1) else { return nil }
    let name = position..<text.end(of: .name, from: position, limit: 64)
    guard name.count > 2, text[name.upperBound] == UInt8(ascii: " "), let kind = SecretNames.kind(text, name) else {
      return nil
    }
    let start = text.end(of: .blank, from: name.upperBound)
    guard text[start] != UInt8(ascii: "-") else { return nil }
    if kind != .password, let value = SecretValue(text, at: start, of: kind),
      value.isWords(text, digitsAllowed: false)
    {
      return nil
    }
    return secret(at: start, of: kind, inProse: false)
  }

  /// The secret after `Bearer`, `Basic` or `token` at `position`.
  func afterScheme(at position: Int) -> Finding? {
    guard text.beginsWord(at: position), let scheme = Self.schemes.first(where: { text.hasWord($0, at: position) })
    else { return nil }
    let schemeEnd = position + scheme.utf8CodeUnitCount
    let start = text.end(of: .space, from: schemeEnd)
    guard start > schemeEnd else { return nil }
    let end = text.end(of: Self.schemeValue, from: start)
    guard end - start >= 16, let value = SecretValue(text, at: start, of: .key), !value.isPath(text),
      !value.isWords(text, digitsAllowed: false)
    else { return nil }
    return Finding(start..<end, rule: "authorization")
  }

  /// The 40 characters that stand near the words `aws` and `secret` or `session`; `position` is at `aws`.
  func nearAWS(at position: Int) -> Finding? {
    guard text.hasWord("aws", at: position), text.beginsWord(at: position) else { return nil }
    let words = position + 3..<min(position + 40, text.end)
    guard let word = words.first(where: { text.hasWord("secret", at: $0) || text.hasWord("session", at: $0) }) else {
      return nil
    }
    var start = word
    while start < min(word + 80, text.end), text[start] != UInt8(ascii: "\n") {
      let end = text.end(of: .base64, from: start)
      if end - start >= 40, text.end(of: .hexadecimal, from: start) < end { return Finding(start..<end, rule: "aws") }
      start = max(end, start + 1)
    }
    return nil
  }

  private static let colon = UInt8(ascii: ":")
  private static let separators = ByteSet(":=>")
  private static let schemes: [StaticString] = ["bearer", "basic", "token"]
  private static let schemeValue = ByteSet("0-9a-zA-Z_=~@.+/-")
  private static let headers: [StaticString] = [
    "authorization", "proxy-authorization", "x-api-key", "cookie", "set-cookie",
  ]

  private func isHeader(endingAt end: Int) -> Bool {
    Self.headers.contains {
      text.hasWord($0, at: end - $0.utf8CodeUnitCount) && text.beginsWord(at: end - $0.utf8CodeUnitCount)
    }
  }

  /// A header's whole value: to its closing quote, or to the end of the line.
  private func header(from start: Int) -> Finding? {
    let quoted = SecretValue(text, at: start, of: .password)
    var end = start
    if let quoted, quoted.isQuoted {
      return text.has("[REDACTED:", at: quoted.range.lowerBound) ? nil : Finding(quoted.range, rule: "header")
    }
    while let byte = text[end], byte != UInt8(ascii: "\n"), byte != UInt8(ascii: "\r"), !ByteSet.quotes.contains(byte) {
      end += 1
    }
    guard end > start, !text.has("[REDACTED:", at: start), !isRemark(start..<end) else { return nil }
    return Finding(start..<end, rule: "header")
  }

  /// Whether a sentence about the header stands in the place of its value, as in `authorization: none needed`.
  private func isRemark(_ range: Range<Int>) -> Bool {
    let wordEnd = text.end(of: .letters, from: range.lowerBound)
    return Self.remarks.contains {
      $0.utf8CodeUnitCount == wordEnd - range.lowerBound && text.hasWord($0, at: range.lowerBound)
    }
      && text.end(of: Self.prose, from: wordEnd) >= range.upperBound
  }

  private static let remarks: [StaticString] = [
    "denied", "failed", "missing", "none", "not", "null", "required", "skipped",
  ]
  private static let prose = ByteSet("a-zA-Z .,")

  private func secret(at start: Int, of kind: SecretNames.Kind, inProse: Bool, inCode: Bool = false) -> Finding? {
    guard let value = SecretValue(text, at: start, of: kind),
      value.isSecret(text, of: kind, inProse: inProse, inCode: inCode)
    else {
      return nil
    }
    return Finding(value.range, rule: kind.rule)
  }
}
