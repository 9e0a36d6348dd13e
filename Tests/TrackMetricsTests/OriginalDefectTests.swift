import Testing
import TrackCore
import TrackMetrics

/// Each of these fails on the behaviour of the Python original.
@Suite("Defects of the original, reading side") struct OriginalDefectTests {
  @Test("(b) two starts that share an id count as two executions")
  func sharedID() {
    let report = report([
      started("exec-1795342754-1.1", droid: "a", at: ago(10.9)),
      started("exec-1795342754-1.1", droid: "b", at: ago(10.2)),
      ended("exec-1795342754-1.1", "completed", at: ago(8)), ended("exec-1795342754-1.1", "failed", at: ago(6)),
    ])
    #expect(report.executions.tally.started == 2)
    #expect(report.droids.map(\.tally.completed) == [1, 0])
    #expect(report.droids.map(\.tally.failed) == [0, 1])
    #expect(report.executions.sharedIDs == ["exec-1795342754-1.1"])
    #expect(report.executions.surplusEndings == 0)
    #expect(report.issues.map(\.kind) == [.sharedExecutionID])
  }

  @Test("(c) logs that droids wrote to .factory/logs are in the report, which says so")
  func factoryLogs() throws {
    let journal = try TemporaryLogs()
    let factory = try TemporaryLogs()
    try journal.write([started("e1", at: ago(10))], to: "events.ndjson")
    try factory.write([started("e2", at: ago(10)), ended("e2", at: ago(5))], to: "events.ndjson")
    let report = Report(
      fold: MetricsReader.fold([
        LogSource(path: journal.path, label: ".droid-forge/logs"),
        LogSource(path: factory.path, label: ".factory/logs", role: .factory),
      ]), policy: ReportPolicy(), now: now, lastSweep: now)
    #expect(report.executions.tally.started == 2)
    #expect(
      TextRenderer.render(report).contains("  Read            .factory/logs, where the original's droids wrote\n"))
  }

  @Test("(d) an abandoned execution is not stuck")
  func abandonedIsNotStuck() {
    let lines = [started("e1", at: ago(90_000)), abandoned("e1", at: ago(80_000))]
    #expect(report(lines).open.isEmpty)
    #expect(report(lines).issues.map(\.kind) == [.abandonmentRate])
    #expect(report([lines[0]]).issues.map(\.kind) == [.stuck])
  }

  @Test("(f) an ending without a droid belongs to the droid that started, and start and ending are one execution")
  func endingWithoutDroid() {
    let report = report([started("e1", droid: "builder", at: ago(10)), ended("e1", at: ago(5))])
    #expect(report.executions.tally.started == 1)
    #expect(report.droids.map(\.droid) == ["builder"])
    #expect(report.droids.map(\.tally.successRate) == [1])
  }

  @Test("(g) one malformed line costs that line only, and the report does not say that all is well")
  func malformedLine() throws {
    let logs = try TemporaryLogs()
    try logs.write([started("e1", at: ago(10)), "{\"broken", ended("e1", at: ago(5))], to: "events.ndjson")
    let directory = LogSource(path: logs.path, label: "logs")
    let report = Report(
      fold: MetricsReader.fold([directory]), policy: ReportPolicy(), now: now, lastSweep: now)
    #expect(report.executions.tally.completed == 1)
    #expect(report.data.problems.first.map { "\($0.file):\($0.line)" } == ["logs/events.ndjson:2"])
    #expect(report.issues.map(\.kind) == [.badLines])
  }
}
