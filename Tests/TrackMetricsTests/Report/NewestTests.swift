import Testing
import TrackCore
import TrackMetrics

@Suite struct NewestTests {
  @Test(
    "the timeline holds the newest executions, the recent entries the newest starts and endings",
    arguments: UInt64(1)...5)
  func newest(seed: UInt64) {
    var random = SplitMix(state: seed)
    let runs = (0..<700).map { number in
      (id: "e\(number)", start: Double(Int.random(in: 1_000...90_000, using: &random)))
    }
    let lines = runs.flatMap { [started($0.id, at: ago($0.start)), ended($0.id, at: ago($0.start - 500))] }
    let report = report(lines.shuffled(using: &random))
    let order = runs.sorted { ($1.start, $0.id) < ($0.start, $1.id) }
    let newest = order.suffix(Report.timelineLimit)
    #expect(report.timeline.map(\.started) == newest.map { ago($0.start) })
    #expect(Set(report.timeline.suffix(250).map(\.id)).isSubset(of: newest.map(\.id)))
    let moments = runs.flatMap { [ago($0.start), ago($0.start - 500)] }.sorted(by: >)
    #expect(report.recent.entries.map(\.time) == Array(moments.prefix(RecentActivity.limit)))
    #expect(report.recent.tally.started == runs.count { $0.start <= 86_400 })
    #expect(report.recent.endings == runs.count { $0.start - 500 <= 86_400 })
  }
}
