/// Numbers that were measured: all of them while they are few, a sketch of them from then on.
///
/// Memory is bounded whatever comes in, and what it tells does not depend on the order of adding.
package struct Distribution: Hashable, Sendable {
  private let limit: Int
  private var values: [Double] = []
  private var sketch = LogSketch()
  /// The greatest number; 0 of none.
  package private(set) var maximum = 0.0

  /// Keeps up to `limit` numbers themselves.
  package init(limit: Int) { self.limit = limit }

  /// How many numbers were added.
  package var count: Int { sketch.count + values.count }
  /// Whether its quantiles are exact.
  package var isExact: Bool { sketch.count == 0 }

  /// Adds a number that is not negative.
  package mutating func add(_ value: Double) {
    maximum = max(maximum, value)
    guard isExact else { return sketch.add(value) }
    values.append(value)
    if values.count > limit { condense() }
  }

  /// Adds what `other` holds.
  package mutating func merge(_ other: Distribution) {
    maximum = max(maximum, other.maximum)
    if !other.isExact {
      condense()
      sketch.merge(other.sketch)
    }
    for value in other.values { add(value) }
  }

  /// The quantiles, type 7, in the order of `parts`, which rise; 0 of no numbers.
  package func quantiles(_ parts: [Double]) -> [Double] {
    guard isExact else { return parts.map { min(maximum, sketch.quantile($0)) } }
    var statistics = OrderStatistics(values)
    return parts.map { statistics.quantile($0) }
  }

  /// The numbers, or what stands for them, with how often they occur.
  package var weighted: [(value: Double, count: Int)] {
    isExact ? values.map { ($0, 1) } : sketch.weighted
  }

  private mutating func condense() {
    for value in values { sketch.add(value) }
    values = []
  }
}

extension Distribution {
  /// Equal when they tell the same, in whatever order it was added.
  package static func == (left: Self, right: Self) -> Bool {
    left.count == right.count && left.maximum == right.maximum && left.sketch == right.sketch
      && left.values.sorted() == right.values.sorted()
  }

  package func hash(into hasher: inout Hasher) { hasher.combine(count) }
}

extension Distribution {
  /// The numbers that it holds themselves, and their maximum last.
  var storedValues: [Double] { values + [maximum] }
  /// What its sketch has counted.
  var storedSketch: [Int] { sketch.stored }

  /// Takes over what another distribution holds; nil when it is none.
  init?(limit: Int, storedValues: [Double], storedSketch: [Int]) {
    guard let last = storedValues.last, let sketch = LogSketch(stored: storedSketch) else { return nil }
    self.init(limit: limit)
    values = storedValues.dropLast()
    maximum = last
    self.sketch = sketch
  }
}
