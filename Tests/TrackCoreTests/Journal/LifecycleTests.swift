import Glibc
import Testing

@testable import TrackCore

@Suite("Start inside an execution") struct StartTests {
  @Test("the orchestrator's flow: start, export, the droid joins, reports, ends; one execution")
  func orchestrator() throws {
    let scene = try Scene()
    let started = try scene.journal(droid: "orchestrator").start(
      Start(task: TaskID("1.1"), description: "Add the form"))
    let execution = try #require(started.execution)
    let inside = try scene.journal(execution: execution, droid: "frontend", run: started.run?.text)
    var start = Start(task: try TaskID("1.1"), description: "I work on it")
    start.context = ["model": "m"]
    let joined = try inside.start(start)
    #expect((joined.execution, joined.run) == (execution, started.run))
    try scene.report("1.1", in: inside)
    try scene.end("1.1", in: inside)
    #expect(try scene.story(execution) == ["started", "task_start", "progress", "completed"])
    let lines = try scene.events()
    #expect(Set(lines.map(\.execution)) == [execution.text])
    #expect(Set(lines.map(\.run)) == [started.run?.text])
    #expect(lines.map(\.droid) == ["orchestrator", "frontend", "frontend", "frontend"])
    #expect(lines[1].details.text("description") == "I work on it")
    #expect(lines[1].details.object("context") == ["model": "m"])
    #expect(scene.names("\(scene.state)/\(Ledger.name(boot: scene.machine.boot))/open").isEmpty)
  }

  @Test("a join attaches the owner that is given, after which it is nobody else's")
  func joinWithOwner() throws {
    let scene = try Scene()
    let execution = try scene.start("1.1")
    #expect(try scene.start("1.1", owner: getpid(), in: scene.journal(execution: execution)) == execution)
    #expect(refusal { try scene.end("1.1") } == .notOwner(execution, owner: getpid()))
    let second = try scene.start("1.1", in: scene.journal(execution: execution))
    #expect(second != execution)
    #expect(try scene.end("1.1", in: scene.journal(execution: execution, caller: getpid())).execution == execution)
  }

  @Test("defect: a join that makes the record longer leaves it whole")
  func joinedRecord() throws {
    let scene = try Scene()
    let execution = try scene.start("1.1")
    try scene.start("1.1", owner: getpid(), in: scene.journal(execution: execution))
    let path = "\(scene.state)/\(Ledger.name(boot: scene.machine.boot))/open/\(execution)"
    let record = LedgerCoding.decode(scene.contents(path), boot: scene.machine.boot)
    #expect(record?.state == .open)
    #expect(record?.execution.owner?.pid == getpid())
  }

  @Test("--new opens another one inside it")
  func new() throws {
    let scene = try Scene()
    let execution = try scene.start("1.1")
    let second = try scene.start("1.1", mode: .new, in: scene.journal(execution: execution))
    #expect(second != execution)
    #expect(try scene.events().last?.details.text("parent_execution_id") == execution.text)
  }

