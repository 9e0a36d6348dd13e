import Testing
import TrackCore
import TrackMetrics

/// Neither the order of the lines nor their repetition shows in any figure.
@Suite struct OrderAndRepetitionTests {
  @Test("shuffled and repeated lines make the same report", arguments: UInt64(1)...40)
  func shuffled(seed: UInt64) {
    var random = SplitMix(state: seed)
    let lines = history(&random)
    let plain = figures(lines)
    let repeated = lines + lines.filter { _ in Bool.random(using: &random) }
    #expect(figures(repeated.shuffled(using: &random)) == plain)
  }

  @Test("the histories hold every kind of outcome, so that the comparison says something")
  func coverage() {
    let tallies = (UInt64(1)...40).map { seed in
      var random = SplitMix(state: seed)
      return report(history(&random)).executions
    }
    #expect(tallies.contains { $0.tally.late > 0 })
    #expect(tallies.contains { $0.tally.open > 0 })
    #expect(tallies.contains { $0.tally.timedOut > 0 })
    #expect(tallies.contains { $0.withoutStart > 0 })
    #expect(tallies.contains { $0.surplusEndings > 0 })
    #expect(tallies.contains { !$0.sharedIDs.isEmpty })
    #expect(tallies.contains { $0.abandonedByReason.count > 1 })
  }

  /// The report without what speaks of the files.
  private func figures(_ lines: [String]) -> JSONObject {
    let report = report(lines)
    var object = JSONRenderer.object(report)
    object["data"] = ["events": .number(JSONNumber(report.data.events))]
    object["metrics"] = .object(report.performanceMetrics)
    return object
  }

  private func history(_ random: inout SplitMix) -> [String] {
    (0..<30).flatMap { number -> [String] in
      let id = "e\(number)"
      let start = Double(Int.random(in: 1_000...20_000, using: &random))
      let droid = ["a", "b", "c"].randomElement(using: &random)
      var lines =
        Int.random(in: 0..<8, using: &random) == 0 ? [] : [started(id, droid: droid, at: ago(start), limit: 900)]
      if Int.random(in: 0..<8, using: &random) == 0 { lines.append(started(id, droid: "d", at: ago(start - 0.25))) }
      for _ in 0..<Int.random(in: 0...2, using: &random) {
        let time = ago(start - Double(Int.random(in: 1...999, using: &random)))
        let reason = ["timeout", "silent"].randomElement(using: &random) ?? ""
        let status = ["completed", "failed", "timeout"].randomElement(using: &random) ?? ""
        lines.append(
          Bool.random(using: &random)
            ? abandoned(id, reason: reason, at: time) : ended(id, status, at: time, duration: start / 7))
      }
      lines.append(
        "{\"event_type\": \"droid.self_report\", \"timestamp\": \"\(ago(start - 2))\", \"execution_id\": \"\(id)\", "
          + "\"droid_id\": \"a\", \"details\": {\"event_type\": \"progress\", \"progress\": 0.\(number)}}")
      return lines
    }
  }
}

/// A small random generator with a seed (Steele, Lea, Flood: SplitMix64).
private struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var value = state
    value = (value ^ (value >> 30)) &* 0xbf58_476d_1ce4_e5b9
    value = (value ^ (value >> 27)) &* 0x94d0_49bb_1331_11eb
    return value ^ (value >> 31)
  }
}
