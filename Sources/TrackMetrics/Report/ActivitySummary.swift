package import TrackCore

/// How much happened when: counts by the hour and by the day, in UTC.
package struct ActivitySummary: Hashable, Sendable {
  /// What happened in an hour or on a day.
  package struct Period: Hashable, Sendable {
    /// Its beginning, in UTC.
    package let begin: Timestamp
    /// Executions started in it.
    package var started = 0
    /// Executions of any start that were completed in it.
    package var completed = 0
    /// Executions that failed in it.
    package var failed = 0
    /// Executions that were stopped at their limit in it.
    package var timedOut = 0
    /// Executions that were given up in it.
    package var abandoned = 0
    /// Distinct self-reports made in it.
    package var selfReports = 0
  }

  /// The last hours up to the latest line, at most `hourCount`, the earliest first, without gaps.
  package let hours: [Period]
  /// The last days up to the latest line, at most `dayCount`, the earliest first, without gaps.
  package let days: [Period]

  /// The number of hours told.
  package static let hourCount = 48
  /// The number of days told.
  package static let dayCount = 90

  init(_ census: ActivityCensus, selfReports: [Int64: Int], _ pruned: [Int64: PrunedFigures.Hour]) {
    var census = census
    census.add(selfReports: selfReports)
    census.add(pruned: pruned)
    hours = census.hours
    days = census.days
  }

  /// An hour and a day in microseconds.
  static let hourLength: Int64 = 3_600_000_000
  static let dayLength = 24 * hourLength

  /// The hour that a moment lies in, counted in hours since 1970.
  static func hour(of time: Timestamp) -> Int64 { time.microseconds.floorDivided(by: hourLength) }
}
