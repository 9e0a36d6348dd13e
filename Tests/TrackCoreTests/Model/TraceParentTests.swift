import Testing

@testable import TrackCore

/// The cases of the test suite of W3C Trace Context, as far as they are about reading, and ours.
@Suite("traceparent") struct TraceParentTests {
  private static let trace = "12345678901234567890123456789012"
  private static let span = "1234567890123456"

  @Test(
    "what is valid is read and written as version 00",
    arguments: [
      ("00-\(trace)-\(span)-01", "01"), ("00-\(trace)-\(span)-00", "00"), ("00-\(trace)-\(span)-03", "03"),
      // Reserved flags are not passed on.
      ("00-\(trace)-\(span)-ff", "03"), ("00-\(trace)-\(span)-08", "00"),
      // Versions to come.
      ("cc-\(trace)-\(span)-01", "01"), ("cc-\(trace)-\(span)-01-what-the-future-will-be-like", "01"),
      ("01-\(trace)-\(span)-00-", "00"), ("fe-\(trace)-\(span)-01-é", "01"),
    ])
  func valid(text: String, flags: String) throws {
    let parent = try #require(TraceParent(text))
    #expect(parent.trace.description == Self.trace)
    #expect(parent.span.description == Self.span)
    #expect(parent.description == "00-\(Self.trace)-\(Self.span)-\(flags)")
    #expect(TraceParent(parent.description) == parent)
  }

  @Test(
    "what is malformed is nothing",
    arguments: [
      "", "00", "00-", "00-\(trace)", "00-\(trace)-\(span)", "00-\(trace)-\(span)-",
      // Longer than its version.
      "00-\(trace)-\(span)-01-", "00-\(trace)-\(span)-01-what-the-future-will-be-like", "00-\(trace)-\(span)-011",
      "00-\(trace)-\(span)-01.what-the-future-will-be-like", "cc-\(trace)-\(span)-01.what-the-future-will-be-like",
      // Versions.
      "ff-\(trace)-\(span)-01", "0-\(trace)-\(span)-01", "000-\(trace)-\(span)-01", ".0-\(trace)-\(span)-01",
      "0.-\(trace)-\(span)-01", "CC-\(trace)-\(span)-01", "-\(trace)-\(span)-01",
      // Trace ids.
      "00-00000000000000000000000000000000-\(span)-01", "00-.2345678901234567890123456789012-\(span)-01",
      "00-1234567890123456789012345678901.-\(span)-01", "00-1234567890123456789012345678901-\(span)-01",
      "00-123456789012345678901234567890123-\(span)-01", "00-1234567890123456789012345678901A-\(span)-01",
      // Span ids.
      "00-\(trace)-0000000000000000-01", "00-\(trace)-.234567890123456-01", "00-\(trace)-123456789012345.-01",
      "00-\(trace)-123456789012345-01", "00-\(trace)-12345678901234567-01", "00-\(trace)-123456789012345A-01",
      // Flags.
      "00-\(trace)-\(span)-.0", "00-\(trace)-\(span)-0.", "00-\(trace)-\(span)-0", "00-\(trace)-\(span)-0F",
      // Blanks, other characters, other separators.
      " 00-\(trace)-\(span)-01", "00-\(trace)-\(span)-01 ", "00-\(trace)-\(span)-01\n", "00_\(trace)_\(span)_01",
      "00-\(trace)-\(span)-0\u{661}", "00-\(trace)-\(span)-01\0", "00-\(trace)-\(span)--1",
      "00-\(trace)\u{301}-\(span)-01",
    ])
  func malformed(text: String) { #expect(TraceParent(text) == nil) }

  @Test("it goes on with what is of its trace, whatever the span; with nothing else")
  func continuing() throws {
    let parent = try #require(TraceParent("00-\(Self.trace)-\(Self.span)-01"))
    #expect(parent.continues("00-\(Self.trace)-6543210987654321-00"))
    for other in [nil, "", "00-\(Self.trace)-\(Self.span)", "00-0\(Self.trace.dropFirst())-\(Self.span)-01"] {
      #expect(!parent.continues(other))
    }
  }

  @Test("5 MB of it are nothing, too, unless they are a version's to come")
  func long() {
    let digits = String(repeating: "0", count: 5 << 20)
    #expect(TraceParent(digits) == nil)
    #expect(TraceParent("00-\(Self.trace)-\(Self.span)-01-\(digits)") == nil)
    #expect(TraceParent("01-\(Self.trace)-\(Self.span)-01-\(digits)")?.flags == .sampled)
  }

  @Test("new ids are no zeros and no repetitions")
  func new() {
    #expect(TraceID(0, 0).description == "00000000000000000000000000000001")
    #expect(SpanID(0).description == "0000000000000001")
    let traces = Set((0..<1_000).map { _ in TraceID.random() })
    let spans = Set((0..<1_000).map { _ in SpanID.random() })
    #expect((traces.count, spans.count) == (1_000, 1_000))
  }

  @Test("an execution without ids always gets the same ones, and its child is in its trace and knows its span")
  func derived() {
    let outer = TraceContext(derivedFrom: "exec-1759940500-1-0000cafe", run: "r-20251008-1621-0042", parent: nil)
    let inner = TraceContext(
      derivedFrom: "exec-1759940514-1.1-0000beef", run: "r-20251008-1621-0042", parent: "exec-1759940500-1-0000cafe")
    #expect(outer.own.description == "00-f09c9c8d7eb8e8221c5bbc7e8116199e-ff8b256e55512939-01")
    #expect(inner.own.trace == outer.own.trace)
    #expect(inner.parent == outer.own.span)
    #expect(inner.own.span != outer.own.span)
    #expect(outer.parent == nil)
    let alone = TraceContext(derivedFrom: "exec-1", run: nil, parent: nil)
    #expect(alone.own.trace != TraceContext(derivedFrom: "exec-2", run: nil, parent: nil).own.trace)
  }
}
