import Testing
import TrackCore

@Suite("What is said again of an argument")
struct EchoTests {
  @Test("holds no secret, also where it is cut")
  func secrets() {
    let token = "github_pat_11ABCDEFG0aBcDeFgHiJkLmNoPqRsTuVwXyZ0123456789aBcDeFgHiJkLmNoPqRsTuVwXyZ012345678"
    #expect(excerpt(token) == "[REDACTED:github]")
    #expect(excerpt("x \(token)") == "x [REDACTED:github]")
    #expect(
      excerpt("https://app:h0rse_battery_staple_horse_battery@db.internal/")
        == "https://app:[REDACTED:url-password]@db.i…")
    #expect(excerpt("/srv/https:/app:h0rse_battery@db.internal") == "/srv/https:/app:[REDACTED:url-password]@…")
    #expect(excerpt("-----BEGIN PRIVATE KEY-----\nAAAA") == "[REDACTED:private-key]")
  }

  @Test("names paths and people as they were given")
  func names() {
    #expect(excerpt("/home/alice/droid-forge.yaml") == "/home/alice/droid-forge.yaml")
    #expect(excerpt("alice@example.com") == "alice@example.com")
    #expect(excerpt("C:\\Users\\Alice\\x") == "C:\\Users\\Alice\\x")
  }

  @Test("holds no value of the environment, nor what a bound has left of one")
  func environment() {
    let values = SecretValues(["x7Gh2-k9Qp4-mm81", "short"])
    #expect(values.removed(from: "got x7Gh2-k9Qp4-mm81.") == "got [REDACTED:env].")
    #expect(values.removed(from: "got 'x7Gh2-k9Q…'") == "got '[REDACTED:env]…'")
    #expect(values.removed(from: "got x7Gh2-k9Q") == "got [REDACTED:env]")
    #expect(values.removed(from: "got x7Gh2-k9Q or short") == "got x7Gh2-k9Q or short")
  }
}
