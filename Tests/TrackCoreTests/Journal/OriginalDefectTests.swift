import Glibc
import Testing

@testable import TrackCore

/// The ten defects of the Python original; each of these fails on its behaviour.
@Suite("Defects of the original, writing side") struct OriginalDefectTests {
  @Test("(a) a cleanup that finds something stale comes back, and the journal is free afterwards")
  func defectA_staleCleanupDoesNotDeadlock() throws {
    let scene = try Scene { $0.tracking.defaultTimeout = .zero }
    for task in ["1.1", "1.2", "1.3"] { try scene.start(task) }
    usleepOneTick()
    // The lock is not reentrant, and a wait of none shows at once whether it is still held.
    let journal = try scene.journal(wait: .zero)
    #expect(try journal.sweep().closed.count == 3)
    #expect(try journal.start(Start(task: TaskID("2"))).notices.isEmpty)
    #expect(scene.names("\(scene.state)/spool/new").isEmpty)
  }

  @Test("(b) two starts of a task in one second have two ids")
  func defectB_startsInOneSecondHaveTwoIDs() throws {
    let scene = try Scene { $0.tracking.durability = .none }
    let ids = try (0..<20).map { _ in try scene.start("1.1", mode: .new) }
    #expect(Set(ids).count == 20)
    let time = Timestamp(microseconds: 1_759_940_514_000_000)
    let twins = [UInt32(1), 2].map { ExecutionID(task: Sample.task, startedAt: time, random: $0) }
    #expect(twins[0] != twins[1])
  }

