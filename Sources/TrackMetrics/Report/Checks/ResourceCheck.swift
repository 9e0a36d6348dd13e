internal import Glibc
import TrackCore

/// Whether work took far more of a resource in the last window than it usually does.
///
/// As with durations: logarithms, median and MAD of all of the droid's figures of that kind, a chance of at most α/n with
/// n figures in all (Bonferroni), a factor of at least `resourceFactor`, and at most one in a hundred of the figures
/// before the window as far out. Of each kind the `ResourceNotes.peakCount` largest figures are known.
extension IssueChecks {
  /// The least deviation of logarithms, and the least figure worth telling from none.
  private static let leastDeviation = 0.1
  private static let leastFigure = 0.1

  func resourceAnomalies() -> [IssueCandidate] {
    let end = min(now, selection.until ?? now)
    let since = Timestamp(microseconds: end.microseconds - Int64(min(policy.driftWindow, 1e11) * 1e6))
    let total = droids.reduce(0) { sum, droid in
      sum + ResourceNotes.Kind.allCases.reduce(0) { $0 + (resources[droid.droid]?[$1].distribution.count ?? 0) }
    }
    return droids.flatMap { droid -> [IssueCandidate] in
      guard let notes = resources[droid.droid] else { return [] }
      return ResourceNotes.Kind.allCases.compactMap { kind in
        candidate(droid.droid, kind, notes[kind], since: since, of: total)
      }
    }
  }

  private func candidate(
    _ droid: String, _ kind: ResourceNotes.Kind, _ figures: ResourceNotes.Figures, since: Timestamp, of total: Int
  ) -> IssueCandidate? {
    let recent = figures.peaks.filter { $0.time.map { $0 >= since } ?? false }
    guard figures.distribution.count >= policy.minimumSample, !recent.isEmpty,
      let scale = RobustScale(
        weighted: figures.distribution.weighted.map { (log(max(Self.leastFigure, $0.value)), $0.count) })
    else { return nil }
    let habit = figures.distribution.count / 100
    let far = recent.filter { peak in
      let value = log(max(Self.leastFigure, peak.value))
      let asFar = figures.peaks.count { $0 >= peak && !($0.time.map { $0 >= since } ?? false) }
      return value - scale.middle >= log(policy.resourceFactor) && asFar <= habit
        && scale.chance(of: scale.score(value, least: Self.leastDeviation)) * Double(total) <= policy.falseAlarms
    }
    guard let largest = far.first else { return nil }
    let usual = exp(scale.middle)
    return IssueCandidate(gravity: largest.value / usual, name: "\(droid) \(kind.rawValue)") {
      Issue(
        kind: .resourceAnomaly, droid: droid,
        summary: "\(droid) took \(kind.text(largest.value)), usually \(kind.text(usual))",
        value: largest.value, threshold: usual * policy.resourceFactor,
        proof: Issue.Proof(far.compactMap(\.execution)),
        evidence: far.map { peak in
          "\(kind.text(peak.value)) at \(peak.time.map(timeText) ?? "an unknown time"), median of "
            + "\(figures.distribution.count) figures \(kind.text(usual))"
        }, advice: "see what the executions named did; nice, ulimit and systemd-run bound what work may take")
    }
  }
}

extension ResourceNotes.Kind {
  /// A figure as people read it.
  fileprivate func text(_ value: Double) -> String {
    let number = fixed(value, places: 1)
    return switch self {
    case .cpuPercent: "\(number) % of a core"
    case .memoryMegabytes: "\(number) MB of memory"
    case .diskMegabytes: "\(number) MB of disk I/O"
    }
  }
}
