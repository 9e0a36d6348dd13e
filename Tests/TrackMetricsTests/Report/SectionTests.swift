import Testing
import TrackCore
import TrackMetrics

@Suite struct SectionTests {
  @Test("hours and days are without gaps and end with the latest line")
  func activity() {
    let report = report([
      started("e1", at: ago(7_300)), ended("e1", at: ago(3_700)), started("e2", at: ago(100)),
      started("e3", at: ago(4 * 86_400)), abandoned("e3", at: ago(3 * 86_400)), selfReport("e2", at: ago(40)),
    ])
    let (hours, days) = (report.executions.activity.hours, report.executions.activity.days)
    #expect(hours.count == ActivitySummary.hourCount)
    #expect(zip(hours, hours.dropFirst()).allSatisfy { $1.begin.seconds(since: $0.begin) == 3_600 })
    // `now` is 16:00 UTC, so that the last line lies in the hour from 15:00.
    #expect(hours.last?.begin == ago(3_600))
    #expect(hours.suffix(3).map(\.started) == [1, 0, 1])
    #expect(hours.suffix(3).map(\.completed) == [0, 1, 0])
    #expect(hours.last?.selfReports == 1)
    #expect(days.count == 5)
    #expect(days.map(\.started) == [1, 0, 0, 0, 2])
    #expect(days.map(\.abandoned) == [0, 1, 0, 0, 0])
    #expect(days.last?.selfReports == 1)
  }

  @Test("tasks: the most attempts first, each with its droids, its last outcome and its durations")
  func tasks() throws {
    let tasks = report([
      started("e1", task: "2", droid: "b", at: ago(900)), ended("e1", "failed", at: ago(800), duration: 100),
      started("e2", task: "2", droid: "a", at: ago(700)), ended("e2", at: ago(650), duration: 50),
      started("e3", task: "1", at: ago(600)), started("e4", task: "3", at: ago(500)),
    ]).tasks
    #expect(tasks.count == 3)
    #expect(tasks.retried == 1)
    #expect(tasks.shown.map(\.task) == ["2", "3", "1"])
    let task = try #require(tasks.shown.first)
    #expect(task.droids == ["a", "b"])
    #expect(task.tally.successRate == 0.5)
    #expect(task.lastOutcome == .completed)
    #expect(task.lastStarted == ago(700))
    #expect(task.durations?.mean == 75)
  }

  @Test("results: categories, validity, what is wrong and the errors by their templates")
  func results() {
    let lines = (1...3).flatMap { number -> [String] in
      let id = "e\(number)"
      let problems = number == 1 ? ["the result is empty"] : []
      return [
        started(id, at: ago(100)),
        ended(id, number < 3 ? "failed" : "completed", at: ago(90), error: "exit status \(number)"),
        result(id, success: number == 3, at: ago(90)),
        validated(id, number < 3 ? "error" : "testing", problems, at: ago(90)),
      ]
    }
    let results = report(lines + [validated("gone", "testing", [], at: ago(9))]).results
    #expect(results.results == 3)
    #expect(results.successes == 1)
    #expect(results.validated == 3)
    #expect(results.validationRate == 2.0 / 3)
    #expect(results.categories.map(\.name) == ["error", "testing"])
    #expect(results.categories.map(\.count) == [2, 1])
    #expect(results.categories.map(\.invalid) == [1, 0])
    #expect(results.categories.map(\.failures) == [2, 0])
    #expect(results.problems.map { "\($0.count) \($0.name)" } == ["1 the result is empty"])
    #expect(results.errors.map { "\($0.count) \($0.name)" } == ["2 exit status <n>"])
  }

  @Test("resources: quantiles of what self-reports and endings tell, by droid")
  func resources() throws {
    let lines = (1...5).map { selfReport("e1", at: ago(Double(100 - $0)), memory: Double($0 * 100)) }
    let report = report([started("e1", at: ago(100))] + lines + lines.prefix(2))
    #expect(report.resources.map(\.droid) == ["builder"])
    let memory = try #require(report.resources.first?.memoryMegabytes)
    #expect(memory.count == 5)
    #expect(memory.p50 == 300)
    #expect(memory.p95 == 480)
    #expect(memory.maximum == 500)
    #expect(report.resources.first?.cpuPercent == nil)
  }