  @Test("(c) what is written is where the configuration says, and a reader finds it there")
  func defectC_oneLogDirectory() throws {
    let scene = try Scene { $0.logging.directory = "logs/track" }
    let execution = try scene.start("1.1")
    let journal = try scene.journal()
    #expect(journal.logDirectory == "\(scene.root)/logs/track")
    #expect(
      String(decoding: scene.contents("\(journal.logDirectory)/events.ndjson"), as: UTF8.self).contains(execution.text))
    #expect(scene.names("\(scene.root)/.droid-forge").isEmpty)
  }

  @Test("(d) an abandoned execution is open no more")
  func defectD_abandonedIsNotOpen() throws {
    let scene = try Scene()
    let execution = try scene.start("1.1", limit: .zero)
    usleepOneTick()
    #expect(try scene.journal().sweep().closed.map(\.execution.id) == [execution])
    #expect(try scene.journal().sweep().openCount == 0)
    #expect(try scene.report(nil).execution == nil)
    #expect(refusal { try scene.report("1.1") } != nil)
  }

  @Test("(e) a failure stays a failure: the first ending and its result stand, a later one is refused")
  func defectE_endingAndResultAreNotOverwritten() throws {
    let scene = try Scene()
    try scene.start("1.1")
    var details = EndingDetails()
    details.error = "KeyboardInterrupt"
    details.signal = "INT"
    let task = Target.task(try TaskID("1.1"))
    _ = try scene.journal().end(.failed, of: task, result: ["files_created": ["a"]], details: details)
    guard case .alreadyEnded? = refusal({ try scene.journal().end(.completed, of: task, result: ["success": true]) })
    else {
      Issue.record("the ending was overwritten")
      return
    }
    let endings = try scene.events().filter { $0.type == EventType.completed }
    #expect(endings.map(\.status) == ["failed"])
    #expect(endings[0].fields.object("result") == ["files_created": ["a"]])
    #expect(endings[0].details.text("signal") == "INT")
    #expect(endings[0].details["exit_code"] == nil)
  }

  @Test("(f) an ending carries the droid and the id of its start")
  func defectF_endingNamesTheDroid() throws {
    let scene = try Scene()
    let execution = try scene.start("1.1", droid: "builder")
    try scene.end("1.1")
    for event in try scene.events() + scene.events(.results) {
      #expect((event.droid, event.execution) == ("builder", execution.text))
    }
  }

  @Test("(g) a malformed line in the journal costs nothing but itself")
  func defectG_malformedLineCostsItself() throws {
    let scene = try Scene()
    let first = try scene.start("1.1")
    try scene.write(
      scene.bytes(.events) + Array("{\"timestamp\": oops\n\u{0}\n".utf8), to: "\(scene.logs)/events.ndjson")
    let second = try scene.start("1.2")
    try scene.remove(scene.state)
    #expect(try scene.end("1.1").execution == first)
    #expect(try scene.end("1.2").execution == second)
  }

  @Test("(h) the stale path writes the abandonment, with reason and evidence")
  func defectH_abandonmentIsWritten() throws {
    let scene = try Scene()
    let execution = try scene.start("1.1", droid: "builder", limit: .zero)
    usleepOneTick()
    _ = try scene.journal().sweep()
    let line = try #require(try scene.events().last)
    #expect((line.type, line.status, line.fields.text("reason")) == (EventType.abandoned, "abandoned", "timeout"))
    #expect((line.execution, line.droid) == (execution.text, "builder"))
    #expect(line.details.object("evidence")?.number("limit_seconds") == 0)
    #expect((line.details.number("duration_seconds") ?? 0) > 0)
  }

  @Test("(i) the configuration file is read, and the lock is taken")
  func defectI_configurationIsReadAndLockIsTaken() throws {
    let scene = try Scene()
    try scene.write(
      "logging:\n  directory: track\nperformance:\n  execution_tracking:\n    default_timeout: 1ms\n",
      to: "\(scene.root)/droid-forge.yaml")
    let surroundings = Surroundings(machine: scene.machine, directory: scene.root, environment: [:], caller: 1)
    let journal = try Journal(of: scene.project, in: surroundings, wait: .milliseconds(30))
    let outcome = try journal.start(Start(task: TaskID("1.1")))
    usleepOneTick()
    #expect(try journal.sweep().closed.map(\.execution.id) == [try #require(outcome.execution)])

    let state = try Directory(path: "\(scene.root)/track/.state")
    guard let lock = try FileLock.acquire("journal.lock", in: state, wait: .zero) else {
      Issue.record("the lock is taken")
      return
    }
    #expect(try journal.start(Start(task: TaskID("1.2"))).notices == [.spooled])
    lock.release()
  }

  /// The original's own tests told five stories and passed three of them; all five are true here.
  @Test("(j) the five stories of the original's own tests")
  func defectJ_theOriginalsOwnStories() throws {
    let scene = try Scene()
    // A task is started and completed with a result.
    let done = try scene.start("1.1", droid: "builder")
    _ = try scene.journal().end(.completed, of: .task(TaskID("1.1")), result: ["files_created": ["a.py"]])
    #expect(try scene.story(done) == ["started", "completed"])
    // A droid reports its start, its progress and its resources.
    let reporting = try scene.start("1.2", droid: "builder")
    for kind in SelfReportKind.allCases {
      var report = SelfReport(kind: kind)
      report.cpuPercent = 12.5
      _ = try scene.journal().report(report, of: .task(TaskID("1.2")))
    }
    #expect(try scene.story(reporting) == ["started", "task_start", "progress", "status", "resource_usage", "error"])
    // A task fails with its error.
    var details = EndingDetails()
    details.error = "no space left"
    _ = try scene.journal().end(.failed, of: .task(TaskID("1.2")), details: details)
    #expect(try scene.events().last?.details.text("error") == "no space left")
    // A result is looked at, and what is wrong with it is told.
    #expect(
      try scene.events(.results).first { $0.type == EventType.validated }?.fields.text("category") == "file_operations")
    // A stale execution is cleaned up.
    let stale = try scene.start("1.3", limit: .zero)
    usleepOneTick()
    #expect(try scene.journal().sweep().closed.map(\.execution.id) == [stale])
  }
}
