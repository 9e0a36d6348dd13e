import TrackCore

/// Whether a droid's latest executions failed one after the other.
///
/// What was abandoned was ended by nobody: it neither breaks a streak nor belongs to one.
struct StreakCheck {
  let policy: ReportPolicy
  let all: Executions
  let histories: DroidHistories
  let selection: Selection
  private(set) var candidates: [IssueCandidate] = []

  init(policy: ReportPolicy, all: Executions, histories: DroidHistories, selection: Selection) {
    self.policy = policy
    self.all = all
    self.histories = histories
    self.selection = selection
  }

  mutating func look(at history: DroidHistory) {
    let (all, threshold) = (all, policy.consecutiveFailures)
    let failures = history.failures.filter { $0.ended > history.lastCompleted }.map(\.position)
    guard failures.count >= policy.consecutiveFailures else { return }
    let filter = ExecutionFilter(selection, all)
    guard failures.contains(where: { filter.admits(all[$0]) }), let name = all.droids[history.droid] else { return }
    candidates.append(
      IssueCandidate(gravity: Double(failures.count), name: name) {
        let proof = all.newest(failures)
        return Issue(
          kind: .consecutiveFailures, droid: name,
          summary: "the latest \(failures.count) executions of \(name) failed", value: Double(failures.count),
          threshold: Double(threshold), proof: proof, evidence: Self.errors(failures, all),
          advice: "stop giving it work until the cause is found; read the errors of the executions named")
      })
  }

  /// What went wrong, the most frequent first.
  private static func errors(_ failures: [Int], _ all: Executions) -> [String] {
    var counts = Array(repeating: 0, count: all.errors.count)
    for position in failures where all[position].error != .none { counts[Int(all[position].error.value)] += 1 }
    return all.errors.counts(counts).sorted { ($1.count, $0.name) < ($0.count, $1.name) }.prefix(3)
      .map { "\($0.count) times \($0.name)" }
  }
}
