import Testing

@testable import TrackCore

@Suite("Self-reports as lines of text") struct ReportLineTests {
  private func read(_ line: String) throws(InvalidReport) -> SelfReport? { try read(Array(line.utf8)) }

  /// Reads a line that stands somewhere in a buffer.
  private func read(_ line: [UInt8]) throws(InvalidReport) -> SelfReport? {
    try ReportLine.report(Array("x\n".utf8) + line + Array("\ny".utf8), in: 2..<2 + line.count)
  }

  @Test(
    "a part done, and a message if there is one",
    arguments: [
      ("0.4 half of the files", 0.4, "half of the files"), ("40%", 0.4, nil),
      ("3/10 users, orders", 0.3, "users, orders"),
      ("1", 1, nil), ("0", 0, nil), (" \t0.5  spaces  \r", 0.5, "spaces"), ("1e-2 small", 0.01, "small"),
      ("12.5% x", 0.125, "x"), ("+0.5", 0.5, nil), (".5", 0.5, nil),
      ("0.1234567890123456789", 0.1234567890123456789, nil),
      ("1/3", 1.0 / 3.0, nil), ("007/010", 0.7, nil), ("0.5 {\"no\": \"json\"}", 0.5, "{\"no\": \"json\"}"),
    ] as [(String, Double, String?)])
  func plain(line: String, part: Double, message: String?) throws {
    let report = try #require(try read(line))
    #expect(report.progress == part)
    #expect(report.message == message)
    #expect(report.kind == .progress && report.status == .executing)
  }

  @Test("numbers are read as the language's own reader reads them")
  func numbers() {
    var generator = SeededGenerator(seed: 7)
    for _ in 0..<20_000 {
      let digits = Int.random(in: 1...16, using: &generator)
      let text = "0." + (0..<digits).map { _ in String(Int.random(in: 0...9, using: &generator)) }.joined()
      #expect(PartDone.value(Array(text.utf8)[...]) == Double(text), "\(text)")
    }
  }

  @Test("a line of blanks is no report and no fault", arguments: ["", " ", "\r", "\t \r"])
  func blank(line: String) throws { #expect(try read(line) == nil) }

  @Test("an object has the keys of a report's details; all others are further facts")
  func object() throws {
    let line = """
      {"progress": 0.25, "message": "a\\nb", "status": "waiting", "cpu_percent": 50, "memory_mb": 1.5, "disk_io_mb": 0, \
      "rows": 7, "list": [1, {"a": null}], "nothing": null}
      """
    let report = try #require(try read(line))
    #expect(report.kind == .progress && report.status == .waiting)
    #expect(report.progress == 0.25 && report.message == "a\nb")
    #expect(report.cpuPercent == 50 && report.memoryMB == 1.5 && report.diskIOMB == 0)
    #expect(report.fields == ["rows": 7, "list": [1, ["a": .null]]])
  }

  @Test(
    "the kind follows from what is told",
    arguments: [
      ("{}", .status), ("{\"message\": \"m\"}", .status), ("{\"status\": \"ready\"}", .status),
      ("{\"error\": \"e\", \"progress\": 1}", .error), ("{\"memory_mb\": 1}", .resourceUsage),
      ("{\"memory_mb\": 1, \"status\": \"ready\"}", .status), ("{\"progress\": \"3/10\"}", .progress),
      ("{\"progress\": 0.1, \"progress\": null}", .status), ("{\"error\": null, \"rows\": 1}", .status),
    ] as [(String, SelfReportKind)])
  func kind(line: String, kind: SelfReportKind) throws { #expect(try read(line)?.kind == kind) }

  @Test(
    "what is no report is refused with a reason",
    arguments: [
      ("half", "or a JSON object"), ("1.5", "from 0 to 1"), ("-1 x", "from 0 to 1"), ("101%", "from 0 to 1"),
      ("4/3", "from 0 to 1"), ("1/0", "from 0 to 1"), ("nan", "from 0 to 1"), ("-inf", "from 0 to 1"),
      ("1e400", "from 0 to 1"), ("1,5", "from 0 to 1"), ("0x1p-1", "or a JSON object"), ("[1]", "or a JSON object"),
      ("{", "too early"), ("{\"progress\": 2}", "from 0 to 1"), ("{\"progress\": true}", "expected a number"),
      ("{\"message\": 1}", "message: expected a string"), ("{\"error\": {}}", "error: expected a string"),
      ("{\"status\": \"completed\"}", "task-done"), ("{\"status\": \"failed\"}", "task-fail"),
      ("{\"status\": \"timeout\"}", "track-sweep"), ("{\"status\": \"busy\"}", "initializing"),
      ("{\"cpu_percent\": -1}", "from 0"), ("{\"memory_mb\": \"1\"}", "from 0"), ("{\"disk_io_mb\": 1e999}", "from 0"),
      ("{\"event_type\": \"x\"}", "already"), ("{\"owner\": 1}", "already"), ("{\"\": 1}", "1 to 128"),
      ("{\"\(String(repeating: "k", count: 129))\": 1}", "1 to 128"), ("{} {}", "after the value"),
    ])
  func refused(line: String, reason: String) {
    #expect("\(line)") { try read(line) } throws: { error in
      (error as? InvalidReport)?.problem.contains(reason) == true
    }
  }

  @Test("deep nesting, bytes that are no text and NULs are refused or made text, never more")
  func hostile() throws {
    let deep = String(repeating: "[", count: 33) + String(repeating: "]", count: 33)
    #expect(throws: InvalidReport.self) { try read("{\"a\": \(deep)}") }
    #expect(throws: InvalidReport.self) { try read(Array("{\"a\": \"".utf8) + [0xFF] + Array("\"}".utf8)) }
    #expect(throws: InvalidReport.self) { try read([0, 0, 0]) }
    #expect(try read(Array("0.5 ".utf8) + [0xFF, 0x41])?.message == "\u{FFFD}A")
    var generator = SeededGenerator(seed: 11)
    for _ in 0..<5_000 {
      let garbage = (0..<Int.random(in: 0...40, using: &generator)).map { _ in
        UInt8.random(in: .min ... .max, using: &generator)
      }
      if let report = try? read(garbage) { #expect(report.progress.map { (0...1).contains($0) } ?? true) }
    }
  }
}
