import Glibc
import Testing

@testable import TrackCore

@Suite("Spool") struct SpoolTests {
  private var wait: Duration { .milliseconds(50) }

  private func entries(_ scene: Scene) -> [String] { scene.names("\(scene.state)/spool/new") }

  @Test("a lock not had in time spools the request, and the next writer merges it with its own time and id")
  func spooled() throws {
    let scene = try Scene()
    let execution = try scene.start("1.1")
    let before = scene.journalBytes
    let clock = ContinuousClock()
    let began = clock.now
    let outcome = try scene.locked { try scene.report("1.1", in: scene.journal(wait: wait)) }
    #expect(outcome.notices == [.spooled])
    #expect(clock.now - began < .seconds(2))
    #expect(scene.journalBytes == before)
    #expect(entries(scene).count == 1)
    let spooled = try #require(RequestCoding.decode(scene.contents("\(scene.state)/spool/new/\(entries(scene)[0])")))
    usleepOneTick()
    try scene.end("1.1")
    #expect(entries(scene).isEmpty)
    #expect(try scene.story(execution) == ["started", "progress", "completed"])
    let line = try scene.events()[1]
    #expect((line.id, line.timestamp) == (spooled.request.id, spooled.request.time.wall))
  }

  @Test("a whole life spooled out of order is merged in the order of life")
  func orderOfLife() throws {
    let scene = try Scene()
    let names = try scene.locked {
      let journal = try scene.journal(wait: wait)
      let first = try scene.start("1.1", in: journal)
      try scene.report("1.1", 0.1, in: journal)
      let second = try scene.start("1.2", in: journal)
      try scene.end("1.2", in: journal)
      try scene.report("1.1", 0.2, in: journal)
      try scene.end("1.1", .failed, in: journal)
      return [first, second]
    }
    #expect(entries(scene).count == 6)
    #expect(try scene.journal().sweep().openCount == 0)
    #expect(try scene.story(names[0]) == ["started", "progress", "progress", "failed"])
    #expect(try scene.story(names[1]) == ["started", "completed"])
    #expect(try scene.events().compactMap { $0.details.number("progress") } == [0.1, 0.2])
    #expect(entries(scene).isEmpty)
  }

  @Test("an entry merged twice is written once")
  func twice() throws {
    let scene = try Scene()
    let execution = try scene.locked {
      let journal = try scene.journal(wait: wait)
      let execution = try scene.start("1.1", in: journal)
      try scene.report("1.1", in: journal)
      try scene.end("1.1", in: journal)
      _ = try journal.record(.audit(action: "x", details: [:]))
      _ = try journal.record(.metrics(["n": 1]))
      return execution
    }
    let copies = entries(scene).map { ($0, scene.contents("\(scene.state)/spool/new/\($0)")) }
    #expect(copies.count == 5)
    _ = try scene.journal().sweep()
    let once = scene.journalBytes
    for (name, bytes) in copies { try scene.write(bytes, to: "\(scene.state)/spool/new/\(name)") }
    _ = try scene.journal().sweep()
    #expect(scene.journalBytes == once)
    #expect(entries(scene).isEmpty)
    #expect(try scene.story(execution) == ["started", "progress", "completed"])
  }

  @Test("an entry that is refused is audited and gone")
  func refused() throws {
    let scene = try Scene()
    let journal = try scene.journal(wait: wait)
    try scene.locked {
      try scene.end("7", in: journal)
      try scene.report("7", in: journal)
    }
    let names = entries(scene)
    try scene.start("1.1")
    let audit = try scene.events(.audit)
    #expect(audit.map { $0.fields.text("action") } == ["spool.refused", "spool.refused"])
    #expect(Set(audit.compactMap { $0.details.text("entry") }) == Set(names))
    #expect(audit.allSatisfy { $0.details.text("reason") == "cannot find execution: none of task 7 is open" })
    #expect(entries(scene).isEmpty)
  }

  @Test("a damaged entry is put aside and audited, and the others are merged", arguments: ["", "{", "{}", "\0\0\0\0"])
  func damaged(text: String) throws {
    let scene = try Scene()
    let journal = try scene.journal(wait: wait)
    let execution = try scene.locked { try scene.start("1.1", in: journal) }
    try scene.write(text, to: "\(scene.state)/spool/new/00000000000000001-x")
    #expect(try scene.end("1.1").execution == execution)
    #expect(scene.names("\(scene.state)/spool/bad") == ["00000000000000001-x"])
    #expect(try scene.events(.audit).map { $0.details.text("reason") } == ["it is damaged"])
  }

