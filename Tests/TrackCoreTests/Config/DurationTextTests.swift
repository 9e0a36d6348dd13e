import Testing
import TrackCore

@Suite("A duration written by a person")
struct DurationTextTests {
  @Test(
    "is whole seconds or a number with a unit",
    arguments: [
      ("0", .zero), ("1", .seconds(1)), ("3600", .seconds(3600)), ("500ms", .milliseconds(500)),
      ("90s", .seconds(90)), ("15m", .seconds(900)), ("1h", .seconds(3600)), ("2d", .seconds(172_800)),
      ("999999999", .seconds(999_999_999)), ("36500d", .seconds(36_500 * 86_400)),
    ] as [(String, Duration)])
  func reads(text: String, duration: Duration) {
    #expect(Duration(durationText: text) == duration)
  }

  @Test(
    "is nothing else",
    arguments: [
      "", " ", "s", "-1", "+1", "1.5h", "08", "00", "1_000", "0x1F", "1:30", "1e3", "10 s", " 10", "10 ", "1w",
      "1H", "1h30m", "1234567890", "36501d", "٣", "1s\n", "NaN", "inf", "soon",
    ])
  func refuses(text: String) {
    #expect(Duration(durationText: text) == nil)
  }
}

@Suite("A size written by a person")
struct SizeTextTests {
  @Test(
    "is bytes or a number with a unit",
    arguments: [
      ("1048576", 1_048_576), ("10B", 10), ("1K", 1024), ("1KiB", 1024), ("1KB", 1000), ("10MB", 10_000_000),
      ("3MiB", 3_145_728), ("1G", 1_073_741_824), ("2GB", 2_000_000_000), ("1TiB", 1_099_511_627_776),
      ("1TB", 1_000_000_000_000),
    ] as [(String, Int64)])
  func reads(text: String, size: Int64) {
    #expect(SizeText.bytes(text) == size)
  }

  @Test("is nothing else", arguments: ["", "M", "1.5G", "-1", "1 G", "1g", "1PB", "999999999TiB", "010"])
  func refuses(text: String) {
    #expect(SizeText.bytes(text) == nil)
  }
}
