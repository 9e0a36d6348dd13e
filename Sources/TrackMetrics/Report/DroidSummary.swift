package import TrackCore

/// One droid.
package struct DroidSummary: Hashable, Sendable {
  /// Its id, as written.
  package let droid: String
  /// How the executions it started fared.
  package let tally: Tally
  /// How long its ended executions took; nil when no duration is known.
  package let durations: DurationSummary?
  /// Its self-reports.
  package let selfReports: Int
  /// Audit lines that it wrote freely.
  package let auditNotes: Int
  /// When it last started, reported or ended anything.
  package let lastSeen: Timestamp?

  static func of(_ executions: [TrackedExecution], _ known: [String: Fold.Droid]) -> [DroidSummary] {
    let own = Dictionary(grouping: executions, by: \.droid)
    return Set(own.keys).union(known.keys)
      .map { DroidSummary(droid: $0, own[$0] ?? [], known[$0] ?? Fold.Droid()) }
      .sorted { ($1.tally.started, $0.droid) < ($0.tally.started, $1.droid) }
  }

  private init(droid: String, _ executions: [TrackedExecution], _ known: Fold.Droid) {
    self.droid = droid
    tally = executions.reduce(into: Tally()) { $0.add($1) }
    durations = DurationSummary(executions.filter { $0.outcome.isEnded }.compactMap(\.duration))
    selfReports = known.selfReports
    auditNotes = known.auditNotes
    // The original's endings do not name their droid; an ending is a sign of it all the same.
    let endings = executions.filter { $0.outcome.isEnded }.compactMap(\.ended)
    lastSeen = (endings + [known.lastSeen].compactMap(\.self)).max()
  }
}
