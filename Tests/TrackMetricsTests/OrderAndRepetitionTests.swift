import Testing
import TrackCore
import TrackMetrics

/// Neither the order of the lines nor their repetition shows in any figure.
@Suite struct OrderAndRepetitionTests {
  @Test("shuffled and repeated lines make the same report", arguments: UInt64(1)...40)
  func shuffled(seed: UInt64) throws {
    var random = SplitMix(state: seed)
    let lines = history(&random)
    let plain = try figures(lines)
    let repeated = lines + lines.filter { _ in Bool.random(using: &random) }
    let shuffled = repeated.shuffled(using: &random)
    #expect(try figures(shuffled) == plain)
    let (one, other) = (report(lines), report(shuffled))
    #expect(one.executions == other.executions)
    #expect(one.droids == other.droids)
    #expect(one.tasks == other.tasks)
    #expect(one.results == other.results)
    #expect(one.resources == other.resources)
    #expect(one.open == other.open)
    #expect(one.recent == other.recent)
    #expect(one.timeline == other.timeline)
    #expect(one.issues == other.issues)
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
    let reports = (UInt64(1)...40).map { seed in
      var random = SplitMix(state: seed)
      return report(history(&random))
    }
    #expect(reports.contains { $0.results.errors.count > 1 && $0.results.categories.count > 1 })
    #expect(reports.contains { $0.results.validated > $0.results.valid && $0.results.valid > 0 })
    #expect(reports.contains { $0.resources.count > 1 })
    #expect(reports.contains { $0.tasks.retried > 0 })
  }

  /// The report without what speaks of the files.
  private func figures(_ lines: [String]) throws -> JSONObject {
    let report = report(lines)
    var object = try JSONParser.object(JSONRenderer.render(report))
    object["data"] = ["events": .number(JSONNumber(report.data.events))]
    object["metrics"] = .object(report.performanceMetrics)
    return object
  }
}
