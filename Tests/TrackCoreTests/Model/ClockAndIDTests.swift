import Testing

@testable import TrackCore

@Suite("Event ids") struct EventIDTests {
  @Test("version and variant are those of a UUID of version 7, whatever the random bits")
  func bits() {
    for random: (UInt64, UInt64) in [(0, 0), (.max, .max), (0xF000, 0x7FFF_FFFF_FFFF_FFFF)] {
      let text = EventID(time: Timestamp(microseconds: 1_759_940_514_536_702), random: random).description
      let digits = Array(text)
      #expect(text.count == 32)
      #expect(text.prefix(12) == "0199c4a112e8")
      #expect(digits[12] == "7")
      #expect("89ab".contains(digits[16]))
    }
  }

  @Test("ids sort by their times")
  func order() {
    var generator = SeededGenerator(seed: 3)
    let ids = (0..<1_000).map { millisecond in
      EventID(
        time: Timestamp(microseconds: 1_759_940_514_000_000 + Int64(millisecond) * 1_000),
        random: (generator.next(), generator.next())
      ).description
    }
    #expect(ids == ids.sorted())
    #expect(Set(ids).count == 1_000)
  }

  @Test("its text read back is the id; anything else is none")
  func text() {
    let id = EventID(time: Timestamp(microseconds: 0), random: (1, 2))
    #expect(EventID(id.description) == id)
    let text = id.description
    for damaged in [
      "", String(text.dropLast()), text + "0", text.uppercased() + "", "g" + text.dropFirst(), " " + text.dropFirst(),
      "é" + text.dropFirst(2), "-" + text.dropFirst(),
    ] where damaged != text { #expect(EventID(damaged) == nil, "\(damaged)") }
    #expect(EventID("ABCDEFABCDEFABCDEFABCDEFABCDEFAB") == nil)
  }

  @Test("a time before 1970 is taken for 1970")
  func early() {
    #expect(EventID(time: Timestamp(microseconds: -5), random: (0, 0)).description.prefix(12) == "000000000000")
  }
}

@Suite("Instants") struct InstantTests {
  private func instant(_ wall: Int64, _ boot: String, _ monotonic: Int64, _ boottime: Int64) -> Instant {
    Instant(
      wall: Timestamp(microseconds: wall * 1_000_000), boot: boot, monotonic: monotonic * 1_000_000_000,
      boottime: boottime * 1_000_000_000)
  }

  @Test("on one boot limits stand still in suspend, durations run on, and the wall clock does not matter")
  func sameBoot() {
    let start = instant(1_000, "a", 10, 100)
    for wall: Int64 in [0, 1_000, 9_999_999] {
      let now = instant(wall, "a", 15, 130)
      #expect(now.limitSeconds(since: start) == 5)
      #expect(now.elapsedSeconds(since: start) == 30)
    }
  }

  @Test(
    "across boots, and when a boot is not known, only the wall clock counts",
    arguments: [("a", "b"), ("", ""), ("a", ""), ("", "a")])
  func otherBoot(first: String, second: String) {
    let start = instant(1_000, first, 500, 500)
    let now = instant(1_060, second, 1, 1)
    #expect(now.limitSeconds(since: start) == 60)
    #expect(now.elapsedSeconds(since: start) == 60)
  }

  @Test("no clock that goes back makes a negative duration")
  func neverNegative() {
    #expect(instant(1, "b", 1, 1).elapsedSeconds(since: instant(2, "a", 2, 2)) == 0)
    #expect(instant(1, "b", 1, 1).limitSeconds(since: instant(2, "a", 2, 2)) == 0)
    #expect(instant(9, "a", 1, 1).elapsedSeconds(since: instant(2, "a", 2, 2)) == 0)
    #expect(instant(9, "a", 1, 1).limitSeconds(since: instant(2, "a", 2, 2)) == 0)
  }

  @Test("the clocks of this machine go forward")
  func current() {
    let machine = Machine.current()
    let (first, second) = (machine.now(), machine.now())
    #expect(second.monotonic >= first.monotonic)
    #expect(second.boottime >= first.boottime)
    #expect(first.wall.microseconds > 1_700_000_000_000_000)
    #expect(second.elapsedSeconds(since: first) < 60)
  }
}