  @Test("defect: an entry whose refusal cannot be audited stops no ending, and waits", arguments: [true, false])
  func refusalWithoutAudit(isDamaged: Bool) throws {
    let scene = try Scene()
    try scene.start("1.1")
    try scene.locked { try scene.end("7", in: scene.journal(wait: wait)) }
    if isDamaged { try scene.write("{", to: "\(scene.state)/spool/new/\(entries(scene)[0])") }
    try scene.makeDirectory("\(scene.logs)/audit.ndjson")
    try scene.end("1.1")
    #expect(entries(scene).count == 1)
    try #require(unsafe rmdir("\(scene.logs)/audit.ndjson") == 0)
    _ = try scene.journal().sweep()
    #expect(entries(scene).isEmpty)
    #expect(try scene.audits() == ["spool.refused"])
  }

  @Test("defect: what is no entry at all does not stop every writer")
  func foreign() throws {
    let scene = try Scene()
    try scene.start("1.1")
    let new = "\(scene.state)/spool/new"
    try scene.makeDirectory("\(new)/a-directory")
    try #require(unsafe symlink("/etc/passwd", "\(new)/b-link") == 0)
    try #require(unsafe mkfifo("\(new)/c-fifo", 0o600) == 0)
    try scene.write([UInt8](repeating: 0, count: 5 << 20), to: "\(new)/d-large")
    try scene.end("1.1")
    #expect(entries(scene).isEmpty)
    #expect(scene.names("\(scene.state)/spool/bad") == ["a-directory", "b-link", "c-fifo", "d-large"])
    #expect(try scene.audits() == Array(repeating: "spool.refused", count: 4))
  }

  @Test("an ending spooled before the sweep counts, and one made later is late")
  func lateness() throws {
    let scene = try Scene()
    let execution = try scene.start("1.1", limit: .zero)
    try scene.locked { try scene.end("1.1", in: scene.journal(wait: wait)) }
    #expect(try scene.journal().sweep().closed.isEmpty)
    #expect(try scene.story(execution) == ["started", "completed"])
  }

  @Test("defect: a start spooled where it would join tells the execution it joins")
  func joining() throws {
    let scene = try Scene()
    let execution = try scene.start("1.1")
    let outcome = try scene.locked {
      try scene.journal(execution: execution, wait: wait).start(Start(task: TaskID("1.1")))
    }
    #expect(outcome.execution == execution)
    #expect(try scene.journal().end(.completed, of: .execution(try #require(outcome.execution))).execution == execution)
    #expect(try scene.story(execution) == ["started", "task_start", "completed"])
    #expect(try scene.events().count == 3)
  }

  @Test("defect: a report of another boot is not measured by this boot's clock")
  func otherBoot() throws {
    let scene = try Scene { $0.tracking.heartbeatTimeout = .seconds(60) }
    let execution = try scene.start("1.1")
    let now = scene.machine.now()
    let earlier = Instant(
      wall: Timestamp(microseconds: now.wall.microseconds - 600_000_000), boot: "another",
      monotonic: now.monotonic + 1_000_000_000_000,
      boottime: 0)
    let request = ReportRequest(
      selection: Selection(task: try TaskID("1.1"), caller: Sample.caller),
      writer: Writer(droid: nil, fallback: .unknown, run: nil),
      report: SelfReport(kind: .progress))
    let entry = RequestCoding.Entry(request: Request(id: Sample.event, time: earlier, kind: .report(request)), size: 0)
    try Spool.create(in: Directory(path: scene.state)).add(entry)
    #expect(try scene.journal().sweep().closed.map(\.reason) == [.silent])
    #expect(try scene.story(execution) == ["started", "progress", "silent"])
  }

  @Test("an ending is spooled while the configuration is broken, and merged by the next good writer")
  func brokenConfiguration() throws {
    let scene = try Scene()
    let execution = try scene.start("1.1")
    let surroundings = Surroundings(machine: scene.machine, directory: scene.root, environment: [:], caller: 1)
    let outcome = try Journal.spoolEnd(.failed, of: .task(TaskID("1.1")), in: scene.project, surroundings)
    #expect(outcome.notices == [.spooled])
    #expect(try scene.story(execution) == ["started"])
    _ = try scene.journal().sweep()
    #expect(try scene.story(execution) == ["started", "failed"])
  }

