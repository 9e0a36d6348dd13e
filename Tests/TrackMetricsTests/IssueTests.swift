import Testing
import TrackCore
import TrackMetrics

@Suite struct IssueTests {
  @Test("stuck is open past its own limit, else past the default one")
  func stuck() {
    let report = report([
      started("own-limit-passed", at: ago(61), limit: 60), started("within-own-limit", at: ago(5_000), limit: 6_000),
      started("default-passed", at: ago(3_601)), started("within-default", at: ago(3_600)),
      started("ended", at: ago(9_000)), ended("ended", at: ago(10)),
    ])
    #expect(report.issues.map(\.kind) == [.stuck])
    #expect(report.issues.first?.executions == ["default-passed", "own-limit-passed"])
  }

  @Test("abandonment is an issue above ten percent, not at it", arguments: [(1, 9, false), (1, 8, true)])
  func abandonment(abandonments: Int, endings: Int, isIssue: Bool) {
    let lines =
      (0..<abandonments).flatMap { [started("a\($0)", at: ago(100)), abandoned("a\($0)", at: ago(50))] }
      + (0..<endings).flatMap { [started("e\($0)", at: ago(100)), ended("e\($0)", at: ago(50))] }
    #expect(report(lines).issues.map(\.kind) == (isIssue ? [.abandonmentRate] : []))
  }

  @Test(
    "a droid's success is judged from three executions on, below one half",
    arguments: [(0, 2, false), (1, 2, true), (0, 3, true), (2, 2, false)])
  func success(completed: Int, failed: Int, isIssue: Bool) {
    let lines =
      (0..<completed).flatMap { [started("c\($0)", at: ago(100)), ended("c\($0)", at: ago(50))] }
      + (0..<failed).flatMap { [started("f\($0)", at: ago(100)), ended("f\($0)", "failed", at: ago(50))] }
    let issues = report(lines).issues
    #expect(issues.map(\.kind) == (isIssue ? [.successRate] : []))
    #expect(issues.allSatisfy { $0.droid == "builder" && $0.executions.count == failed })
  }

  @Test("no sweep for twice the interval is an issue only while executions are open")
  func noSweep() {
    let open = [started("e1", at: ago(700))]
    let ended = open + [ended("e1", at: ago(10))]
    #expect(report(open, lastSweep: ago(601)).issues.map(\.kind) == [.noSweep])
    #expect(report(open, lastSweep: ago(600)).issues.isEmpty)
    #expect(report(ended, lastSweep: ago(9_000)).issues.isEmpty)
    #expect(report(open, lastSweep: nil).issues.map(\.kind) == [.noSweep])
    #expect(report([started("e2", at: ago(60))], lastSweep: nil).issues.isEmpty)
  }

  @Test("more open executions than droids may run")
  func tooManyOpen() {
    var policy = ReportPolicy()
    policy.maximumConcurrentDroids = 1
    let lines = [started("e1", at: ago(20)), started("e2", at: ago(10))]
    #expect(report([lines[0]], policy: policy).issues.isEmpty)
    #expect(report(lines, policy: policy).issues.map(\.kind) == [.tooManyOpen])
  }

  @Test("silent is open, has reported and then said nothing for longer than the heartbeat, within its limit")
  func silent() {
    var policy = ReportPolicy()
    policy.heartbeatTimeout = 60
    let lines = [
      started("silent", at: ago(500)), selfReport("silent", at: ago(61)),
      started("talking", at: ago(500)), selfReport("talking", at: ago(60)), started("never-spoke", at: ago(500)),
      started("ended", at: ago(500)), selfReport("ended", at: ago(300)), ended("ended", at: ago(10)),
      started("swept", at: ago(500)), selfReport("swept", at: ago(300)), abandoned("swept", at: ago(10)),
    ]
    policy.abandonmentRate = 1
    let issues = report(lines, policy: policy).issues
    #expect(issues.map(\.kind) == [.silent])
    #expect(issues.first?.executions == ["silent"])
    policy.heartbeatTimeout = nil
    #expect(report(lines, policy: policy).issues.isEmpty)
  }

  @Test("late endings above five percent are worth a remark")
  func late() {
    let lines = (0..<20).flatMap {
      [started("e\($0)", at: ago(100)), ended("e\($0)", at: ago(50), late: $0 < 2)]
    }
    let issues = report(lines).issues
    #expect(issues.map(\.kind) == [.lateEndings])
    #expect(issues.map(\.severity) == [.info])
    #expect(issues.first?.executionCount == 2)
    #expect(report(Array(lines.dropFirst(2))).issues.isEmpty == false)
    #expect(report(Array(lines.dropFirst(4))).issues.isEmpty)
  }

  @Test("results that are not valid")
  func invalid() {
    let lines = (0..<10).flatMap { number in
      [
        started("e\(number)", at: ago(100)), ended("e\(number)", at: ago(50)),
        validated("e\(number)", "testing", number < 2 ? ["coverage is not a number from 0 to 100"] : [], at: ago(50)),
      ]
    }
    let issues = report(lines).issues
    #expect(issues.map(\.kind) == [.validationRate])
    #expect(issues.first?.executions == ["e1", "e0"])
    #expect(issues.first?.evidence == ["coverage is not a number from <n> to <n>: 2"])
    #expect(report(Array(lines.dropFirst(6))).issues.isEmpty)
  }

  @Test("five failures in a row are an issue, an abandonment between them changes nothing, a success does")
  func streaks() {
    let failures = (0..<5).flatMap {
      [
        started("f\($0)", at: ago(200)),
        ended("f\($0)", "failed", at: ago(50 - Double($0)), error: "exit status \($0)"),
      ]
    }
    let before = (0..<9).flatMap { [started("c\($0)", at: ago(300)), ended("c\($0)", at: ago(250))] }
    #expect(report(before + failures).issues.map(\.kind) == [.consecutiveFailures])
    #expect(report(before + failures).issues.first?.evidence == ["5 times exit status <n>"])
    #expect(report(before + failures.dropLast(2)).issues.isEmpty)
    let between = [started("a", at: ago(60)), abandoned("a", at: ago(48))]
    #expect(report(before + failures + between).issues.map(\.kind) == [.consecutiveFailures])
    let success = [started("s", at: ago(60)), ended("s", at: ago(48))]
    #expect(report(before + failures + success).issues.isEmpty)
  }

  @Test("a file that cannot be read is named, the others are read")
  func unreadable() throws {
    let logs = try TemporaryLogs()
    try logs.write([started("e1", at: ago(10))], to: "events.ndjson")
    let link = LogSource(path: logs.path, label: "logs")
    try logs.link("audit.ndjson", to: "events.ndjson")
    let report = Report(fold: MetricsReader.fold([link]), policy: ReportPolicy(), now: now, lastSweep: now)
    #expect(report.issues.map(\.kind) == [.unreadable])
    #expect(report.issues.map(\.severity) == [.critical])
    #expect(report.issues.first?.evidence == ["logs/audit.ndjson: it is a symbolic link"])
    #expect(report.executions.tally.started == 1)
  }
}