  @Test("droids: rates with their interval, share, and the trend from the first line to the last")
  func droids() throws {
    let lines = (0..<24).flatMap { number -> [String] in
      let time = Double(24_000 - 1_000 * number)
      return [
        started("e\(number)", droid: number < 18 ? "a" : "b", at: ago(time)),
        ended("e\(number)", number < 6 ? "failed" : "completed", at: ago(time)),
      ]
    }
    let droid = try #require(report(lines).droids.first)
    #expect(droid.droid == "a")
    #expect(droid.share == 0.75)
    #expect(droid.success == RateEstimate(12, of: 18))
    #expect(droid.trend.count == DroidSummary.trendCount)
    #expect(droid.trend.first == 0)
    #expect(droid.trend[6] == 1)
    #expect(droid.trend.last == .some(nil))
  }

  @Test("histograms of droids share their edges and add up to that of all")
  func histogram() throws {
    let lines = [0.0, 0.5, 1, 1.5, 2.2, 70, 1e8].enumerated().flatMap { number, duration in
      [started("e\(number)", at: ago(100)), ended("e\(number)", at: ago(50), duration: duration)]
    }
    let histogram = try #require(report(lines).executions.histogram)
    #expect(histogram.edges.count == histogram.counts.count + 1)
    #expect(histogram.counts.reduce(0, +) == 7)
    #expect(histogram.edges.first == 0.001)
    #expect(histogram.edges.last == 1_000_000)
    let one = try #require(histogram.edges.firstIndex(of: 1))
    #expect(histogram.counts[one] == 2)
    #expect(histogram.counts[one + 1] == 1)
    #expect(report(lines).droids.first?.histogram == histogram)
  }

  @Test("a selection holds the executions that started in it, and says what it is")
  func selection() {
    let lines = [
      started("e1", task: "1", droid: "a", at: ago(900)), ended("e1", at: ago(100), duration: 1),
      started("e2", task: "2", droid: "a", at: ago(500)), ended("e2", "failed", at: ago(400)),
      started("e3", task: "1", droid: "b", at: ago(500)), selfReport("e3", at: ago(300), droid: "b", memory: 5),
      selfReport("e1", at: ago(800), droid: "a", memory: 7),
    ]
    func selected(_ change: (inout Selection) -> Void) -> Report {
      var selection = Selection()
      change(&selection)
      let report = report(lines, selection: selection)
      #expect(report.selection == selection)
      return report
    }
    let recent = selected { $0.since = ago(500) }
    #expect(recent.executions.tally.started == 2)
    #expect(recent.droids.map(\.droid) == ["a", "b"])
    #expect(recent.resources.map(\.droid) == ["b"])
    #expect(recent.data.selfReports.map(\.count) == [1])
    #expect(selected { $0.until = ago(500) }.timeline.map(\.id) == ["e1"])
    #expect(selected { $0.droid = "a" }.executions.tally.started == 2)
    #expect(selected { $0.droid = "a" }.droids.map(\.droid) == ["a"])
    #expect(selected { $0.task = "1" }.tasks.shown.map(\.tally.started) == [2])
    #expect(selected { $0.droid = "nobody" }.executions.tally.started == 0)
    #expect(selected { $0.run = "r-1" }.executions.tally.started == 0)
  }

  @Test("lists of issues are bounded, their counts are not")
  func bounded() throws {
    let lines = (0..<150).flatMap { number in
      (0..<3).flatMap { time in
        [
          started("e\(number)-\(time)", droid: "d\(number)", at: ago(100)),
          ended("e\(number)-\(time)", "failed", at: ago(50)),
        ]
      }
    }
    let report = report(lines)
    #expect(report.issues.count == TrackMetrics.Issue.kindLimit)
    #expect(report.issueCount == 150)
    let open = TrackMetricsTests.report((0..<1_200).map { started("e\($0)", at: ago(9_000)) })
    #expect(open.open.count == Report.openLimit)
    #expect(open.openCount == 1_200)
    let stuck = try #require(open.issues.first)
    #expect(stuck.executionCount == 1_200)
    #expect(stuck.executions.count == TrackMetrics.Issue.executionLimit)
  }
}
