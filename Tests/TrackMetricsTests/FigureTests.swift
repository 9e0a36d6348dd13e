import Testing
import TrackCore
import TrackMetrics

@Suite struct FigureTests {
  @Test(
    "quantiles are those of numpy.quantile",
    arguments: [(0.5, 2.5), (0.9, 3.7), (0.95, 3.85), (0.99, 3.97), (0, 1), (1, 4)])
  func quantiles(part: Double, expected: Double) {
    #expect(abs(quantile(part, of: [1, 2, 3, 4]) - expected) < 1e-12)
    #expect(quantile(part, of: [7]) == 7)
  }

  @Test("a duration summary of nothing is no summary")
  func noDurations() {
    #expect(DurationSummary([]) == nil)
    #expect(DurationSummary([2, 1, 6])?.mean == 3)
    #expect(DurationSummary([2, 1, 6])?.maximum == 6)
  }

  @Test("performance.metrics has the original's keys with the original's meaning")
  func originalKeys() throws {
    let fold = MetricsReader.fold([Fixture.original("reference-run")])
    let metrics = Report(fold: fold, policy: ReportPolicy(), now: now, lastSweep: nil).performanceMetrics
    #expect(metrics.integer("total_tasks_completed") == 2)
    #expect(metrics.integer("active_tasks") == 0)
    #expect(metrics.integer("version") == 1)
    #expect(metrics.text("generated_at") == now.description)
    #expect(metrics.object("window")?.text("since") == fold.first?.description)
    #expect(metrics.object("window")?.text("until") == now.description)
    let droid = try #require(metrics.object("droid_performance")?.object("test-droid"))
    #expect(droid.integer("total_executions") == 1)
    #expect(droid.integer("successful_executions") == 1)
    #expect(droid.integer("failed_executions") == 0)
    #expect(droid.number("total_duration") == 0.100449)
    #expect(droid.number("avg_duration") == 0.100449)
    #expect(droid.number("success_rate") == 1)
    #expect(metrics["recent_failures"] == [])
  }

  @Test("performance.metrics fits in a line however many droids and failures there are")
  func metricsFit() throws {
    let long = String(repeating: "\u{1}", count: 2_000)
    let lines = (0..<600).flatMap { number in
      [
        started("e\(number)", task: long, droid: "droid-\(number)", at: ago(100)),
        ended("e\(number)", "failed", at: ago(50)),
      ]
    }
    let metrics = report(lines).performanceMetrics
    #expect(line(metrics).utf8.count < 63 * 1_024)
    let told = try #require(metrics.object("droid_performance")?.members.count)
    #expect(told > 50)
    #expect(metrics.integer("droids_omitted") == 600 - told)
    #expect(metrics.integer("failed") == 600)
  }

  @Test("text stays within 80 columns and holds nothing a terminal acts on")
  func textIsSafe() {
    let hostile = "\u{1B}]0;x\u{7}\u{9B}2J\u{202E}\r"
    let lines = [
      started("e1\(hostile)", task: hostile, droid: hostile, at: ago(9_000)),
      started("e2\(hostile)", task: hostile, droid: hostile, at: ago(9_000)),
      ended("e2\(hostile)", hostile, at: ago(10)), abandoned("e3", reason: hostile, at: ago(10)),
      "{\"event_type\": \"\\u001b[2J\", \"timestamp\": \"2025-11-24T15:00:00Z\"}", "\u{1B}[2J",
    ]
    let text = TextRenderer.render(report(lines))
    #expect(text.unicodeScalars.allSatisfy { $0 == "\n" || !$0.actsOnTerminals })
    #expect(text.contains("\\u{1b}]0;x\\u{7}"))
    let plain = TextRenderer.render(report([started("e1", at: ago(9_000)), ended("e2", "failed", at: ago(9))]))
    #expect(plain.split(separator: "\n").allSatisfy { $0.count <= 80 })
  }

  @Test("numbers that no droid means in earnest harm nothing", arguments: ["1e999", "-1e300", "1e300", "0.5", "-0"])
  func absurdNumbers(number: String) {
    let details = "{\"event_type\": \"progress\", \"progress\": \(number), \"timeout_seconds\": \(number), "
    let line =
      "{\"timestamp\": \"2025-11-24T15:00:00Z\", \"execution_id\": \"e1\", \"details\": " + details
      + "\"duration_seconds\": \(number)}, \"event_type\": "
    let lines = ["task.execution.started", "droid.self_report", "task.execution.completed"].map { line + "\"\($0)\"}" }
    #expect(TextRenderer.render(report(lines)).contains("of 1 ended"))
    #expect(TextRenderer.render(report(Array(lines.prefix(2)))).contains("OPEN"))
    #expect(report(lines).executions.tally.completed == 1)
  }

  @Test("only the sections asked for are rendered")
  func sections() throws {
    let report = report([started("e1", at: ago(10))])
    let text = TextRenderer.render(report, sections: [.droids])
    #expect(text.contains("DROIDS"))
    #expect(!text.contains("EXECUTIONS"))
    let object = try JSONParser.object(JSONRenderer.render(report, sections: [.droids]))
    #expect(object.members.map(\.key) == ["version", "generated_at", "empty", "selection", "droids"])
  }
}
