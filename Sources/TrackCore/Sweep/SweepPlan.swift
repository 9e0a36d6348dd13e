/// What a sweep is to do: which open executions to close and why, and which to speak of.
///
/// Pure: made of records, what was found out about their owners, the time and the policy.
struct SweepPlan: Hashable {
  /// An execution that nobody will end.
  struct Closing: Hashable {
    let record: LedgerRecord
    let reason: AbandonReason
    let evidence: JSONObject
  }

  private(set) var closings: [Closing] = []
  /// Executions past the default limit whose owner lives.
  private(set) var overdue: [Execution] = []

  init(_ records: [LedgerRecord], owners: [ProcessIdentity: Liveness], now: Instant, policy: JudgementPolicy) {
    for record in records {
      switch policy.judge(record, owner: record.execution.owner.map { owners[$0] ?? .unknown }, now: now) {
      case .live: break
      case .overdue: overdue.append(record.execution)
      case .stale(let reason, let evidence):
        closings.append(Closing(record: record, reason: reason, evidence: evidence))
      }
    }
    closings.sort {
      ($0.record.execution.started.wall, $0.record.execution.id.text) < (
        $1.record.execution.started.wall, $1.record.execution.id.text
      )
    }
  }
}
