import Glibc
import TrackCore

/// A place on an axis that is marked and told.
struct Tick: Equatable {
  /// Where it stands, in percent of the axis.
  let place: Double
  /// What it says.
  let label: String
}

/// An axis on which equal differences take equal room.
struct LinearScale {
  let low: Double
  let high: Double

  /// An axis from 0 to a round number at or above `maximum`, with its ticks at whole numbers.
  init(countingTo maximum: Int) {
    low = 0
    let step = Self.step(for: Double(max(1, maximum)), count: 4)
    high = (Double(max(1, maximum)) / step).rounded(.up) * step
  }

  /// Where `value` stands, in percent of the axis.
  func place(of value: Double) -> Double { high > low ? (value - low) / (high - low) * 100 : 0 }

  /// The values marked: about `count` whole ones, with the ends.
  func values(count: Int) -> [Double] {
    let step = Self.step(for: high - low, count: count)
    return Array(stride(from: low, through: high + step / 2, by: step)).filter { $0 <= high }
  }

  /// The least of 1, 2, 5, 10, 20, 50… that divides `range` into at most `count` steps.
  private static func step(for range: Double, count: Int) -> Double {
    var power = 1.0
    while true {
      for factor in [1.0, 2, 5] where range / (factor * power) <= Double(count) { return factor * power }
      power *= 10
    }
  }
}

/// An axis of durations on which equal ratios take equal room.
struct DurationScale {
  let low: Double
  let high: Double

  /// Durations that people have a name for, in seconds.
  private static let names: [(seconds: Double, label: String)] = [
    (0.000_001, "1µs"), (0.000_01, "10µs"), (0.000_1, "100µs"), (0.001, "1ms"), (0.01, "10ms"), (0.1, "100ms"),
    (1, "1s"), (10, "10s"), (60, "1m"), (600, "10m"), (3_600, "1h"), (21_600, "6h"), (86_400, "1d"),
    (864_000, "10d"), (8_640_000, "100d"), (86_400_000, "1000d"),
  ]

  /// An axis that holds `durations`, which ends at durations with a name.
  init?(holding durations: some Sequence<Double>) {
    let positive = durations.filter { $0 > 0 && $0.isFinite }
    guard let least = positive.min(), let most = positive.max() else { return nil }
    let low = Self.names.last { $0.seconds <= least }?.seconds ?? least
    self.low = low
    high = Self.names.first { $0.seconds >= most && $0.seconds > low }?.seconds ?? max(most, low * 10)
  }

  /// Where `seconds` stands, in percent of the axis; what lies outside stands at its end.
  func place(of seconds: Double) -> Double {
    guard seconds > low else { return 0 }
    return min(100, log(seconds / low) / log(high / low) * 100)
  }

  /// The durations with a name, no two of them closer than `gap` percent.
  func ticks(gap: Double) -> [Tick] {
    let end = Tick(place: 100, label: durationText(high))
    var ticks: [Tick] = []
    for (seconds, label) in Self.names where seconds >= low && seconds < high {
      let place = place(of: seconds)
      guard place - (ticks.last?.place ?? -gap) >= gap, 100 - place >= gap else { continue }
      ticks.append(Tick(place: place, label: label))
    }
    return ticks + [Self.names.first { $0.seconds == high }.map { Tick(place: 100, label: $0.label) } ?? end]
  }
}
