import Testing

@testable import TrackCore
@testable import TrackVerify

@Suite("Lines and each other") struct PairTests {
  @Test("a journal of every ending verifies, open executions and late endings too")
  func endings() throws {
    let made = try MadeJournal()
    for task in ["1.1", "1.2", "1.3", "1.4"] { try made.start(task) }
    try made.report("1.1")
    try made.end("1.1", result: ["tests_run": 1])
    try made.end("1.2", .failed)
    var options = SweepOptions()
    options.limit = .zero
    let closed = try made.journal().sweep(options).closed.map(\.execution.id)
    try made.start("1.5")
    _ = try made.journal().end(.completed, of: Target(execution: closed.first, task: nil))
    let verification = try made.verify()
    #expect(verification.findings == [])
    #expect(verification.executionCount == 5)
    #expect(verification.openCount == 1)
  }

  @Test("whole files that stand twice, as after a rotation or a copy, are none")
  func repeats() throws {
    let made = try MadeJournal()
    for number in 1...20 {
      try made.start("\(number)")
      try made.report("\(number)")
      try made.end("\(number)")
    }
    for name in ["events", "results", "droid_status"] {
      try made.write(try made.bytes("\(name).ndjson"), to: "\(name)-20260101T000000Z.ndjson")
    }
    #expect(try made.found() == [])
    try made.remove("results-20260101T000000Z.ndjson")
    #expect(try made.found() == [])
  }

  @Test("results are not missed where the configuration leaves them out")
  func leftOut() throws {
    let made = try MadeJournal { $0.logging.events = [EventType.started, EventType.completed] }
    try made.start("1.1")
    try made.end("1.1")
    var options = VerifyOptions()
    options.expectsResults = try made.journal().recordsResults
    let verification = try made.verify(options)
    #expect(verification.errorCount == 0)
    #expect(verification.findings.map(\.severity) == [.warning])
    #expect(verification.missing == [:])
  }

  @Test("results whose segment was pruned are not missed; those after it are")
  func pruned() throws {
    let made = try MadeJournal()
    try made.live()
    try made.rename("results.ndjson", to: "results-20260101T000000Z.ndjson")
    try made.start("2.1")
    try made.end("2.1")
    try made.seal()
    let details: JSONObject = ["stream": "results", "segment": 1]
    _ = try made.journal().record(.audit(action: "pruned", details: details), task: nil, execution: nil, by: nil)
    try made.remove("results-20260101T000000Z.ndjson")
    #expect(try made.found() == [])
    let results = try made.lines("results.ndjson")
    try made.start("2.2")
    try made.end("2.2")
    try made.write(lines: results, to: "results.ndjson")
    #expect(try made.found().map { $0.prefix { $0 != " " } } == ["missing_result"])
  }

  @Test("defect: a line that pruning carried does not move back the time before which counterparts may be missing")
  func carried() throws {
    let made = try MadeJournal()
    try made.start("0")
    try made.live()
    // As a foreign rotation does it: one stream alone.
    try made.rename("events.ndjson", to: "events.ndjson.1")
    try made.seal()
    var options = SweepOptions()
    options.retention = RetentionOptions()
    options.retention?.keeping = .zero
    let pruned = try made.journal().sweep(options) { _, _, _ in .null }.retention.pruned
    #expect(pruned.map(\.file) == ["events.ndjson.1"])
    #expect(try made.lines("events.ndjson").count == 1)
    try made.start("2.1")
    try made.end("2.1")
    #expect(try made.found() == [])
    let events = try made.lines("events.ndjson")
    try made.write(lines: events.dropLast(), to: "events.ndjson")
    #expect(try made.found().map { $0.prefix { $0 != " " } } == ["stray_result"])
  }

  @Test("a repair derives each missing line once, and puts damage aside without losing a byte")
  func repair() throws {
    let made = try MadeJournal()
    try made.live()
    let results = try made.bytes("results.ndjson")
    let events = try made.bytes("events.ndjson")
    try made.remove("results.ndjson")
    try made.write(events + Array("damage\n".utf8), to: "events.ndjson")
    let found = try made.verify()
    #expect(found.damagedFiles == ["events.ndjson"])
    let report = try made.journal().repair(missing: found.missing, damaged: found.damagedFiles)
    #expect(report.derived == [.results: 2])
    #expect(report.isolated.map(\.lines) == [1])
    #expect(try made.bytes("results.ndjson") == results)
    #expect(try made.bytes("events.ndjson") == events)
    #expect(try made.bytes(try #require(report.isolated.first).kept) == events + Array("damage\n".utf8))
    #expect(try made.verify().findings == [])
    #expect(try made.journal().repair(missing: found.missing, damaged: ["events.ndjson"]).isEmpty)
    try made.seal()
    #expect(try made.verify().findings == [])
  }
}
