/// Numbers of which a few are wanted by their rank, without sorting all of them.
///
/// Selection by partitioning (Hoare's FIND, 1961, with the median of three as pivot). The numbers are moved about in
/// place, so that asking for rising ranks costs less each time.
struct OrderStatistics: Sendable {
  private var values: [Double]
  /// Ranks at which the order is settled already: nothing before such a rank is greater, nothing after it smaller.
  private var settled: [Int] = []

  /// Takes numbers in any order; none of them is NaN.
  init(_ values: [Double]) { self.values = values }

  /// How many numbers there are.
  var count: Int { values.count }

  /// The number that stands at `rank`, from 0, when all are sorted.
  mutating func value(at rank: Int) -> Double {
    var low = (settled.last { $0 <= rank } ?? -1) + 1
    if low == rank + 1 { return values[rank] }
    var high = (settled.first { $0 > rank } ?? values.count) - 1
    while low < high {
      let pivot = medianOfThree(low, (low + high) / 2, high)
      var (left, right) = (low, high)
      while left <= right {
        while values[left] < pivot { left += 1 }
        while pivot < values[right] { right -= 1 }
        guard left <= right else { break }
        values.swapAt(left, right)
        left += 1
        right -= 1
      }
      if rank <= right { high = right } else if rank >= left { low = left } else { break }
    }
    settle(rank)
    return values[rank]
  }

  /// The quantile by linear interpolation, type 7 of Hyndman and Fan (1996); 0 of no values.
  ///
  /// The same as numpy's default, PostgreSQL's `percentile_cont` and DuckDB's `quantile_cont`.
  mutating func quantile(_ part: Double) -> Double {
    guard count > 0 else { return 0 }
    let place = part * Double(count - 1)
    let below = min(Int(place), count - 1)
    let lower = value(at: below)
    guard below + 1 < count, place > Double(below) else { return lower }
    return lower + (place - Double(below)) * (value(at: below + 1) - lower)
  }

  /// The middle one, or the mean of the two in the middle.
  mutating func median() -> Double { quantile(0.5) }

  private mutating func settle(_ rank: Int) {
    settled.insert(rank, at: settled.firstIndex { $0 > rank } ?? settled.endIndex)
  }

  private func medianOfThree(_ first: Int, _ second: Int, _ third: Int) -> Double {
    let (a, b, c) = (values[first], values[second], values[third])
    return max(min(a, b), min(max(a, b), c))
  }
}

/// The quantile of ascending values by linear interpolation, type 7 of Hyndman and Fan (1996); 0 of no values.
package func quantile(_ part: Double, of sorted: [Double]) -> Double {
  var statistics = OrderStatistics(sorted)
  return statistics.quantile(part)
}