  @Test("another task inside it is a child of its run, and a parent given by name wins")
  func parents() throws {
    let scene = try Scene()
    let outer = try scene.journal(run: "R1").start(Start(task: TaskID("1")))
    let execution = try #require(outer.execution)
    let child = try scene.journal(execution: execution).start(Start(task: TaskID("1.1")))
    #expect(child.run?.text == "R1")
    let stranger = try scene.start("2")
    var start = Start(task: try TaskID("1.2"))
    start.parent = stranger
    let named = try scene.journal(execution: execution).start(start)
    #expect(named.run != outer.run)
    #expect(
      try scene.events().map { $0.details.text("parent_execution_id") } == [nil, execution.text, nil, stranger.text])
  }

  @Test("a start closes what the sweep would close, and names what stays open")
  func closesStale() throws {
    let scene = try Scene()
    let owner = try Child()
    let dead = try scene.start("1.1", owner: owner.pid)
    try owner.kill()
    let overdue = try scene.start("1.1", limit: .zero, mode: .new)
    usleep(2_000)
    let open = try scene.start("1.1", droid: "a", mode: .new)
    owner.reap()
    let other = try scene.start("1.2", limit: .zero)
    let outcome = try scene.journal().start(Start(task: TaskID("1.1"), mode: .new))
    #expect(outcome.notices == [.stillOpen(open, droid: try DroidID("a"))])
    #expect(try scene.story(dead) == ["started", "process_gone"])
    #expect(try scene.story(overdue) == ["started", "timeout"])
    #expect(try scene.story(open) == ["started"])
    #expect(try scene.story(other) == ["started"])
  }

  @Test("--supersede gives up the open ones of the task, and those of others stay")
  func supersede() throws {
    let scene = try Scene()
    let first = try scene.start("1.1")
    let second = try scene.start("1.1", mode: .new)
    let other = try scene.start("1.2")
    let outcome = try scene.journal().start(Start(task: TaskID("1.1"), mode: .supersede))
    let new = try #require(outcome.execution)
    #expect(outcome.notices == [.superseded(first), .superseded(second)])
    for old in [first, second] { #expect(try scene.story(old) == ["started", "superseded"]) }
    let evidence = try scene.events().first { $0.type == EventType.abandoned }?.details.object("evidence")
    #expect(evidence == ["superseded_by": .string(new.text)])
    #expect(try scene.story(other) == ["started"])
    #expect(try scene.end("1.1").execution == new)
  }

  @Test("defect: --supersede inside an execution of the same task gives that up, too")
  func supersedeEnvironment() throws {
    let scene = try Scene()
    let first = try scene.start("1.1")
    let outcome = try scene.journal(execution: first).start(Start(task: TaskID("1.1"), mode: .supersede))
    #expect(outcome.notices == [.superseded(first)])
    #expect(try scene.story(first) == ["started", "superseded"])
    #expect(try scene.events().last?.details.text("parent_execution_id") == nil)
  }

  @Test("an owner that does not run is no owner, and is told")
  func ownerNotFound() throws {
    let scene = try Scene()
    let child = try Child()
    try child.kill()
    child.reap()
    var start = Start(task: try TaskID("1.1"))
    start.owner = child.pid
    #expect(try scene.journal().start(start).notices == [.ownerNotFound(child.pid)])
    #expect(try scene.end("1.1", in: scene.journal(caller: 1)).execution != nil)
  }

  @Test("which droid: the option, the environment, the ledger, the script's name, unknown")
  func droids() throws {
    let scene = try Scene()
    let script = try scene.journal(variables: ["SCRIPT_NAME": "/srv/steps/build.sh"])
    try scene.start("1", droid: "option", in: scene.journal(droid: "environment"))
    try scene.start("2", in: scene.journal(droid: "environment"))
    try scene.start("3", in: script)
    try scene.start("4", in: scene.journal(variables: ["SCRIPT_NAME": "a b"]))
    try scene.end("1", in: script)
    try scene.end("2", in: scene.journal(droid: "other"))
    try scene.end("3")
    #expect(
      try scene.events().map(\.droid) == [
        "option", "environment", "build", "unknown-droid", "option", "other", "build",
      ])
  }

  @Test("which run: the environment, the ledger, the parent, a new one; every line carries it")
  func runs() throws {
    let scene = try Scene()
    let first = try scene.start("1", in: scene.journal(run: "R1"))
    try scene.report("1")
    try scene.start("2", in: scene.journal(execution: first))
    try scene.end("2", in: scene.journal(run: "R2"))
    try scene.end("1")
    let runs = try scene.events().map(\.run)
    #expect(runs == ["R1", "R1", "R1", "R2", "R1"])
    try scene.start("3")
    let new = try #require(try scene.events().last?.run)
    #expect(new.count == "r-20251008-1621-0042".count && new.hasPrefix("r-20"))
    #expect(try scene.events(.results).allSatisfy { $0.run != nil })
  }
}

@Suite("Second and late endings") struct EndingTests {
  @Test("after an ending every further one is refused, telling which and when", arguments: Ending.allCases)
  func second(ending: Ending) throws {
    let scene = try Scene()
    let execution = try scene.start("1.1")
    try scene.end("1.1", ending)
    let time = try #require(try scene.events().last?.timestamp)
    let before = scene.journalBytes
    for again in Ending.allCases {
      let expected = JournalError.alreadyEnded(execution, Conclusion(status: ending.status, time: time))
      #expect(refusal { try scene.journal().end(again, of: .execution(execution)) } == expected)
      #expect(refusal { try scene.end("1.1", again) } == expected)
      #expect(refusal { try scene.end("1.1", again, in: scene.journal(execution: execution)) } == expected)
      #expect(refusal { try scene.journal(execution: execution).end(again) } == expected)
      #expect(expected.description == "cannot end \(execution): already \(ending.rawValue) at \(time)")
    }
    #expect(scene.journalBytes == before)
  }

  @Test("a report on an ended execution is refused")
  func reportAfterwards() throws {
    let scene = try Scene()
    let execution = try scene.start("1.1")
    try scene.end("1.1")
    let before = scene.journalBytes
    guard case .badData("report on", let object, let reason)? = refusal({ try scene.report("1.1") }) else {
      Issue.record("another error")
      return
    }
    #expect(object == execution.text)
    #expect(reason.hasPrefix("already completed at 20"))
    #expect(scene.journalBytes == before)
  }

