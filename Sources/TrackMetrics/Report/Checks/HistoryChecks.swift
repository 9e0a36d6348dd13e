import TrackCore

/// Checks of each droid against its own history.
extension IssueChecks {
  /// What every droid's history says, by the kind of check.
  func againstHistory(_ histories: DroidHistories) -> [[IssueCandidate]] {
    let end = min(now, selection.until ?? now)
    let since = end.microseconds - Int64(min(policy.driftWindow, 1e11) * 1e6)
    var drift = DriftCheck(policy: policy, all: all, histories: histories, since: since)
    var durations = DurationCheck(policy: policy, all: all)
    var rhythm = RhythmCheck(policy: policy, all: all, histories: histories, now: end.microseconds)
    var streaks = StreakCheck(policy: policy, all: all, histories: histories, selection: selection)
    for droid in all.droids.indices {
      let history = DroidHistory(droid, all, histories, since: since, now: end.microseconds)
      drift.look(at: history)
      durations.look(at: history)
      rhythm.look(at: history)
      streaks.look(at: history)
    }
    return [streaks.candidates, drift.candidates, durations.candidates, rhythm.tooFrequent, rhythm.goneQuiet]
  }
}
