import TrackCore

/// Whether a droid's success rate has fallen in the last window against all before it.
///
/// Fisher's exact test, one-sided. With k droids tested a droid is told when its chance is at most α/k (Bonferroni), so
/// that α bounds the probability that any droid of a healthy project is told; and only when the rate fell by
/// `successDrop`, as with many executions a fall too small to matter is significant, too.
struct DriftCheck {
  let policy: ReportPolicy
  let all: Executions
  let histories: DroidHistories
  /// Where the last window begins.
  let since: Int64
  private var tested = 0
  private var suspects: [Suspect] = []

  private struct Suspect {
    let droid: NameTable.Index
    let recent: DroidHistory.Endings
    let earlier: DroidHistory.Endings
    let chance: Double
  }

  init(policy: ReportPolicy, all: Executions, histories: DroidHistories, since: Int64) {
    self.policy = policy
    self.all = all
    self.histories = histories
    self.since = since
  }

  mutating func look(at history: DroidHistory) {
    let (recent, earlier) = (history.recent, history.earlier)
    guard recent.ended >= policy.minimumSample, earlier.ended >= policy.minimumSample else { return }
    tested += 1
    guard earlier.rate - recent.rate >= policy.successDrop else { return }
    let chance = chanceOfSoFew(
      late: recent.completed, of: recent.ended, early: earlier.completed, of: earlier.ended)
    guard chance <= policy.falseAlarms else { return }
    suspects.append(Suspect(droid: history.droid, recent: recent, earlier: earlier, chance: chance))
  }

  /// The droids whose rate has fallen.
  var candidates: [IssueCandidate] {
    suspects.filter { $0.chance * Double(tested) <= policy.falseAlarms }.map { suspect in
      let name = all.droids[suspect.droid] ?? ""
      return IssueCandidate(gravity: suspect.earlier.rate - suspect.recent.rate, name: name) { issue(suspect, name) }
    }
  }

  private func issue(_ suspect: Suspect, _ name: String) -> Issue {
    let window = durationText(policy.driftWindow)
    let failures = histories.positions(of: suspect.droid).lazy.filter { position in
      all[position].outcome.isFailure && (all[position].ended?.microseconds ?? .min) >= since
    }
    return Issue(
      kind: .successDrift, droid: name,
      summary: "\(name) succeeded in \(percentText(suspect.recent.rate)) of the last \(window), "
        + "in \(percentText(suspect.earlier.rate)) before",
      value: suspect.recent.rate, threshold: suspect.earlier.rate, proof: all.newest(failures),
      evidence: [
        "\(suspect.recent.completed) of \(suspect.recent.ended) against "
          + "\(suspect.earlier.completed) of \(suspect.earlier.ended)",
        "chance of so few \(chanceText(suspect.chance)) (Fisher's exact test)",
      ], advice: "look at what has changed since: the errors of the executions named, the droid, its tools")
  }
}
