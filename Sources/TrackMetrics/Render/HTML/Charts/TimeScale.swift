import TrackCore

/// An axis of time, in UTC.
struct TimeScale {
  let from: Timestamp
  let to: Timestamp

  /// The distances between ticks in seconds, from one second to ten years.
  private static let steps: [Int64] = [
    1, 5, 15, 60, 300, 900, 3_600, 10_800, 21_600, 43_200, 86_400, 172_800, 259_200, 432_000, 604_800, 1_209_600,
    2_592_000, 7_776_000,
    31_536_000, 315_360_000,
  ]

  /// An axis between two moments; at least a second long.
  init(from: Timestamp, to: Timestamp) {
    self.from = from
    self.to = max(to, Timestamp(microseconds: from.microseconds + 1_000_000))
  }

  /// Where `time` stands, in percent of the axis; what lies outside stands at its end.
  func place(of time: Timestamp) -> Double {
    min(100, max(0, time.seconds(since: from) / to.seconds(since: from) * 100))
  }

  /// At most `count` round moments: whole days where the axis is long, whole hours or minutes where it is short.
  ///
  /// The time of day is told alone, and with its date where the day changes.
  func ticks(count: Int) -> [Tick] {
    let seconds = to.seconds(since: from)
    let step = Self.steps.first { seconds / Double($0) <= Double(count) } ?? 3_153_600_000
    var moment = -((-from.microseconds).floor(1_000_000 * step)) * 1_000_000 * step
    var ticks: [Tick] = []
    while moment <= to.microseconds, ticks.count < count {
      let time = Timestamp(microseconds: moment)
      ticks.append(Tick(place: place(of: time), label: Self.label(time, step: step)))
      moment += step * 1_000_000
    }
    return ticks
  }

  private static func label(_ time: Timestamp, step: Int64) -> String {
    let fields = time.calendarFields
    if step >= 31_536_000 { return String(fields.year) }
    if step >= 86_400 || (fields.hour == 0 && fields.minute == 0 && fields.second == 0) { return dayText(time) }
    let clock = "\(decimal(fields.hour, digits: 2)):\(decimal(fields.minute, digits: 2))"
    return step < 60 ? "\(clock):\(decimal(fields.second, digits: 2))" : clock
  }
}

/// A day as axes tell it: `8 Oct`.
func dayText(_ time: Timestamp) -> String {
  let names = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
  let fields = time.calendarFields
  return "\(fields.day) \(names[fields.month - 1])"
}

/// The time of day of an hour as axes tell it: `16:00`.
func hourText(_ time: Timestamp) -> String { "\(decimal(time.calendarFields.hour, digits: 2)):00" }

extension Int64 {
  fileprivate func floor(_ divisor: Int64) -> Int64 {
    let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? quotient - 1 : quotient
  }
}
