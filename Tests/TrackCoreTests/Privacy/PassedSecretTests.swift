import Testing

@testable import TrackCore

/// Secrets before the place that a rule found further on.
@Suite("A secret in passing") struct PassedSecretTests {
  private static let token = "ghp_" + "Zk3vR8wLq2Tn5Yb7Xc1Md4Pf6Hj9Gs0AuEiO"

  @Test("a token that is a URL's user goes, and its password, too")
  func userOfURL() throws {
    let redactor = try Redactor(patterns: [], home: nil, secretValues: [])
    #expect(
      redactor.redact("clone https://\(Self.token):x-oauth-basic@github.com/a/b")
        == "clone https://[REDACTED:github]:[REDACTED:url-password]@github.com/a/b")
    #expect(redactor.redact("https://ada:hunter2@host/x") == "https://ada:[REDACTED:url-password]@host/x")
    #expect(redactor.redact("https://token:hunter2@host/x") == "https://token:[REDACTED:url-password]@host/x")
  }

  @Test("a token between the words of another rule goes")
  func betweenWords() throws {
    let redactor = try Redactor(patterns: [], home: nil, secretValues: ["zQ~x9.lantern"])
    let key = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmn"
    #expect(redactor.redact("aws zQ~x9.lantern secret \(key)") == "aws [REDACTED:env] secret [REDACTED:aws]")
  }
}
