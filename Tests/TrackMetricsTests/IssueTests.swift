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
