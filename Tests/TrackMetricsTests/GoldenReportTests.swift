import Testing
import TrackCore
import TrackMetrics

/// Whole reports against recorded ones; `TRACK_RECORD=1 swift test` records them anew.
@Suite struct GoldenReportTests {
  @Test("the original's logs", arguments: ["reference-run", "seed"])
  func original(name: String) throws {
    let fold = MetricsReader.fold([Fixture.original(name)])
    let last = try #require(fold.last)
    let now = Timestamp(microseconds: last.microseconds + 90_000_000)
    let report = Report(fold: fold, policy: ReportPolicy(), now: now, lastSweep: nil)
    try Fixture.expect(TextRenderer.render(report), equals: "original-\(name).txt")
    try Fixture.expect(
      String(decoding: JSONRenderer.render(report), as: UTF8.self), equals: "original-\(name).json")
  }

  @Test("a project where much goes wrong")
  func trouble() throws {
    let logs = try TemporaryLogs()
    try logs.write(troubledProject, to: "events.ndjson")
    try logs.write(
      ["{\"timestamp\": \"2025-11-24T15:50:00Z\", \"droid\": \"builder\", \"action\": \"x\"}"], to: "audit.ndjson")
    let directory = LogSource(path: logs.path, label: ".droid-forge/logs")
    var policy = ReportPolicy()
    policy.maximumConcurrentDroids = 2
    let report = Report(
      fold: MetricsReader.fold([directory]), policy: policy, now: now, lastSweep: ago(4_000))
    try Fixture.expect(TextRenderer.render(report), equals: "trouble.txt")
    try Fixture.expect(String(decoding: JSONRenderer.render(report), as: UTF8.self), equals: "trouble.json")
  }

  @Test("nothing recorded is told as such, not as figures of nothing")
  func nothing() {
    let report = Report(
      fold: MetricsReader.fold([LogSource(path: "/nonexistent/logs")]), policy: ReportPolicy(), now: now,
      lastSweep: nil)
    #expect(
      TextRenderer.render(report) == """
        Nothing is recorded yet: no log directory was found.
        Record a first execution:  task-start TASK "what it is about"

        """)
  }
}

private let troubledProject = [
  started("exec-1-1.1-0000000a", at: ago(9_000)),
  ended("exec-1-1.1-0000000a", at: ago(8_928), duration: 72),
  started("exec-2-1.2-0000000b", task: "1.2", droid: "a-droid-with-a-remarkably-long-name", at: ago(8_000)),
  ended("exec-2-1.2-0000000b", "failed", at: ago(7_999)),
  started("exec-3-1.2-0000000c", task: "1.2", droid: "a-droid-with-a-remarkably-long-name", at: ago(7_000)),
  ended("exec-3-1.2-0000000c", "timeout", at: ago(6_400), duration: 600),
  started("exec-4-1.2-0000000d", task: "1.2", droid: "a-droid-with-a-remarkably-long-name", at: ago(6_000)),
  abandoned("exec-4-1.2-0000000d", reason: "process_gone", at: ago(5_000)),
  started("exec-5-2-0000000e", task: "2", at: ago(5_000)),
  started("exec-6-3-0000000f", task: "3", at: ago(500), limit: 60),
  started("exec-7-4-00000010", task: "4", droid: "evil\u{1B}]0;owned\u{7}\u{202E}droid", at: ago(100)),
  line([
    "timestamp": .string(ago(50).description), "event_type": "droid.self_report", "droid_id": "builder",
    "execution_id": "exec-6-3-0000000f",
    "details": [
      "event_type": "progress", "progress": .number(JSONNumber(scanned: "0.5")), "message": "half\u{1B}[2J way",
    ],
  ]),
  line(["timestamp": .string(ago(40).description), "event_type": "company.deploy"]),
  "{\"timestamp\": \"torn",
]
