import Testing

@testable import TrackCore

@Suite("What is recorded at all") struct SelectionOfEventsTests {
  @Test("without self-reports nothing is written, and the rest goes on")
  func selfReportsOff() throws {
    let scene = try Scene { $0.tracking.acceptsSelfReports = false }
    let execution = try scene.start("1.1")
    let before = scene.journalBytes
    #expect(try scene.report("1.1") == Outcome())
    #expect(try scene.report("none-of-this-name") == Outcome())
    #expect(scene.journalBytes == before)
    #expect(try scene.end("1.1").execution == execution)
  }

  @Test("`logging.events` selects among the optional types; starts, endings and audit lines are always written")
  func selected() throws {
    let scene = try Scene { $0.logging.events = ["git.commit", EventType.result] }
    let execution = try scene.start("1.1")
    try scene.report("1.1")
    let journal = try scene.journal()
    #expect(try journal.lines(of: journal.record(.orchestrator(.taskStarted, status: nil, fields: [:]))).isEmpty)
    #expect(try !journal.lines(of: journal.record(.orchestrator(.gitCommit, status: nil, fields: [:]))).isEmpty)
    #expect(try journal.lines(of: journal.record(.metrics(["n": 1]))).isEmpty)
    _ = try journal.record(.audit(action: "x", details: [:]))
    _ = try journal.end(.completed, of: .task(TaskID("1.1")), result: ["tests_run": 1])
    #expect(try scene.events().map(\.type) == [EventType.started, "git.commit", EventType.completed])
    #expect(scene.bytes(.droidStatus).isEmpty)
    #expect(scene.bytes(.performance).isEmpty)
    #expect(try scene.events(.results).map(\.type) == [EventType.result])
    #expect(try scene.audits() == ["x"])
    #expect(try scene.story(execution) == ["started", "completed"])
  }

  @Test("a selection of nothing keeps the record")
  func nothing() throws {
    let scene = try Scene { $0.logging.events = [] }
    let first = try scene.start("1.1", limit: .zero)
    usleepOneTick()
    _ = try scene.journal().sweep()
    try scene.end("1.1")
    #expect(try scene.story(first) == ["started", "timeout", "late completed"])
    #expect(scene.bytes(.results).isEmpty)
    #expect(try scene.audits() == ["sweep"])
  }

  @Test("a report counts as a sign of life even where reports are not written")
  func unwrittenReport() throws {
    let scene = try Scene {
      $0.logging.events = []
      $0.tracking.heartbeatTimeout = .seconds(600)
    }
    let first = try scene.start("1.1")
    try scene.start("1.1", mode: .new)
    try scene.report("1.1", in: scene.journal(execution: first))
    guard case .ambiguous? = refusal({ try scene.end("1.1") }) else {
      Issue.record("the report was forgotten")
      return
    }
  }

  @Test("the event the outcome tells is the one in the stream", arguments: OrchestratorEventType.allCases)
  func orchestrator(type: OrchestratorEventType) throws {
    let scene = try Scene()
    let journal = try scene.journal(droid: "d", run: "R1")
    let outcome = try journal.record(
      .orchestrator(type, status: nil, fields: ["k": "v"]), task: TaskID("1"), execution: nil)
    #expect(journal.lines(of: outcome) == scene.bytes(.events))
    let line = try #require(try scene.events().first)
    #expect(
      (line.type, line.status, line.task, line.droid, line.run) == (type.rawValue, type.defaultStatus, "1", "d", "R1"))
    #expect(line.fields.text("k") == "v")
  }
}

/// Waits until a limit of zero has passed.
func usleepOneTick() {
  let clock = ContinuousClock()
  let start = clock.now
  while clock.now - start < .milliseconds(2) {}
}
