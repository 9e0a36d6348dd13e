import TrackCore

/// Starts and endings by the hour and by the day.
struct ActivityCensus {
  private(set) var hours: [ActivitySummary.Period]
  private(set) var days: [ActivitySummary.Period]
  private let firstHour: Int64
  private let firstDay: Int64

  /// - Parameter span: the moments of the first and the last line.
  init(span: ClosedRange<Int64>?) {
    (firstHour, hours) = Self.periods(of: span, ActivitySummary.hourLength, ActivitySummary.hourCount)
    (firstDay, days) = Self.periods(of: span, ActivitySummary.dayLength, ActivitySummary.dayCount)
  }

  mutating func add(_ execution: TrackedExecution) {
    if let started = execution.started { count(started) { $0.started += 1 } }
    guard let ended = execution.ended else { return }
    count(ended) { period in
      switch execution.outcome {
      case .open: break
      case .completed: period.completed += 1
      case .failed: period.failed += 1
      case .timeout: period.timedOut += 1
      case .abandoned: period.abandoned += 1
      }
    }
  }

  /// Counts self-reports by the hours in which they were made.
  mutating func add(selfReports: [Int64: Int]) {
    for (hour, number) in selfReports {
      let (place, day) = (hour - firstHour, hour.floorDivided(by: 24) - firstDay)
      if hours.indices.contains(Int(place)) { hours[Int(place)].selfReports += number }
      if days.indices.contains(Int(day)) { days[Int(day)].selfReports += number }
    }
  }

  /// Counts what happened in hours of which the lines are gone.
  mutating func add(pruned: [Int64: PrunedFigures.Hour]) {
    for (hour, figures) in pruned {
      count(Timestamp(microseconds: hour * ActivitySummary.hourLength)) { period in
        period.started += figures[0]
        period.completed += figures[1]
        period.failed += figures[2]
        period.timedOut += figures[3]
        period.abandoned += figures[4]
        period.selfReports += figures[5]
      }
    }
  }

  private mutating func count(_ time: Timestamp, _ change: (inout ActivitySummary.Period) -> Void) {
    let hour = ActivitySummary.hour(of: time)
    let day = hour.floorDivided(by: 24)
    if hour >= firstHour, hour - firstHour < hours.count { change(&hours[Int(hour - firstHour)]) }
    if day >= firstDay, day - firstDay < days.count { change(&days[Int(day - firstDay)]) }
  }

  private static func periods(
    of span: ClosedRange<Int64>?, _ length: Int64, _ limit: Int
  ) -> (Int64, [ActivitySummary.Period]) {
    guard let span else { return (0, []) }
    let last = span.upperBound.floorDivided(by: length)
    let first = max(span.lowerBound.floorDivided(by: length), last - Int64(limit - 1))
    return (first, (first...last).map { ActivitySummary.Period(begin: Timestamp(microseconds: $0 * length)) })
  }
}
