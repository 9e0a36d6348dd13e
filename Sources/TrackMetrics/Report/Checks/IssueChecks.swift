import TrackCore

/// Looks at a report's figures for what needs a look; pure, so that every check can be tried on figures alone.
///
/// Checks of rates and states look at what is selected; checks against the own history look at all that came before the
/// selection's end, as a history that is cut off says nothing.
struct IssueChecks {
  let data: DataSummary
  let executions: ExecutionSummary
  /// Every execution.
  let all: Executions
  let selection: Selection
  let droids: [DroidSummary]
  let results: ResultSummary
  let resources: [String: ResourceNotes]
  let open: [OpenExecution]
  let openCount: Int
  let stuckCount: Int
  let policy: ReportPolicy
  let now: Timestamp
  let lastSweep: Timestamp?

  /// Every issue, the gravest first; of a kind at most `Issue.kindLimit`, and how many there are in all.
  func issues() -> (shown: [Issue], count: Int) {
    let histories = DroidHistories(all, selection)
    var found = [
      unreadable(), badLines(), stuck(), silent(), noSweep(), abandonment(), tooManyOpen(), invalidResults(),
      lateEndings(), sharedIDs(), withoutStart(),
    ].compactMap(\.self)
    var count = found.count
    for candidates in [success(histories)] + againstHistory(histories) + [resourceAnomalies()] {
      count += candidates.count
      found += candidates.gravest(Issue.kindLimit)
    }
    return (found.sorted(by: Self.precedes), count)
  }

  private static func precedes(_ one: Issue, _ other: Issue) -> Bool {
    guard one.severity == other.severity else { return one.severity > other.severity }
    guard one.kind == other.kind else { return one.kind.rank < other.kind.rank }
    return (one.droid ?? "", one.task ?? "", one.summary) < (other.droid ?? "", other.task ?? "", other.summary)
  }

  /// The executions selected by `condition` that ended last, the newest first, and how many they are.
  func newest(where condition: (TrackedExecution) -> Bool) -> Issue.Proof {
    let filter = ExecutionFilter(selection, all)
    return all.newest(all.indices.filter { condition(all[$0]) && filter.admits(all[$0]) })
  }
}

/// Something that may be an issue; the issue is made of it only when it is told, as that looks up names and texts.
struct IssueCandidate {
  /// The graver it is, the greater.
  let gravity: Double
  /// What comes first of two that are as grave.
  let name: String
  let issue: () -> Issue
}

extension [IssueCandidate] {
  /// The issues of the gravest.
  func gravest(_ count: Int) -> [Issue] {
    sorted { $0.gravity == $1.gravity ? $0.name < $1.name : $0.gravity > $1.gravity }.prefix(count).map { $0.issue() }
  }
}

extension Executions {
  /// Of the executions at `positions` those that ended last, the newest first, and how many they are.
  func newest(_ positions: some Sequence<Int>) -> Issue.Proof {
    var ranking = Ranking<Int64>(Issue.executionLimit)
    var count = 0
    for position in positions {
      count += 1
      ranking.offer(self[position].ended?.microseconds ?? .min, position) { precedes($1, $0) }
    }
    return Issue.Proof(ranking.sorted { precedes($1, $0) }.map { id(of: self[$0.position]) }, count: count)
  }
}