  @Test("after an abandonment the first ending is taken as late, the next one is not")
  func late() throws {
    let scene = try Scene()
    let execution = try scene.start("1.1", limit: .zero)
    usleep(2_000)
    #expect(try scene.journal().sweep().closed.map(\.execution.id) == [execution])
    try scene.end("1.1", .failed)
    #expect(try scene.story(execution) == ["started", "timeout", "late failed"])
    guard case .alreadyEnded(execution, let conclusion)? = refusal({ try scene.end("1.1") }) else {
      Issue.record("a third ending was taken")
      return
    }
    #expect(conclusion.status == .failed)
    #expect(try scene.journal().sweep().closed.isEmpty)
    #expect(try scene.story(execution) == ["started", "timeout", "late failed"])
  }

  @Test("by its task alone an abandoned execution is found only when none of that task is open")
  func lateByTask() throws {
    let scene = try Scene()
    let abandoned = try scene.start("1.1", limit: .zero)
    usleep(2_000)
    let open = try scene.start("1.1")
    #expect(try scene.story(abandoned) == ["started", "timeout"])
    #expect(try scene.end("1.1").execution == open)
    // Now the one that ended last answers, and it was not abandoned.
    guard case .alreadyEnded(open, _)? = refusal({ try scene.end("1.1") }) else {
      Issue.record("the abandoned one was taken")
      return
    }
    #expect(try scene.journal().end(.completed, of: .execution(abandoned)).execution == abandoned)
    #expect(try scene.story(abandoned) == ["started", "timeout", "late completed"])
  }

  @Test("a late ending needs no owner: whoever did the work tells")
  func lateOfOwned() throws {
    let scene = try Scene()
    let owner = try Child()
    let execution = try scene.start("1.1", owner: owner.pid)
    try owner.kill()
    owner.reap()
    #expect(try scene.journal().sweep().closed.map(\.reason) == [.processGone])
    #expect(try scene.end("1.1").execution == execution)
    #expect(try scene.story(execution) == ["started", "process_gone", "late completed"])
  }

  @Test("the story of a retrying agent: start, its shell dies, start again; done by task ends the right one")
  func retry() throws {
    let scene = try Scene()
    let first = try scene.start("1.1", droid: "frontend")
    try scene.report("1.1", 0.2)
    let again = try scene.journal().start(Start(task: TaskID("1.1"), droid: DroidID("frontend")))
    let second = try #require(again.execution)
    #expect(second != first)
    #expect(again.notices == [.stillOpen(first, droid: try DroidID("frontend"))])
    #expect(try scene.report("1.1", 0.9).execution == second)
    #expect(try scene.end("1.1").execution == second)
    #expect(try scene.story(first) == ["started", "progress"])
    #expect(try scene.story(second) == ["started", "progress", "completed"])
    // The first is still open and is what its task leads to now; the sweep gets it at its limit.
    var options = SweepOptions()
    options.limit = .zero
    #expect(try scene.journal().sweep(options).closed.map(\.execution.id) == [first])
  }

  @Test("an ending writes one line to events, and its result and what a look at it found to results")
  func results() throws {
    let scene = try Scene()
    try scene.start("1.1")
    let journal = try scene.journal()
    let outcome = try journal.end(.completed, of: .task(TaskID("1.1")), result: ["tests_run": 12, "note": "ok"])
    let results = try scene.events(.results)
    #expect(results.map(\.type) == [EventType.result, EventType.validated])
    #expect(results[0].fields.object("result_data") == ["tests_run": 12, "note": "ok"])
    #expect(results[1].fields.text("category") == "testing")
    let ending = try #require(try scene.events().last)
    #expect(Set(results.map(\.id) + [ending.id]).count == 1)
    #expect(
      journal.lines(of: outcome)
        == scene.bytes(.events).split(separator: 10).last.map { Array($0) + [10] }.map { $0 + scene.bytes(.results) })

    try scene.start("1.2")
    try scene.end("1.2", .failed)
    let plain = try scene.events(.results).dropFirst(2)
    #expect(plain.map { $0.fields.object("result_data") } == [[:]])
    #expect(plain.map { $0.fields.bool("success") } == [false])
  }

  @Test("validation can be turned off")
  func validationOff() throws {
    let scene = try Scene { $0.tracking.validatesResults = false }
    try scene.start("1.1")
    _ = try scene.journal().end(.completed, of: .task(TaskID("1.1")), result: ["tests_run": -1])
    #expect(try scene.events(.results).map(\.type) == [EventType.result])
  }
}
