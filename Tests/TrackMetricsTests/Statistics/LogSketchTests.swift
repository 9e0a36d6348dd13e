import Glibc
import Testing
import TrackMetrics

@Suite struct LogSketchTests {
  @Test("every quantile is within one percent of the number at its rank", arguments: UInt64(1)...10)
  func error(seed: UInt64) {
    var random = SplitMix(state: seed)
    let values = (0..<3_000).map { _ in exp(random.normal() * 4) }
    let sorted = values.sorted()
    var sketch = LogSketch()
    for value in values { sketch.add(value) }
    for percent in 0...100 {
      let part = Double(percent) / 100
      let expected = sorted[Int(part * Double(sorted.count - 1))]
      #expect(abs(sketch.quantile(part) - expected) <= LogSketch.relativeError * expected * 1.0000001)
    }
  }

  @Test("sketches of parts add up to the sketch of the whole, in any order")
  func merging() {
    var random = SplitMix(state: 5)
    let values = (0..<500).map { _ in exp(random.normal() * 6) } + [0, 0, 1e-12, 1e12]
    var whole = LogSketch()
    for value in values { whole.add(value) }
    var parts = Array(repeating: LogSketch(), count: 7)
    for value in values.shuffled(using: &random) { parts[Int.random(in: 0..<7, using: &random)].add(value) }
    var sum = LogSketch()
    for part in parts { sum.merge(part) }
    #expect(sum == whole)
    #expect(sum.count == 504)
    #expect(sum.quantile(0) == 0)
    #expect(abs(sum.quantile(1) - LogSketch.largest) <= 0.01 * LogSketch.largest)
  }

  @Test(
    "a distribution is exact up to its limit, in any order and however it is put together", arguments: [99, 100, 500])
  func distribution(count: Int) {
    var random = SplitMix(state: 9)
    let values = (0..<count).map { _ in Double.random(in: 0...100, using: &random) }
    var (one, other, joined) = (Distribution(limit: 99), Distribution(limit: 99), Distribution(limit: 99))
    for value in values { one.add(value) }
    for value in values.shuffled(using: &random) { other.add(value) }
    for half in [values.prefix(count / 2), values.suffix(count - count / 2)] {
      var part = Distribution(limit: 99)
      for value in half { part.add(value) }
      joined.merge(part)
    }
    #expect(one == other)
    #expect(one == joined)
    #expect(one.isExact == (count <= 99))
    let expected = quantile(0.5, of: values.sorted())
    #expect(abs(one.quantiles([0.5])[0] - expected) <= (count <= 99 ? 0 : 0.03 * expected))
    #expect(one.quantiles([1]) == [one.maximum] || !one.isExact)
  }
}
