/// Secrets with a frame of their own: private keys, JSON web tokens and URLs with credentials.
struct EmbeddedSecrets {
  let text: ScannedText

  /// The private key whose first line begins at `position`, to the end of its last line or of the text.
  func privateKey(at position: Int) -> Finding? {
    let (begin, last): (StaticString, StaticString) = ("-----BEGIN", "-----END")
    guard text.has(begin, at: position) else { return nil }
    let label = text.end(of: Self.label, from: position + begin.utf8CodeUnitCount, limit: 120)
    guard (position..<label).contains(where: { text.has("PRIVATE KEY", at: $0) }) else { return nil }
    var end = label
    while end < text.end, !text.has(last, at: end) { end += 1 }
    if end < text.end { end = text.end(of: Self.label, from: end + last.utf8CodeUnitCount, limit: 120) }
    return Finding(position..<end, rule: "private-key")
  }

  private static let label = ByteSet("A-Z0-9 _-")

  /// The JSON web token (RFC 7519) whose first dot stands at `position`: three parts of base64url, the first two JSON
  /// objects, which begin with `ey`.
  func webToken(at position: Int) -> Finding? {
    guard text.has(".ey", at: position) else { return nil }
    let claims = text.end(of: .escapedBase64, from: position + 1)
    guard claims - position >= Self.shortestPart + 1, text[claims] == UInt8(ascii: ".") else { return nil }
    let headers = text.start(of: .base64URL, before: position, limit: 4096)..<position
    let start = headers.first { text.has("ey", at: $0) && text.beginsWord(at: $0) }
    guard let start, position - start >= Self.shortestPart else { return nil }
    return Finding(start..<text.end(of: .escapedBase64, from: claims + 1), rule: "jwt")
  }

  private static let shortestPart = 19

  /// The password in the URL whose `://` begins at `position`.
  ///
  /// Without a colon the user's name may itself be a token; then it is long and no name. A path that was made plain has
  /// one slash left.
  func urlPassword(at position: Int) -> Finding? {
    guard text.has(":/", at: position), text.has(.letters, at: position - 1) else { return nil }
    let start = text.end(of: Self.slash, from: position + 1, limit: 2)
    var authorityEnd = start
    while authorityEnd - start < 1024, let byte = text[authorityEnd], !Self.authorityStops.contains(byte) {
      authorityEnd += 1
    }
    let authority = text.bytes[start..<min(authorityEnd, text.end)]
    guard let at = authority.lastIndex(of: UInt8(ascii: "@")), !text.has("[REDACTED:", at: start) else { return nil }
    if let colon = authority.firstIndex(of: UInt8(ascii: ":")), colon < at {
      guard colon + 1 < at, !text.has("[REDACTED:", at: colon + 1) else { return nil }
      return Finding(colon + 1..<at, rule: "url-password")
    }
    let user = start..<at
    guard user.count >= 20, user.contains(where: { text.has(.digits, at: $0) }) else { return nil }
    return Finding(user, rule: "url-user")
  }

  private static let slash = ByteSet("/")
  private static let authorityStops = ByteSet(" \t\r\n\"'`<>/?#\\")
}
