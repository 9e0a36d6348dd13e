import TrackCore

/// Whether a droid starts work far more often than it ever did, or has gone quiet while others go on.
///
/// Both hold the last moments against the extreme of the own history and not against its mean: days, nights and
/// weekends belong to a rhythm.
struct RhythmCheck {
  let policy: ReportPolicy
  let all: Executions
  let histories: DroidHistories
  let now: Int64
  private(set) var tooFrequent: [IssueCandidate] = []
  private var quiet: [Quiet] = []
  /// When any droid last started anything.
  private var lastStart = Int64.min

  private struct Quiet {
    let droid: NameTable.Index
    let last: Int64
    let longestGap: Int64
  }

  private static let hour: Int64 = 3_600_000_000
  /// The starts in an hour below which nobody is too busy.
  private static let leastStarts = 10

  init(policy: ReportPolicy, all: Executions, histories: DroidHistories, now: Int64) {
    self.policy = policy
    self.all = all
    self.histories = histories
    self.now = now
  }

  mutating func look(at history: DroidHistory) {
    guard let first = history.starts.first, let last = history.starts.last else { return }
    lastStart = max(lastStart, last)
    let earlier = history.starts.prefix { $0 <= now - Self.hour }
    let count = history.starts.count - earlier.count
    if earlier.count >= policy.minimumSample, now - Self.hour - first >= 24 * Self.hour, count >= Self.leastStarts {
      let busiest = Self.busiestHour(earlier)
      if Double(count) > policy.frequencyFactor * Double(busiest) { note(history.droid, count, busiest) }
    }
    if history.openCount == 0, history.starts.count >= policy.minimumSample {
      let gap = zip(history.starts.dropFirst(), history.starts).reduce(0) { max($0, $1.0 - $1.1) }
      quiet.append(Quiet(droid: history.droid, last: last, longestGap: gap))
    }
  }

  /// The droids that have gone quiet: by the clock of the project, which stands still while nobody works.
  var goneQuiet: [IssueCandidate] {
    quiet.compactMap { suspect in
      let silence = lastStart - suspect.last
      guard silence >= Self.hour, Double(silence) > policy.frequencyFactor * Double(suspect.longestGap) else {
        return nil
      }
      let name = all.droids[suspect.droid] ?? ""
      return IssueCandidate(gravity: Double(silence), name: name) { issue(suspect, silence, name) }
    }
  }

  private func issue(_ suspect: Quiet, _ silence: Int64, _ name: String) -> Issue {
    let newest = histories.positions(of: suspect.droid).lazy.filter {
      all[$0].started?.microseconds == suspect.last
    }
    return Issue(
      kind: .goneQuiet, droid: name,
      summary: "\(name) started nothing for \(durationText(Double(silence) / 1e6)) while others went on",
      value: Double(silence) / 1e6, threshold: policy.frequencyFactor * Double(suspect.longestGap) / 1e6,
      proof: all.newest(newest),
      evidence: ["its longest pause before was \(durationText(Double(suspect.longestGap) / 1e6))"],
      advice: "see whether it is still given work; nothing is wrong when its work is done")
  }

  private mutating func note(_ droid: NameTable.Index, _ count: Int, _ busiest: Int) {
    guard let name = all.droids[droid] else { return }
    let (all, histories, since, factor) = (all, histories, now - Self.hour, policy.frequencyFactor)
    tooFrequent.append(
      IssueCandidate(gravity: Double(count) / Double(max(1, busiest)), name: name) {
        let newest = histories.positions(of: droid).lazy.filter { (all[$0].started?.microseconds ?? .min) > since }
        return Issue(
          kind: .tooFrequent, droid: name, summary: "\(name) started \(count) executions in the last hour",
          value: Double(count), threshold: factor * Double(busiest), proof: all.newest(newest),
          evidence: ["its busiest hour before had \(counted(busiest, "start"))"],
          advice: "see whether it is started in a loop")
      })
  }

  /// The most starts in any hour.
  private static func busiestHour(_ starts: ArraySlice<Int64>) -> Int {
    var (first, most) = (starts.startIndex, 0)
    for place in starts.indices {
      while starts[place] - starts[first] >= hour { first += 1 }
      most = max(most, place - first + 1)
    }
    return most
  }
}
