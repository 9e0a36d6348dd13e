/// All executions.
package struct ExecutionSummary: Hashable, Sendable {
  /// How they fared.
  package let tally: Tally
  /// The abandoned ones by reason, by name.
  package let abandonedByReason: [DataSummary.Count]
  /// How long the ended ones took; nil when no duration is known.
  package let durations: DurationSummary?
  /// Executions whose start was not read, such as those that began before the logs do.
  package let withoutStart: Int
  /// Ids that stand for several executions, as in the original's logs, in order.
  package let sharedIDs: [String]
  /// Endings beyond the first of an execution, which change nothing.
  package let surplusEndings: Int

  init(_ executions: [TrackedExecution], records: [String: ExecutionRecord]) {
    var tally = Tally()
    var reasons: [String: Int] = [:]
    for execution in executions {
      tally.add(execution)
      if case .abandoned(let reason) = execution.outcome { reasons[reason, default: 0] += 1 }
    }
    self.tally = tally
    abandonedByReason = reasons.map { DataSummary.Count(name: $0.key, count: $0.value) }
      .sorted { $0.name < $1.name }
    durations = DurationSummary(executions.filter { $0.outcome.isEnded }.compactMap(\.duration))
    withoutStart = executions.count { !$0.hasStart }
    sharedIDs = records.filter { $0.value.starts.count > 1 }.keys.sorted()
    surplusEndings = records.values.reduce(0) { $0 + $1.surplusEndings }
  }
}
