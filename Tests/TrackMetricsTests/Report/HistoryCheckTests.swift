import Testing
import TrackCore
import TrackMetrics

/// Planted trouble is found, and nothing else.
@Suite struct HistoryCheckTests {
  /// With α = 0.01 for each of drift, durations and resources, 200 healthy projects are expected to give six at most.
  @Test("two hundred healthy histories give at most six issues")
  func baseRate() {
    let found = (UInt64(1)...200).flatMap { seed in report(MadeHistory(seed: seed, days: 3).lines).issues }
    #expect(found.count <= 6, "\(found.map { "\($0.kind) \($0.summary)" })")
  }

  @Test("a droid that fails more often of late", arguments: UInt64(1)...3)
  func drift(seed: UInt64) throws {
    var history = MadeHistory(seed: seed)
    var toggle = false
    history.change(where: { $0.droid == "reviewer" && $0.start < 86_400 }) { run in
      toggle.toggle()
      if toggle { run.outcome = "failed" }
    }
    let issue = try only(.successDrift, history)
    #expect(issue.droid == "reviewer")
    #expect((0.3...0.6).contains(issue.value ?? 0))
    #expect((issue.threshold ?? 0) > 0.9)
    #expect(issue.executionCount >= 18)
    #expect(issue.evidence.last?.contains("Fisher") ?? false)
  }

  @Test("executions that take far longer or shorter than their task's others", arguments: [30, 1.0 / 200])
  func durations(factor: Double) throws {
    var history = MadeHistory(seed: 2)
    history.change(2, where: { $0.task == "tester-daily" && $0.outcome == "completed" }) { $0.duration *= factor }
    let issue = try only(.durationAnomaly, history)
    #expect(issue.droid == "tester")
    #expect(issue.task == "tester-daily")
    #expect(issue.executionCount == 2)
    #expect(issue.summary.contains(factor > 1 ? "longer" : "shorter"))
  }

  @Test("a task that runs once is held against the droid's other rare ones")
  func rareTask() throws {
    var history = MadeHistory(seed: 3, days: 6)
    history.change(1, where: { $0.droid == "planner" && $0.task != "planner-daily" && $0.outcome == "completed" }) {
      $0.duration *= 200
    }
    let issue = try only(.durationAnomaly, history)
    #expect(issue.task == nil)
    #expect(issue.executionCount == 1)
  }

  @Test("a droid with two habits has no anomaly")
  func twoHabits() {
    var history = MadeHistory(seed: 4)
    var number = 0
    history.change(where: { $0.task == "builder-daily" }) { run in
      number += 1
      if number.isMultiple(of: 20) { run.duration *= 40 }
    }
    #expect(report(history.lines).issues.isEmpty)
  }

  @Test("work that takes far more memory than usual")
  func resources() throws {
    var history = MadeHistory(seed: 5)
    history.change(1, where: { $0.droid == "tester" && $0.memory != nil }) { $0.memory = ($0.memory ?? 0) * 60 }
    let issue = try only(.resourceAnomaly, history)
    #expect(issue.droid == "tester")
    #expect(issue.executionCount == 1)
    #expect(issue.summary.contains("MB of memory"))
  }

  @Test("a droid in a loop")
  func tooFrequent() throws {
    var history = MadeHistory(seed: 6)
    for number in 0..<90 {
      history.runs.append(
        MadeHistory.Run(
          id: "loop-\(number)", droid: "planner", task: "planner-daily", start: Double(3_500 - number), duration: 60))
    }
    let issue = try only(.tooFrequent, history)
    #expect(issue.droid == "planner")
    #expect(issue.value == 90)
    #expect(issue.executionCount == 90)
  }

  @Test("a droid that has gone quiet while others go on, but not when all have, nor when it is at work")
  func goneQuiet() throws {
    var history = MadeHistory(seed: 7, days: 8, perDay: 30)
    history.runs.removeAll { $0.droid == "tester" && $0.start < 4 * 86_400 }
    #expect(try only(.goneQuiet, history).droid == "tester")
    let atWork = [started("open", droid: "tester", at: ago(5 * 86_400), limit: 999_999)]
    #expect(!report(history.lines + atWork).issues.contains { $0.kind == .goneQuiet })
    history.runs.removeAll { $0.start < 4 * 86_400 }
    #expect(!report(history.lines).issues.contains { $0.kind == .goneQuiet })
  }

  @Test("the latest executions of a droid failed one after the other")
  func streak() throws {
    var history = MadeHistory(seed: 8)
    history.change(5, where: { $0.droid == "tester" }) {
      $0.outcome = "failed"
      $0.duration = 10
    }
    let issue = try only(.consecutiveFailures, history)
    #expect(issue.droid == "tester")
    #expect(issue.executionCount >= 5)
    #expect(issue.threshold == 5)
  }

  private func only(_ kind: TrackMetrics.Issue.Kind, _ history: MadeHistory) throws -> TrackMetrics.Issue {
    let issues = report(history.lines).issues
    #expect(issues.map(\.kind) == [kind], "\(issues.map(\.summary))")
    let issue = try #require(issues.first { $0.kind == kind })
    #expect(!issue.advice.isEmpty)
    #expect(!issue.executions.isEmpty)
    return issue
  }
}
