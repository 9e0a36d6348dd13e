import Testing
import TrackCore

@testable import TrackMetrics

/// Axes whose marks are round and apart.
struct ScaleTests {
  @Test(arguments: [(0, [0, 1]), (1, [0, 1]), (3, [0, 1, 2, 3]), (7, [0, 2, 4, 6, 8]), (41, [0, 20, 40, 60])])
  func `counts are marked at whole numbers`(maximum: Int, marks: [Double]) {
    let scale = LinearScale(countingTo: maximum)
    #expect(scale.values(count: 4) == marks)
    #expect(scale.place(of: scale.high) == 100)
  }

  @Test func `durations are marked at durations with a name, apart from each other`() throws {
    let scale = try #require(DurationScale(holding: [0.4, 12, 5_000]))
    #expect(scale.low == 0.1)
    #expect(scale.high == 21_600)
    let ticks = scale.ticks(gap: 16)
    #expect(ticks.first?.label == "100ms")
    #expect(ticks.last == Tick(place: 100, label: "6h"))
    #expect(zip(ticks, ticks.dropFirst()).allSatisfy { $1.place - $0.place >= 16 })
    #expect(scale.place(of: 0) == 0)
    #expect(scale.place(of: 1e9) == 100)
  }

  @Test(arguments: [[], [0], [-1, .infinity, .nan]] as [[Double]])
  func `no axis is made of no duration`(durations: [Double]) {
    #expect(DurationScale(holding: durations) == nil)
  }

  @Test(arguments: [1e-9, 7.0, 1e9])
  func `an axis of one duration has a length`(duration: Double) throws {
    let scale = try #require(DurationScale(holding: [duration]))
    #expect(scale.high > scale.low)
    #expect((0...100).contains(scale.place(of: duration)))
  }

  @Test(arguments: [
    ("2026-03-01T09:12:00Z", "2026-03-01T12:01:00Z", ["10:00", "11:00", "12:00"]),
    ("2026-03-01T20:00:00Z", "2026-03-02T05:00:00Z", ["21:00", "2 Mar", "03:00"]),
    ("2026-02-25T10:00:00Z", "2026-03-01T09:00:00Z", ["26 Feb", "27 Feb", "28 Feb", "1 Mar"]),
    ("2026-02-25T10:00:00Z", "2026-02-25T10:00:00Z", ["10:00:00", "10:00:01"]),
  ])
  func `times are marked at round ones`(from: String, to: String, labels: [String]) throws {
    let scale = TimeScale(from: try #require(Timestamp(from)), to: try #require(Timestamp(to)))
    #expect(scale.ticks(count: 4).map(\.label) == labels)
  }

  @Test(arguments: [1.0, 90, 86_400, 1e7, 1e9, 1e11])
  func `marks are few, in order and on the axis`(seconds: Double) {
    let scale = TimeScale(from: ago(seconds), to: now)
    for count in [4, 8] {
      let places = scale.ticks(count: count).map(\.place)
      #expect(places.count <= count)
      #expect(places == places.sorted() && places.allSatisfy { (0...100).contains($0) })
    }
  }
}
