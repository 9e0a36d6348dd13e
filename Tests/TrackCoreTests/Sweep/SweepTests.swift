import Glibc
import Synchronization
import Testing

@testable import TrackCore

@Suite("Sweeping with real processes") struct SweepTests {
  @Test("an owner that is killed: process_gone once, and a second sweep writes nothing")
  func processGone() throws {
    let scene = try Scene()
    let owner = try Child()
    let execution = try scene.start("1.1", owner: owner.pid)
    #expect(try scene.journal().sweep().closed.isEmpty)
    try owner.kill()
    owner.reap()
    let report = try scene.journal().sweep()
    #expect(report.closed.map(\.execution.id) == [execution])
    #expect(report.closed.map(\.reason) == [.processGone])
    #expect(report.openCount == 0)
    #expect(try scene.story(execution) == ["started", "process_gone"])
    #expect(try scene.audits() == ["sweep"])
    #expect(try scene.events().last?.details.object("evidence")?.integer("pid", as: Int32.self) == owner.pid)
    let before = scene.journalBytes
    #expect(try scene.journal().sweep().closed.isEmpty)
    #expect(scene.journalBytes == before)
  }

  @Test("a zombie does nothing any more: it is gone")
  func zombie() throws {
    let scene = try Scene()
    let owner = try Child()
    let execution = try scene.start("1.1", owner: owner.pid)
    try owner.kill()
    #expect(Glibc.kill(owner.pid, 0) == 0)
    #expect(try scene.journal().sweep().closed.map(\.execution.id) == [execution])
    owner.reap()
  }

