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

  /// How many executions are counted in the figures that were read from files that are not there any more.
  package let prunedExecutions: Int
  /// How many of them may be selected in part, which their figures cannot tell, so that none of them is.
  package let undecidedExecutions: Int
  /// The files that are not there any more.
  package let prunedSegments: Int

  /// How often something occurs.
  package struct Count: Hashable, Sendable {
    package let name: String
    package let count: Int
  }

  init(_ fold: Fold, _ pruned: PrunedHistory.Part) {
    directories = fold.directories
    files = fold.files
    unreadable = fold.unreadable
    problems = fold.problems
    repeats = fold.repeats
    hasForgottenRepeats = fold.hasForgottenRepeats
    eventTypes = Self.counts(fold.eventTypes).adding(pruned.figures.eventTypes)
    selfReports = Self.counts(fold.selfReports).adding(pruned.figures.reportKinds)
    lastMetrics = fold.lastMetrics
    first = [fold.first, pruned.figures.first].compactMap(\.self).min()
    last = [fold.last, pruned.figures.last].compactMap(\.self).max()
    prunedExecutions = pruned.figures.tally.started
    undecidedExecutions = pruned.undecided
    prunedSegments = fold.pruned.segmentCount
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

extension [DataSummary.Count] {
  /// The counts with others of the same kind, by name.
  func adding(_ other: [String: Int]) -> [DataSummary.Count] {
    guard !other.isEmpty else { return self }
    var counts = Dictionary(map { ($0.name, $0.count) }) { $0 + $1 }
    for (name, count) in other { counts[name, default: 0] += count }
    return counts.filter { $0.value > 0 }.map { DataSummary.Count(name: $0.key, count: $0.value) }
      .sorted { $0.name < $1.name }
  }
}
