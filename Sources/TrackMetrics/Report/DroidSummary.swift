package import TrackCore

/// One droid.
package struct DroidSummary: Hashable, Sendable {
  /// Its id, as written.
  package let droid: String
  /// How the executions it started fared.
  package let tally: Tally
  /// Its success rate with the Wilson interval; nil when none has ended.
  package let success: RateEstimate?
  /// Its part of all executions.
  package let share: Double
  /// Its success rates over time: of the endings in each of at most twelve equal spans from the first line to the last.
  ///
  /// Nil where none of its executions ended; what sparklines and trend charts are drawn of.
  package let trend: [Double?]
  /// How long its ended executions took; nil when no duration is known.
  package let durations: DurationSummary?
  /// Where its durations lie; nil when none is known.
  package let histogram: DurationHistogram?
  /// Its self-reports.
  package let selfReports: Int
  /// Audit lines that it wrote freely.
  package let auditNotes: Int
  /// When it last started, reported or ended anything.
  package let lastSeen: Timestamp?

  /// The number of spans of the trend.
  package static let trendCount = 12

  /// Every droid that is named and selected, those with the most executions first.
  static func all(
    _ census: Census, _ executions: Executions, _ known: [String: Fold.Droid], _ pruned: PrunedFigures,
    _ selection: Selection
  ) -> [DroidSummary] {
    let all = census.tally.started + pruned.tally.started
    var left = pruned.droids
    var summaries: [DroidSummary] = []
    for index in executions.droids.indices {
      let droid = census.droids[Int(index.value)]
      guard let name = executions.droids[index], droid.tally.started > 0 else { continue }
      summaries.append(DroidSummary(name, droid, known[name], left.removeValue(forKey: name), of: all))
    }
    for (name, droid) in known where selection.admits(name, droid) {
      guard executions.droids.index(of: name).map({ census.droids[Int($0.value)].tally.started == 0 }) ?? true else {
        continue
      }
      summaries.append(DroidSummary(name, DroidCensus(), droid, left.removeValue(forKey: name), of: all))
    }
    for (name, droid) in left { summaries.append(DroidSummary(name, DroidCensus(), nil, droid, of: all)) }
    return summaries.sorted { ($1.tally.started, $0.droid) < ($0.tally.started, $1.droid) }
  }

  private init(
    _ name: String, _ census: DroidCensus, _ known: Fold.Droid?, _ pruned: PrunedFigures.Droid?, of all: Int
  ) {
    let pruned = pruned ?? PrunedFigures.Droid()
    droid = name
    tally = census.tally + pruned.tally
    success = RateEstimate(tally.completed, of: tally.ended)
    share = all > 0 ? Double(tally.started) / Double(all) : 0
    trend = census.trend.map { $0.ended > 0 ? Double($0.completed) / Double($0.ended) : nil }
    durations = DurationSummary(census.durations, pruned.durations)
    histogram = DurationHistogram(zip(census.bins, pruned.bins).map(+))
    selfReports = (known?.selfReports ?? 0) + pruned.selfReports
    auditNotes = (known?.auditNotes ?? 0) + pruned.auditNotes
    // The original's endings do not name their droid; an ending is a sign of it all the same.
    lastSeen = [census.lastEnded, known?.lastSeen, pruned.lastSeen].compactMap(\.self).max()
  }
}

extension Selection {
  /// Whether a droid without executions is told: one that wrote a line in the time selected.
  fileprivate func admits(_ name: String, _ known: Fold.Droid) -> Bool {
    guard droid.map({ $0 == name }) ?? true, task == nil else { return false }
    return known.selfReports > 0 || known.isSelected || !isTimed
  }
}
