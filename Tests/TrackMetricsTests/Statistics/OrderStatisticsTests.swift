import Testing
import TrackMetrics

@Suite struct OrderStatisticsTests {
  @Test("selected quantiles are those of the sorted numbers, whatever the order asked in", arguments: UInt64(1)...30)
  func selection(seed: UInt64) {
    var random = SplitMix(state: seed)
    let count = Int.random(in: 1...400, using: &random)
    // Few distinct values, so that there are many ties.
    let values = (0..<count).map { _ in Double(Int.random(in: 0...count, using: &random)) / 8 }
    let sorted = values.sorted()
    for _ in 0..<20 {
      let part = Double.random(in: 0...1, using: &random)
      let place = part * Double(count - 1)
      let (below, above) = (sorted[Int(place)], sorted[min(count - 1, Int(place) + 1)])
      let expected = below + (place - place.rounded(.down)) * (above - below)
      #expect(abs(quantile(part, of: values) - expected) < 1e-9)
    }
    let summary = DurationSummary(values)
    #expect(summary?.p50 == quantile(0.5, of: sorted))
    #expect(summary?.p99 == quantile(0.99, of: sorted))
    #expect(summary?.maximum == sorted.last)
  }

  @Test("the sum does not depend on the order of adding")
  func sum() throws {
    var random = SplitMix(state: 7)
    let values = (0..<1_000).map { _ in Double.random(in: 0...1e4, using: &random) } + [1e300, 1e-7]
    let summary = try #require(DurationSummary(values))
    for _ in 0..<10 { #expect(DurationSummary(values.shuffled(using: &random)) == summary) }
  }

  @Test("beyond the exact limit percentiles are within one percent and say so")
  func sketched() throws {
    var random = SplitMix(state: 3)
    let values = (0..<20_000).map { _ in Double.random(in: 0.001...5_000, using: &random) }
    let exact = try #require(DurationSummary(values, exactLimit: 20_000))
    let sketched = try #require(DurationSummary(values, exactLimit: 19_999))
    #expect(exact.isExact)
    #expect(!sketched.isExact)
    #expect(sketched.total == exact.total)
    #expect(sketched.maximum == exact.maximum)
    for (one, other) in [(sketched.p50, exact.p50), (sketched.p90, exact.p90), (sketched.p99, exact.p99)] {
      #expect(abs(one - other) <= 0.0101 * other)
    }
  }
}
