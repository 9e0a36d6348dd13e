/// How many durations lie where, in bins that are equally wide on a logarithmic scale.
///
/// All histograms share their edges, three to a decade from 1 ms to 1 000 000 s, and leave out empty bins at their ends,
/// so that those of droids can be laid side by side and added.
package struct DurationHistogram: Hashable, Sendable {
  /// The edges of the bins in seconds, ascending, one more than there are bins.
  package let edges: [Double]
  /// The number of durations in each bin; a bin holds its lower edge.
  ///
  /// What is shorter than the first edge of all lies in the first bin of all, what is longer than the last in the last.
  package let counts: [Int]

  /// The edges of all bins.
  package static let grid: [Double] =
    (-3...5).flatMap { decade in
      [1, 2.154434690031884, 4.641588833612779].map { $0 * powersOfTen[decade + 3] }
    } + [1e6]

  private static let powersOfTen = [1e-3, 1e-2, 1e-1, 1, 1e1, 1e2, 1e3, 1e4, 1e5]

  /// The number of bins of the grid.
  static var binCount: Int { grid.count - 1 }

  /// The bin that a duration lies in.
  static func bin(of duration: Double) -> Int {
    var (low, high) = (0, binCount)
    while high - low > 1 {
      let middle = (low + high) / 2
      if duration < grid[middle] { high = middle } else { low = middle }
    }
    return low
  }

  /// Makes a histogram of the counts of every bin of the grid; nil when all are empty.
  init?(_ bins: [Int]) {
    guard let first = bins.firstIndex(where: { $0 > 0 }), let last = bins.lastIndex(where: { $0 > 0 }) else {
      return nil
    }
    edges = Array(Self.grid[first...last + 1])
    counts = Array(bins[first...last])
  }
}
