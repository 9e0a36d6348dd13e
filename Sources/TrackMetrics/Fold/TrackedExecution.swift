package import TrackCore

/// One execution and what became of it, as all lines together tell.
package struct TrackedExecution: Hashable, Sendable {
  /// Its id; the original's executions may share one.
  package let id: String
  /// Its task, where a line tells.
  package let task: String?
  /// The droid that started it; the ending's where the start is missing.
  package let droid: String
  /// When it started; nil when the start or its time is missing.
  package let started: Timestamp?
  /// When it ended or was abandoned; nil while it is open, or when the time is missing.
  package let ended: Timestamp?
  /// What became of it.
  package let outcome: Outcome
  /// Whether it ended after it had been given up.
  package let isLate: Bool
  /// From its start to its ending in seconds: what the writer measured, else the difference of the timestamps.
  package let duration: Double?
  /// Its own limit in seconds.
  package let limit: Double?
  /// What went wrong.
  package let error: String?
  /// The newest report on it.
  package let lastReport: ReportNote?
  /// Whether its start was read.
  package let hasStart: Bool

  /// What became of an execution.
  package enum Outcome: Hashable, Sendable {
    case open, completed, failed, timeout
    case abandoned(reason: String)

    /// Whether somebody ended it; an abandoned execution was ended by nobody.
    package var isEnded: Bool {
      switch self {
      case .completed, .failed, .timeout: true
      case .open, .abandoned: false
      }
    }
  }
}

extension ExecutionRecord {
  /// The executions that the id stands for: none when there are only reports.
  ///
  /// The first ending in time decides, as it does for the writer, and an ending replaces an abandonment. Where several
  /// starts share an id, endings go to starts in the order of time; abandonments go to those that are then left.
  func executions(id: String) -> [TrackedExecution] {
    let count = max(starts.count, endings.isEmpty ? 0 : 1)
    guard count > 0 else { return [] }
    let finals = endings.filter { $0.kind != .abandoned }
    let abandonments = endings.filter { $0.kind == .abandoned }
    let replaced = max(0, abandonments.count - max(0, count - finals.count))
    return (0..<count).map { place in
      let start = place < starts.count ? starts[place] : nil
      guard place < finals.count else {
        let left = place - finals.count + replaced
        return execution(id: id, start, left < abandonments.count ? abandonments[left] : nil, isLate: false)
      }
      let wasGivenUp = place < replaced && follows(finals[place], abandonments[place])
      return execution(id: id, start, finals[place], isLate: finals[place].isLate || wasGivenUp)
    }
  }

  /// Endings beyond the first of each execution, which change nothing.
  var surplusEndings: Int {
    let finals = endings.count { $0.kind != .abandoned }
    return max(0, finals - max(1, starts.count))
  }

  private func follows(_ ending: EndingNote, _ abandonment: EndingNote) -> Bool {
    guard let time = ending.time, let earlier = abandonment.time else { return true }
    return earlier <= time
  }

  private func execution(
    id: String, _ start: StartNote?, _ ending: EndingNote?, isLate: Bool
  ) -> TrackedExecution {
    var measured = ending?.duration
    if measured == nil, let from = start?.time, let to = ending?.time { measured = max(0, to.seconds(since: from)) }
    return TrackedExecution(
      id: id, task: start?.task ?? ending?.task, droid: start?.droid ?? ending?.droid ?? DroidID.unknown.text,
      started: start?.time, ended: ending?.time, outcome: ending?.outcome ?? .open, isLate: isLate,
      duration: measured, limit: start?.limit, error: ending?.error, lastReport: lastReport, hasStart: start != nil)
  }
}

extension EndingNote {
  fileprivate var outcome: TrackedExecution.Outcome {
    switch kind {
    case .completed: .completed
    case .failed: .failed
    case .timeout: .timeout
    case .abandoned: .abandoned(reason: reason ?? "unknown")
    }
  }
}
