import Glibc
import Testing

@testable import TrackCore

@Suite("A tool's own files") struct StateShelfTests {
  @Test("a file is put, read, replaced and removed, for its user's eyes only")
  func files() throws {
    let scene = try Scene()
    let shelf = try StateShelf.open("hooks", of: scene.journal())
    #expect(try shelf.contents(of: "a", maximum: 10) == nil)
    try shelf.put("a", [1, 2, 3])
    try shelf.put("a", [4])
    #expect(try shelf.contents(of: "a", maximum: 10) == [4])
    #expect(try FileStatus.of("\(scene.state)/hooks/a").map { $0.mode & 0o777 } == 0o600)
    #expect(try shelf.names() == ["a"])
    try shelf.remove("a")
    #expect(try shelf.modified("a") == nil)
  }

  @Test("its log is redacted, of one line a note, and makes way when it is long")
  func log() throws {
    let scene = try Scene()
    let shelf = try StateShelf.open("hooks", of: scene.journal())
    let time = Timestamp(microseconds: 1_700_000_000_000_000)
    try shelf.note("two\nlines, password=hunter2hunter2", at: time, in: "t.log", maximumSize: 40)
    let line = String(decoding: try shelf.log("t.log", last: 4096), as: UTF8.self)
    #expect(line.hasPrefix("2023-11-14T22:13:20.000000+00:00 two") && line.count { $0 == "\n" } == 1)
    #expect(!line.contains("hunter2"))
    try shelf.note("next", at: time, in: "t.log", maximumSize: 40)
    #expect(String(decoding: try shelf.log("t.log", last: 4096), as: UTF8.self) == "\(time) next\n")
    #expect(scene.contents("\(scene.state)/t.log.1") == Array(line.utf8))
  }

  @Test("a lock that another holds is not had")
  func lock() throws {
    let scene = try Scene()
    let shelf = try StateShelf.open("hooks", of: scene.journal())
    let held = try shelf.lock("l", wait: .zero)
    let second = try shelf.lock("l", wait: .milliseconds(10))
    var had = [held != nil, second != nil]
    held?.release()
    let third = try shelf.lock("l", wait: .zero)
    had.append(third != nil)
    #expect(had == [true, false, true])
  }
}

@Suite("How an execution stands") struct StandingTests {
  @Test("open with its owner, ended, or unknown")
  func standing() throws {
    let scene = try Scene()
    let journal = try scene.journal()
    let bare = try scene.start("1.1")
    let owned = try scene.start("1.2", owner: getpid())
    #expect(journal.standing(of: bare) == .open(owner: nil))
    #expect(journal.standing(of: owned) == .open(owner: .alive))
    try scene.end("1.1")
    guard case .ended(let conclusion) = journal.standing(of: bare) else {
      Issue.record("it has ended")
      return
    }
    #expect(conclusion.status == .completed)
    #expect(journal.standing(of: try ExecutionID("exec-1-x-00000000")) == .unknown)
    #expect(try Scene().journal().standing(of: bare) == .unknown)
  }

  @Test("the open execution of a process is found, also when the ledger is lost")
  func byOwner() throws {
    let scene = try Scene()
    let journal = try scene.journal()
    let task = try TaskID("claude.session")
    #expect(journal.openExecution(of: task, ownedBy: getpid()) == nil)
    try scene.start("claude.session", owner: getppid())
    let mine = try scene.start("claude.session", owner: getpid(), mode: .new)
    try scene.start("1.1", owner: getpid())
    #expect(journal.openExecution(of: task, ownedBy: getpid())?.id == mine)
    try scene.remove(scene.state)
    #expect(journal.openExecution(of: task, ownedBy: getpid())?.id == mine)
    #expect(journal.openExecution(of: task, ownedBy: -1) == nil)
  }

  @Test("what is open inside an execution is found, however deep, also behind one that has ended")
  func inside() throws {
    let scene = try Scene()
    let journal = try scene.journal()
    let task = try TaskID("claude.subagent")
    func start(_ parent: ExecutionID?) throws -> ExecutionID {
      var start = Start(task: task, mode: .new)
      start.parent = parent
      return try #require(try journal.start(start).execution)
    }
    let session = try scene.start("claude.session")
    let outer = try start(session)
    let inner = try start(outer)
    let stranger = try start(try scene.start("claude.session", mode: .new))
    try scene.start("1.1")
    #expect(Set(journal.openExecutions(of: task, inside: session)) == [outer, inner])
    _ = try journal.end(.completed, of: .execution(outer))
    #expect(journal.openExecutions(of: task, inside: session) == [inner])
    #expect(journal.openExecutions(of: task, inside: stranger).isEmpty)
  }

  @Test("a start may bring its id along")
  func given() throws {
    let scene = try Scene()
    let task = try TaskID("1.1")
    let id = ExecutionID(task: task, startedAt: Timestamp(microseconds: 1_700_000_000_000_000), random: 7)
    var start = Start(task: task)
    start.execution = id
    #expect(try scene.journal().start(start).execution == id)
  }

  @Test("the nearest ancestor that is not passed over")
  func ancestor() throws {
    let table = ProcessTable(machine: .current())
    #expect(table.ancestor(of: getpid(), passing: []) == getpid())
    let stat = try #require(ProcessStat(try ProcFile.bytes("/proc/self/stat")))
    #expect(stat.parent == getppid())
    #expect(table.ancestor(of: getpid(), passing: [stat.command]) != getpid())
    #expect(table.ancestor(of: 1, passing: []) == nil)
    #expect(table.ancestor(of: -1, passing: []) == nil)
  }

  @Test("a program is run to see what it does, no shell between, and not for longer than it may")
  func trial() {
    let answer = ProgramTrial.run(["sh", "-c", "cat; exit 3"], input: Array("in".utf8), limit: .seconds(20))
    #expect(answer.status == 3)
    #expect(answer.output == Array("in".utf8))
    #expect(ProgramTrial.run(["echo", "$HOME;x"], input: [], limit: .seconds(20)).output == Array("$HOME;x\n".utf8))
    #expect(ProgramTrial.run(["sh", "-c", "kill -9 $$"], input: [], limit: .seconds(20)).status == 137)
    let late = ProgramTrial.run(["sh", "-c", "sleep 600 & sleep 600"], input: [], limit: .milliseconds(200))
    #expect(late.status == nil && late.seconds < 20)
    let silent = ProgramTrial.run(["sh", "-c", "exec >&-; sleep 600"], input: [], limit: .milliseconds(200))
    #expect(silent.status == nil && silent.seconds < 20)
    #expect(ProgramTrial.run(["sh", "-c", "exec >&-; sleep 0.1; exit 4"], input: [], limit: .seconds(20)).status == 4)
  }
}
