import Testing

@testable import TrackCore

/// What `Tests/fuzz` found, one test a fault; most began with bytes that only damage or an enemy writes.
@Suite("Found by fuzzing") struct FuzzingRegressionTests {
  @Test("the first microseconds that 64 bits can count are written like all others")
  func firstMicrosecond() {
    #expect(Timestamp(microseconds: .min).calendarFields.microsecond == 224_192)
    #expect(Timestamp(microseconds: .min + 1).calendarFields.microsecond == 224_193)
  }

  @Test(
    "an offset that leads out of the years 0 to 9999 makes no timestamp, as none could be written",
    arguments: ["0000-01-01T00:00:00+00:01", "9999-12-31T23:59:59-00:01", "9999-12-31T23:59:60Z"])
  func yearOutOfRange(text: String) {
    #expect(Timestamp(text) == nil)
  }

  @Test("times as far apart as 64 bits reach have a difference")
  func distantTimes() {
    let first = Instant(wall: Timestamp(microseconds: .min), boot: "b", monotonic: .min, boottime: .min)
    let last = Instant(wall: Timestamp(microseconds: .max), boot: "b", monotonic: .max, boottime: .max)
    #expect(last.elapsedSeconds(since: first) > 1e10 && last.limitSeconds(since: first) > 1e10)
    #expect(first.elapsedSeconds(since: last) == 0 && first.limitSeconds(since: last) == 0)
    #expect(last.wall.seconds(since: first.wall) > 1e13)
  }

  @Test("a ledger's head with a negative time is damaged", arguments: ["-000000000000000001 0", "1 -1"])
  func negativeLastReport(times: String) {
    var bytes = LedgerCoding.bytes(Sample.record(.open))
    let head = "open \(times)"
    bytes.replaceSubrange(
      0..<LedgerCoding.headLength - 1,
      with: head.utf8 + [UInt8](repeating: UInt8(ascii: " "), count: LedgerCoding.headLength - 1 - head.utf8.count))
    #expect(LedgerCoding.decode(bytes, boot: "4e1c7a3b") == nil)
  }

  @Test("a number beyond floating point is no figure")
  func infiniteNumber() throws {
    let record = try EventRecord(line: Array(#"{"details": {"cpu_percent": 1e999, "memory_mb": 1e9}}"#.utf8))
    #expect(record.details.number("cpu_percent") == nil)
    #expect(record.details.number("memory_mb") == 1e9)
  }

  @Test("keys that Unicode takes for the same are two keys")
  func equivalentKeys() throws {
    let text = "{\"caf\u{e9}\": 1, \"cafe\u{301}\": 2}"
    let object = try JSONParser.object(Array(text.utf8))
    #expect(object.members.count == 2)
    #expect(object["caf\u{e9}"] == 1 && object["cafe\u{301}"] == 2)
  }

  @Test("a combining character after the separator belongs to the value")
  func combiningValue() throws {
    let plain = try ResultArgument("note=\u{301}x")
    #expect(plain.key == "note" && plain.value == "\u{301}x")
    let literal = try ResultArgument("list[]:=[\"\u{301}\"]")
    #expect(literal.key == "list" && literal.appends)
  }

  @Test(
    "a combining character after a slash hides no way out of the project",
    arguments: ["../\u{301}x", "a/../\u{200d}", "..", "a/.."])
  func combiningSlash(directory: String) {
    #expect(throws: ConfigurationError.self) {
      try Configuration.decode(Array("logging: {directory: \"\(directory)\"}".utf8), file: "f")
    }
  }

  @Test("paths are taken apart at every slash")
  func pathComponents() {
    #expect(Path.components("/a/\u{301}b/..") == ["a", "\u{301}b", ".."])
    #expect(Path.absolute("./\u{301}b//c/.", from: "/p") == "/p/\u{301}b/c")
    #expect(Path.parent("/a/\u{301}b") == "/a" && Path.name("/a/\u{301}b") == "\u{301}b")
    #expect(Path.isInside("/a/\u{301}b", "/a") && !Path.isInside("/cafe\u{301}", "/caf\u{e9}"))
  }

  @Test("the Kelvin sign is no unit", arguments: ["10\u{212A}", "10\u{212A}iB"])
  func kelvin(text: String) {
    #expect(SizeText.bytes(text) == nil)
  }
}
