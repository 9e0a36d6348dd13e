/// A self-report and when it was read.
package struct ReadReport: Hashable, Sendable {
  /// What was reported.
  package let report: SelfReport
  /// All clocks when it was read.
  package let time: Instant

  /// Makes a reading of its parts.
  package init(_ report: SelfReport, at time: Instant) {
    self.report = report
    self.time = time
  }
}

/// Keeps of a fast source's reports what is worth keeping.
///
/// These are the first and the last; every error, and every report whose status is another than that before it, each
/// with the report before it; and of all others the last of each interval. Of a source that is slower than the interval
/// everything is kept, and at once. Without an interval everything is.
package struct ReportThinning {
  private let interval: Duration?
  /// The last report, while it is not known whether another one of its interval follows.
  private var held: ReadReport?
  /// The status of the last report.
  private var status: Status?
  /// When the interval of what was kept last is over.
  private var end = Duration.zero

  /// Keeps one report an `interval`, or all.
  package init(interval: Duration?) { self.interval = interval }

  /// When `release` has something to give; nil when nothing waits.
  package var deadline: Duration? { held == nil ? nil : end }

  /// Whether a report waits.
  package var isHolding: Bool { held != nil }

  /// Takes in the next report; those that are kept are handed on, in their order.
  ///
  /// `now` is a monotonic clock's.
  package mutating func take<Failure: Error>(
    _ reading: ReadReport, now: Duration, keep: (ReadReport) throws(Failure) -> Void
  ) throws(Failure) {
    guard let interval else { return try keep(reading) }
    let isNews = reading.report.error != nil || reading.report.status != status
    status = reading.report.status
    if !isNews, now < end {
      held = reading
      return
    }
    // What waited was the last of its interval, or what led to the news.
    let hasWaited = isHolding
    end = now + interval
    try letGo(keep)
    if isNews || !hasWaited { try keep(reading) } else { held = reading }
  }

  /// Hands on what waits when its interval is over.
  package mutating func release<Failure: Error>(
    now: Duration, keep: (ReadReport) throws(Failure) -> Void
  ) throws(Failure) {
    guard let interval, held != nil, now >= end else { return }
    end = now + interval
    try letGo(keep)
  }

  /// Hands on what waits: it was the last.
  package mutating func finish<Failure: Error>(keep: (ReadReport) throws(Failure) -> Void) throws(Failure) {
    try letGo(keep)
  }

  private mutating func letGo<Failure: Error>(_ keep: (ReadReport) throws(Failure) -> Void) throws(Failure) {
    guard let report = held else { return }
    held = nil
    try keep(report)
  }
}