  @Test("a pid that another process has now is not the owner")
  func reusedPID() throws {
    let scene = try Scene()
    let owner = try Child()
    let identity = try #require(ProcessTable(machine: scene.machine).identity(of: owner.pid))
    func liveness(startTicks: UInt64? = nil, boot: String? = nil, pidNamespace: UInt64? = nil, host: String? = nil)
      -> Liveness
    {
      ProcessTable(machine: scene.machine).liveness(
        of: ProcessIdentity(
          pid: identity.pid, startTicks: startTicks ?? identity.startTicks, boot: boot ?? identity.boot,
          pidNamespace: pidNamespace ?? identity.pidNamespace, user: identity.user, host: host ?? identity.host))
    }
    #expect(liveness() == .alive)
    #expect(liveness(startTicks: identity.startTicks + 1) == .gone)
    #expect(liveness(boot: "another") == .rebooted)
    #expect(liveness(boot: "") == .unknown)
    #expect(liveness(pidNamespace: 7) == .unknown)
    #expect(liveness(host: "elsewhere") == .unknown)
    #expect(liveness(boot: "another", host: "elsewhere") == .unknown)
    try owner.kill()
    owner.reap()
    #expect(liveness() == .gone)
    #expect(liveness(pidNamespace: 7) == .unknown)
    #expect(ProcessTable(machine: scene.machine).identity(of: owner.pid) == nil)
    for pid: Int32 in [0, -1, .min] { #expect(ProcessTable(machine: scene.machine).identity(of: pid) == nil) }
  }

  @Test("a command's name cannot fake its start", arguments: ["x) R 1 2 3", ") Z", "a b", "", ")))"])
  func commandName(name: String) throws {
    let fields = (4...52).map { "\($0)" }.joined(separator: " ")
    let stat = try #require(ProcessStat(Array("42 (\(name)) S \(fields)\n".utf8)))
    #expect(stat.startTicks == 22)
    #expect(stat.isRunning)
    #expect(stat.parent == 4)
    #expect(stat.command == name)
    #expect(ProcessStat(Array("42 (\(name)) Z \(fields)\n".utf8))?.isRunning == false)
    #expect(ProcessStat(Array("42 (\(name)) S 4 5".utf8)) == nil)
    #expect(ProcessStat(Array("42 (\(name)".utf8.filter { $0 != UInt8(ascii: ")") })) == nil)
  }

  @Test("a living owner past the default limit is reported, not closed; --force closes")
  func overdue() throws {
    let scene = try Scene { $0.tracking.defaultTimeout = .zero }
    let execution = try scene.start("1.1", owner: getpid())
    usleepOneTick()
    let before = scene.journalBytes
    let report = try scene.journal().sweep()
    #expect(report.closed.isEmpty)
    #expect(report.overdue.map(\.id) == [execution])
    #expect(report.openCount == 1)
    #expect(scene.journalBytes == before)
    var options = SweepOptions()
    options.limit = .zero
    options.isForced = true
    #expect(try scene.journal().sweep(options).closed.map(\.reason) == [.timeout])
  }

  @Test("a dry run tells what a sweep would do and does nothing")
  func dryRun() throws {
    let scene = try Scene()
    let execution = try scene.start("1.1", limit: .zero)
    usleepOneTick()
    let before = scene.journalBytes
    var options = SweepOptions()
    options.isDryRun = true
    #expect(try scene.journal().sweep(options).closed.map(\.execution.id) == [execution])
    #expect(scene.journalBytes == before)
    #expect(try scene.journal().lastSweep() == nil)
    #expect(try scene.journal().sweep().closed.map(\.execution.id) == [execution])
    #expect(try scene.journal().lastSweep() != nil)
  }

  @Test("a due sweep waits for the interval, and without a journal there is nothing to sweep")
  func due() throws {
    let scene = try Scene()
    var options = SweepOptions()
    options.onlyIfDue = true
    #expect(try scene.journal().sweep(options).skipped == .noJournal)
    #expect(scene.names(scene.root).isEmpty)
    try scene.start("1.1", limit: .zero)
    usleepOneTick()
    #expect(try scene.journal().sweep(options).closed.count == 1)
    try scene.start("1.2", limit: .zero)
    usleepOneTick()
    #expect(try scene.journal().sweep(options).skipped == .notDue)
    #expect(try scene.journal().sweep().closed.count == 1)
  }

  @Test("a second sweep returns at once while one is at work")
  func alreadyRunning() throws {
    let scene = try Scene()
    try scene.start("1.1", limit: .zero)
    usleepOneTick()
    let state = try Directory(path: scene.state)
    guard let lock = try FileLock.acquire("sweep.lock", in: state, wait: .zero) else {
      Issue.record("the lock is taken")
      return
    }
    #expect(try scene.journal().sweep().skipped == .alreadyRunning)
    lock.release()
    #expect(try scene.journal().sweep().closed.count == 1)
  }

  @Test("more than a batch is closed in one sweep, each once")
  func batches() throws {
    let scene = try Scene { $0.tracking.durability = .none }
    let executions = try (0..<150).map { try scene.start("t\($0)") }
    var options = SweepOptions()
    options.limit = .zero
    let report = try scene.journal().sweep(options)
    #expect(report.closed.map(\.execution.id) == executions)
    let abandoned = try scene.events().filter { $0.type == EventType.abandoned }
    #expect(abandoned.map(\.execution) == executions.map(\.text))
    #expect(try scene.audits() == ["sweep"])
  }

  @Test("ten threads sweep while one ends: an ending, or an abandonment and one late ending", arguments: 0..<4)
  func race(round: Int) async throws {
    let scene = try Scene()
    let execution = try scene.start("1.1", limit: .milliseconds(2))
    usleepOneTick()
    let journal = try scene.journal(wait: .seconds(20))
    try await withThrowingTaskGroup { group in
      for thread in 0..<11 {
        group.addTask {
          if thread == 3 + round {
            _ = try journal.end(.completed, of: .execution(execution))
          } else {
            _ = try journal.sweep()
          }
        }
      }
      try await group.waitForAll()
    }
    let story = try scene.story(execution)
    #expect([["started", "completed"], ["started", "timeout", "late completed"]].contains(story), "\(story)")
    #expect(try scene.events(.results).count == 1)
    let before = scene.journalBytes
    #expect(try scene.journal().sweep().closed.isEmpty)
    #expect(scene.journalBytes == before)
  }

  @Test("defect: a look at what would be closed sees a ledger that has to be rebuilt")
  func dryRunRebuilds() throws {
    let scene = try Scene()
    let execution = try scene.start("1.1")
    try Directory(path: scene.state).rename(Ledger.name(boot: scene.machine.boot), to: "ledger-of-another-boot")
    var options = SweepOptions()
    options.limit = .zero
    options.isDryRun = true
    #expect(try scene.journal().sweep(options).closed.map(\.execution.id) == [execution])
    #expect(try scene.story(execution) == ["started"])
  }
}
