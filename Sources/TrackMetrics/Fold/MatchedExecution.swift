import TrackCore

/// A start and the ending that belongs to it.
package struct MatchedExecution: Sendable {
  package let start: StartNote?
  package let ending: EndingNote?
  /// Whether it ended after it had been given up.
  package let isLate: Bool
}

extension ExecutionRecord {
  /// The executions that the id stands for: none when there are only reports.
  ///
  /// The first ending in time decides, as it does for the writer, and an ending replaces an abandonment. Where several
  /// starts share an id, endings go to starts in the order of time; abandonments go to those that are then left.
  package var executions: [MatchedExecution] {
    let count = max(starts.count, endings.isEmpty ? 0 : 1)
    guard count > 0 else { return [] }
    let finals = endings.filter { $0.kind != .abandoned }
    let abandonments = endings.filter { $0.kind == .abandoned }
    let replaced = max(0, abandonments.count - max(0, count - finals.count))
    return (0..<count).map { place in
      let start = place < starts.count ? starts[place] : nil
      guard place < finals.count else {
        let left = place - finals.count + replaced
        let ending = left < abandonments.count ? abandonments[left] : nil
        return MatchedExecution(start: start, ending: ending, isLate: false)
      }
      let wasGivenUp = place < replaced && follows(finals[place], abandonments[place])
      return MatchedExecution(start: start, ending: finals[place], isLate: finals[place].isLate || wasGivenUp)
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
}
