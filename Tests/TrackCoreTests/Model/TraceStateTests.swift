import Testing

@testable import TrackCore

@Suite("tracestate and baggage") struct TraceStateTests {
  private static let z256 = String(repeating: "z", count: 256)
  private static let t241 = String(repeating: "t", count: 241)
  private static let v14 = String(repeating: "v", count: 14)
  private static let members = (1...32).map { "bar\($0)=\($0)" }.joined(separator: ",")

  @Test(
    "a tracestate is kept, without blanks and empty members",
    arguments: [
      ("foo=1", "foo=1"), ("foo=1,bar=2", "foo=1,bar=2"), ("foo=1 \t , \t bar=2, \t baz=3", "foo=1,bar=2,baz=3"),
      ("foo=1,", "foo=1"), (",foo=1,,bar=2", "foo=1,bar=2"), ("foo=1 ", "foo=1"), ("foo= 1", "foo= 1"),
      ("foo=1,foo=2", "foo=1,foo=2"), (members, members), ("\(z256)=1", "\(z256)=1"),
      ("\(t241)@\(v14)=1", "\(t241)@\(v14)=1"),
      ("0tenant@system=1", "0tenant@system=1"), ("a-z_0*/9=~!", "a-z_0*/9=~!"),
      ("foo=\(z256.dropFirst())x", "foo=\(z256.dropFirst())x"),
    ])
  func state(text: String, written: String) {
    #expect(TraceState(text)?.description == written)
    #expect(TraceState(written)?.description == written)
  }

  @Test(
    "a malformed tracestate is nothing",
    arguments: [
      "", ",", " ", "foo", "foo=", "foo= ", "=1", "foo =1", "FOO=1", "foo.bar=1", "foo@=1,bar=2", "@foo=1",
      "foo@@bar=1",
      "foo@bar@baz=1", "0foo=1", "foo@0=1", "z\(z256)=1", "t\(t241)@v=1", "t@v\(v14)=1", "foo=bar=baz", "foo=,bar=3",
      "foo=\(z256)x", "foo=é", "foo=\u{1B}[0m", "foo=1\0", "foo=1\nbar=2", "foo=1;bar=2,é=1", "\(members),bar33=33",
      (0..<9).map { "k\($0)=\(z256.prefix(60))" }.joined(separator: ","),
    ])
  func malformedState(text: String) { #expect(TraceState(text) == nil) }

  @Test(
    "a baggage is kept, without blanks",
    arguments: [
      ("user=alice", "user=alice"), (" a = 1 ; p = 2 ; q , b = 2 ", "a=1;p=2;q,b=2"), ("a=", "a="), ("a=1=2", "a=1=2"),
      ("!#$%&'*+-.^_`|~9aZ=x", "!#$%&'*+-.^_`|~9aZ=x"), ("a=%C3%A9%20x", "a=%C3%A9%20x"), ("a=%zz%", "a=%zz%"),
    ])
  func baggage(text: String, written: String) {
    #expect(Baggage(text)?.description == written)
    #expect(Baggage(written) == Baggage(text))
  }

  @Test(
    "a malformed baggage is nothing",
    arguments: [
      "", " ", ",", "a", "a;b=1", "=1", "a=1,", "a=1,,b=2", "a b=1", "a=1 2", "a=\"1\"", "a=é", "é=1", "a=1\\", "a=1;",
      "a=1;=2", "a=1;b c", "a=\u{7F}", "a=1\0", "a=1\n", "(a)=1", "a=\(String(repeating: "x", count: 8191))",
      (0..<65).map { "k\($0)=1" }.joined(separator: ","),
    ])
  func malformedBaggage(text: String) { #expect(Baggage(text) == nil) }

  @Test("as much baggage as the standard demands is kept")
  func most() {
    let members = (0..<64).map { "k\($0)=\(String(repeating: "x", count: 120))" }.joined(separator: ",")
    #expect(members.utf8.count <= 8192)
    #expect(Baggage(members)?.description == members)
    let long = "a=\(String(repeating: "x", count: 8190))"
    #expect(Baggage(long)?.description == long)
    let longest = String(repeating: "a=1,", count: 5 << 18)
    #expect(Baggage(longest) == nil)
    #expect(TraceState(longest) == nil)
  }

  @Test("secrets in baggage and tracestate are not recorded, and all else stays as it is")
  func secrets() throws {
    let sanitizer = try Sanitizer(redactor: Redactor(patterns: [], home: nil, secretValues: ["wonderland-42"]))
    let token = "ghp_\(String(repeating: "a1B2", count: 9))"
    func clean(_ text: String) throws -> String? { sanitizer.baggage(try #require(Baggage(text)))?.description }
    #expect(try clean("user=al%20ice;n=1,build=42") == "user=al%20ice;n=1,build=42")
    for text in [
      "a=\(token)", "a=x;p=\(token)", "password=rabbit", "a=wonderland%2D42", "a=1;secret=tea-at-five", "\(token)=1",
      "a=1;\(token)",
    ] {
      let kept = try clean(text) ?? ""
      for secret in [token, "rabbit", "wonderland", "tea-at-five"] { #expect(!kept.contains(secret)) }
      if !kept.isEmpty { #expect(try clean(kept) == kept) }
    }
    #expect(try clean("\(token)=1") == nil)
    #expect(sanitizer.traceState(try #require(TraceState("a=1,b=wonderland-42"))) == nil)
    #expect(sanitizer.traceState(try #require(TraceState("a=1")))?.description == "a=1")
  }
}