  @Test("what is spooled meets the redaction of the configuration it is merged under")
  func redactedAtMerge() throws {
    let scene = try Scene { $0.tracking.redaction.patterns = ["kangaroo-[0-9]+"] }
    try scene.start("1.1")
    let surroundings = Surroundings(machine: scene.machine, directory: scene.root, environment: [:], caller: 1)
    var details = EndingDetails()
    details.error = "saw kangaroo-42"
    _ = try Journal.spoolEnd(
      .failed, of: .task(TaskID("1.1")), result: ["note": "kangaroo-43"], details: details, in: scene.project,
      surroundings)
    _ = try scene.journal().sweep()
    for bytes in scene.journalBytes { #expect(!String(decoding: bytes, as: UTF8.self).contains("kangaroo")) }
    #expect(try scene.events().last?.details.text("error")?.contains("[REDACTED") == true)
  }

  @Test("no spool can be made: the lock timeout is the error")
  func spoolingFails() throws {
    let scene = try Scene()
    try scene.start("1.1")
    try scene.write("", to: "\(scene.state)/spool")
    let journal = try scene.journal(wait: wait)
    let error = try scene.locked { refusal { try scene.end("1.1", in: journal) } }
    guard case .lockTimeout(let reason)? = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(reason.hasPrefix("it is held by another process, and spooling failed: "))
  }

  @Test("defect: an ending is of the attempt it was made for, also inside an orchestrator's execution")
  func attemptsInsideAnExecution() throws {
    let scene = try Scene()
    let parent = try scene.start("p")
    let attempts = try scene.locked {
      let journal = try scene.journal(execution: parent, wait: wait)
      let first = try scene.start("a", in: journal)
      try scene.end("a", .failed, in: journal)
      let second = try scene.start("a", in: journal)
      try scene.report("a", 0.5, in: journal)
      return [first, second]
    }
    try scene.end("a")
    #expect(try scene.story(attempts[0]) == ["started", "failed"])
    #expect(try scene.story(attempts[1]) == ["started", "progress", "completed"])
  }

  @Test("defect: the owner's ending is his own, also when another boot or namespace merges it")
  func ownerOfAnotherNamespace() throws {
    let scene = try Scene()
    let child = try Child()
    defer {
      try? child.kill()
      child.reap()
    }
    var start = Start(task: try TaskID("1.1"))
    start.owner = child.pid
    let execution = try #require(try scene.journal().start(start).execution)
    let owner = try #require(ProcessTable(machine: scene.machine).identity(of: child.pid))
    func request(_ caller: Caller) -> Request {
      Request(
        id: .random(at: scene.machine.now().wall), time: scene.machine.now(),
        kind: .end(
          EndRequest(
            selection: Selection(task: execution.taskText.flatMap { try? TaskID($0) }, caller: caller),
            writer: Writer(droid: nil, fallback: .unknown, run: nil), ending: .completed, result: nil,
            details: EndingDetails())))
    }
    let spool = try Spool.create(in: Directory(path: scene.state))
    try spool.add(
      RequestCoding.Entry(request: request(Caller(pid: child.pid, boot: "another", pidNamespace: 1)), size: 0))
    #expect(try scene.journal().sweep().openCount == 1)
    try spool.add(
      RequestCoding.Entry(
        request: request(Caller(pid: owner.pid, boot: owner.boot, pidNamespace: owner.pidNamespace)), size: 0))
    #expect(try scene.journal().sweep().openCount == 0)
    #expect(try scene.story(execution) == ["started", "completed"])
  }

  @Test("defect: the run that is told for a spooled start is the run that is recorded")
  func toldRun() throws {
    let scene = try Scene()
    let parent = try scene.start("p")
    let told = try scene.locked {
      try scene.journal(execution: parent, wait: wait).start(Start(task: TaskID("1.1")))
    }
    _ = try scene.journal().sweep()
    let lines = try scene.events().filter { $0.execution == told.execution?.text }
    #expect(lines.compactMap(\.run) == [told.run?.text].compactMap { $0 })
    #expect(try scene.events().first?.run == told.run?.text)
  }

  @Test("defect: an ending waits for its start that cannot be written now, instead of being refused")
  func endingWaitsForItsStart() throws {
    let scene = try Scene()
    try scene.start("z")
    let execution = try scene.locked {
      let journal = try scene.journal(wait: wait)
      let execution = try scene.start("1.1", in: journal)
      try scene.end("1.1", in: journal)
      return execution
    }
    // With another name the stream can be read, but is not written to.
    let (events, other) = ("\(scene.logs)/events.ndjson", "\(scene.logs)/other")
    try #require(unsafe link(events, other) == 0)
    _ = refusal { try scene.report("z") }
    #expect(entries(scene).count == 2)
    #expect(try scene.audits().allSatisfy { $0 != "spool.refused" })
    try #require(unsafe unlink(other) == 0)
    try scene.report("z")
    #expect(entries(scene).isEmpty)
    #expect(try scene.story(execution) == ["started", "completed"])
  }

  @Test("defect: an ending that names no execution waits for the report that cannot be written now")
  func endingWithoutTaskWaits() throws {
    let scene = try Scene()
    let execution = try scene.start("1.1")
    try scene.report("1.1")
    try scene.locked {
      let journal = try scene.journal(wait: wait)
      try scene.report(nil, in: journal)
      _ = try journal.end(.completed, of: Target(task: nil))
    }
    // With another name the stream can be read, but is not written to.
    let (reports, other) = ("\(scene.logs)/droid_status.ndjson", "\(scene.logs)/other")
    try #require(unsafe link(reports, other) == 0)
    _ = try scene.journal().record(.audit(action: "look", details: [:]))
    #expect(entries(scene).count == 2)
    try #require(unsafe unlink(other) == 0)
    _ = try scene.journal().sweep()
    #expect(entries(scene).isEmpty)
    #expect(try scene.story(execution) == ["started", "progress", "progress", "completed"])
    #expect(try scene.audits() == ["look"])
  }
}
