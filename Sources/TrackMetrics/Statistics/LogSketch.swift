internal import Glibc

/// Counts of positive numbers in bins of equal ratio, from which quantiles are told to within one percent.
///
/// DDSketch: Masson, Rim, Lee, "DDSketch: A Fast and Fully-Mergeable Quantile Sketch with Relative-Error Guarantees",
/// PVLDB 12 (2019). With the ratio γ = (1 + α)/(1 − α) a number x lies in bin ⌈log_γ x⌉, and 2γⁱ/(γ + 1) differs from
/// every number of bin i by at most α·x. Sketches of parts add up to the sketch of the whole, in any order.
package struct LogSketch: Hashable, Sendable {
  /// The relative error of a quantile.
  package static let relativeError = 0.01
  /// The least number told: what is below counts as 0, and between it and `largest` lie fewer than 2 100 bins.
  package static let smallest = 1e-9
  /// The greatest number told.
  package static let largest = 1e9

  private static let ratio = (1 + relativeError) / (1 - relativeError)
  private static let scale = 1 / log(ratio)

  /// How many numbers were counted.
  package private(set) var count = 0
  /// How many of them are 0.
  private var zeros = 0
  /// The count of bin `lowest + place`.
  private var bins: [UInt32] = []
  private var lowest = 0

  package init() {}

  /// Counts a number that is not negative.
  package mutating func add(_ value: Double, times: Int = 1) {
    count += times
    guard value >= Self.smallest else {
      zeros += times
      return
    }
    add(times, toBin: Int((log(min(value, Self.largest)) * Self.scale).rounded(.up)))
  }

  /// Counts what `other` has counted.
  package mutating func merge(_ other: LogSketch) {
    count += other.count
    zeros += other.zeros
    for place in other.bins.indices where other.bins[place] > 0 {
      add(Int(other.bins[place]), toBin: other.lowest + place)
    }
  }

  /// Counts what `other` has counted, or no longer counts it.
  mutating func add(_ other: LogSketch, _ sign: Sign) {
    guard sign == .minus else { return merge(other) }
    count -= other.count
    zeros -= other.zeros
    for place in other.bins.indices where other.bins[place] > 0 {
      let own = other.lowest + place - lowest
      if bins.indices.contains(own) { bins[own] -= min(bins[own], other.bins[place]) }
    }
  }

  /// The number at the quantile, with the relative error stated; 0 of no numbers.
  ///
  /// The rank is that of type 7, rounded down, as the paper has it.
  package func quantile(_ part: Double) -> Double {
    var left = Int(part * Double(max(0, count - 1))) - zeros
    guard left >= 0 else { return 0 }
    for place in bins.indices {
      left -= Int(bins[place])
      if left < 0 { return Self.value(ofBin: lowest + place) }
    }
    return 0
  }

  /// The bins that hold numbers, ascending: what stands for them, and how many they are.
  package var weighted: [(value: Double, count: Int)] {
    (zeros > 0 ? [(0, zeros)] : [])
      + bins.indices.filter { bins[$0] > 0 }.map { (Self.value(ofBin: lowest + $0), Int(bins[$0])) }
  }

  private static func value(ofBin bin: Int) -> Double { 2 * pow(ratio, Double(bin)) / (ratio + 1) }

  private mutating func add(_ times: Int, toBin bin: Int) {
    if bins.isEmpty { lowest = bin }
    if bin < lowest {
      bins.insert(contentsOf: repeatElement(0, count: lowest - bin), at: 0)
      lowest = bin
    }
    if bin >= lowest + bins.count { bins += repeatElement(0, count: bin - lowest - bins.count + 1) }
    bins[bin - lowest] += UInt32(clamping: times)
  }
}

extension LogSketch {
  /// Equal when they have counted the same, whatever room they hold.
  package static func == (left: Self, right: Self) -> Bool {
    left.count == right.count && left.weighted.elementsEqual(right.weighted) { $0 == $1 }
  }

  package func hash(into hasher: inout Hasher) { hasher.combine(count) }
}

extension LogSketch {
  /// What it has counted, as numbers.
  var stored: [Int] { [count, zeros, lowest] + bins.map(Int.init) }

  /// Takes over what another sketch has counted; nil when these are no numbers of one.
  init?(stored: [Int]) {
    guard stored.count >= 3, stored.allSatisfy({ $0 >= 0 }) || stored[2] < 0 else { return nil }
    (count, zeros, lowest) = (stored[0], stored[1], stored[2])
    bins = stored[3...].map { UInt32(clamping: $0) }
  }
}
