package import TrackCore

/// What was read.
package struct DataSummary: Hashable, Sendable {
  /// The directories that were found.
  package let directories: [LogSource]
  /// The files, in the order of reading.
  package let files: [Fold.File]
  /// What could not be read.
  package let unreadable: [Fold.Unreadable]
  /// Lines that could not be taken in as they stand.
  package let problems: ProblemList
  /// Lines that say nothing new: repeats, and the copies of self-reports in `droid_status`.
  package let repeats: Int
  /// Whether so many events were read that one repeated long after may have counted twice; never one of an execution.
  package let hasForgottenRepeats: Bool
  /// The distinct events by type, by name.
  package let eventTypes: [Count]
  /// The distinct self-reports by kind, by name.
  package let selfReports: [Count]
  /// When `performance.metrics` were last recorded.
  package let lastMetrics: Timestamp?
  /// The earliest time in any line.
  package let first: Timestamp?
  /// The latest time in any line.
  package let last: Timestamp?

  /// How often something occurs.
  package struct Count: Hashable, Sendable {
    package let name: String
    package let count: Int
  }

  init(_ fold: Fold) {
    directories = fold.directories
    files = fold.files
    unreadable = fold.unreadable
    problems = fold.problems
    repeats = fold.repeats
    hasForgottenRepeats = fold.hasForgottenRepeats
    eventTypes = Self.counts(fold.eventTypes)
    selfReports = Self.counts(fold.selfReports)
    lastMetrics = fold.lastMetrics
    first = fold.first
    last = fold.last
  }

  /// All lines.
  package var lines: Int { files.reduce(0) { $0 + $1.lines } }
  /// All distinct events.
  package var events: Int { eventTypes.reduce(0) { $0 + $1.count } }
  /// The types that are not ours.
  package var foreignTypes: [Count] { eventTypes.filter { !EventType.known.contains($0.name) } }

  private static func counts(_ counts: [String: Int]) -> [Count] {
    counts.map { Count(name: $0.key, count: $0.value) }.sorted { $0.name < $1.name }
  }
}
