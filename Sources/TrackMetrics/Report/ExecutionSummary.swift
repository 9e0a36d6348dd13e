/// All executions.
package struct ExecutionSummary: Hashable, Sendable {
  /// How they fared.
  package let tally: Tally
  /// How the sessions of agents' harnesses fared; they are executions, too, only where that is asked for.
  package let sessions: Tally
  /// The abandoned ones by reason, by name.
  package let abandonedByReason: [DataSummary.Count]
  /// How long the ended ones took; nil when no duration is known.
  package let durations: DurationSummary?
  /// The executions that took longest, the longest first, at most ten.
  package let longest: [LongExecution]
  /// Where the durations of all droids together lie; nil when none is known.
  package let histogram: DurationHistogram?
  /// How much happened when.
  package let activity: ActivitySummary
  /// Executions whose start was not read, such as those that began before the logs do.
  package let withoutStart: Int
  /// Ids that stand for several executions, as in the original's logs, in order.
  package let sharedIDs: [String]
  /// Endings beyond the first of an execution, which change nothing.
  package let surplusEndings: Int

  init(_ census: Census, _ executions: Executions, _ pruned: PrunedFigures, activity: ActivitySummary) {
    tally = census.tally + pruned.tally
    sessions = census.sessions + pruned.sessionTally
    abandonedByReason = executions.reasons.counts(census.reasons).adding(pruned.reasons)
    var prunedDurations = DurationFigures()
    for droid in pruned.droids.values { prunedDurations.add(droid.durations, .plus) }
    durations = DurationSummary(census.droids.flatMap(\.durations), prunedDurations)
    longest = census.longest.sorted(precedes: executions.precedes)
      .map { LongExecution(executions[$0.position], of: executions) }
    histogram = DurationHistogram(
      (census.droids.map(\.bins) + pruned.droids.values.map(\.bins))
        .reduce(into: Array(repeating: 0, count: DurationHistogram.binCount)) { sum, bins in
          for bin in sum.indices { sum[bin] += bins[bin] }
        })
    self.activity = activity
    withoutStart = census.withoutStart + pruned.withoutStart
    sharedIDs = executions.sharedIDs
    surplusEndings = executions.surplusEndings + pruned.surplusEndings
  }
}

extension NameTable {
  /// The names that occur, with how often, by name.
  func counts(_ counts: [Int]) -> [DataSummary.Count] {
    counts.indices.filter { counts[$0] > 0 }
      .map { DataSummary.Count(name: self[Index(value: UInt32($0))] ?? "", count: counts[$0]) }
      .sorted { $0.name < $1.name }
  }
}
