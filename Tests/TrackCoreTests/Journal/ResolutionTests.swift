import Glibc
import Testing

@testable import TrackCore

@Suite("Which execution") struct ResolutionTests {
  @Test("a step of its own, knowing only the task, finds the execution another step started")
  func byTask() throws {
    let scene = try Scene()
    let other = try scene.start("1.2")
    let execution = try scene.start("1.1")
    #expect(try scene.report("1.1").execution == execution)
    #expect(try scene.end("1.1").execution == execution)
    #expect(try scene.story(execution) == ["started", "progress", "completed"])
    #expect(try scene.story(other) == ["started"])
  }

  @Test("the one that is named is taken, and only if it is of the task given with it")
  func named() throws {
    let scene = try Scene()
    let first = try scene.start("1.1")
    let second = try scene.start("1.1", mode: .new)
    let journal = try scene.journal(execution: second)
    #expect(
      refusal { try journal.end(.completed, of: Target(execution: first, task: TaskID("1.2"))) }
        == .wrongTask(first, task: try TaskID("1.1")))
    #expect(try journal.end(.completed, of: Target(execution: first, task: TaskID("1.1"))).execution == first)
    let unknown = try ExecutionID("exec-1-1.1-00000000")
    #expect(
      refusal { try journal.end(.completed, of: .execution(unknown)) } == .noExecution("\(unknown) is not known here"))
    #expect(try scene.story(second) == ["started"])
  }

  @Test("the environment's is taken before others of the task, and never when it is of another task")
  func environment() throws {
    let scene = try Scene()
    let first = try scene.start("1.1")
    let second = try scene.start("1.1", mode: .new)
    let other = try scene.start("1.2")
    #expect(try scene.report("1.1", in: scene.journal(execution: first)).execution == first)
    // Of the environment's other task nothing is touched: the child rule and the newest rule decide.
    #expect(try scene.report("1.2", in: scene.journal(execution: first)).execution == other)
    #expect(try scene.end("1.1", in: scene.journal(execution: first)).execution == first)
    #expect(try scene.end("1.1", in: scene.journal(execution: other)).execution == second)
    #expect(try scene.story(other) == ["started", "progress"])
  }

  @Test("an execution started inside the environment's is taken before strangers of the same task")
  func children() throws {
    let scene = try Scene()
    let parent = try scene.start("1")
    let child = try scene.start("1.1", in: scene.journal(execution: parent))
    try scene.start("1.1")
    try scene.report("1.1", in: scene.journal(execution: child))
    #expect(try scene.end("1.1", in: scene.journal(execution: parent)).execution == child)
    #expect(try scene.events().first { $0.execution == child.text }?.details.text("parent_execution_id") == parent.text)
  }

  @Test("where nothing is named, the task in an agent's session is meant, not the session")
  func session() throws {
    let scene = try Scene()
    var start = Start(task: try TaskID("claude.session"), mode: .new)
    (start.kind, start.owner) = (.session, getpid())
    let session = try #require(try scene.journal().start(start).execution)
    let inside = try scene.journal(execution: session)
    #expect(try scene.report(nil, in: inside).execution == session)
    let task = try scene.start("1.1", in: inside)
    start.kind = .subagent
    start.task = try TaskID("claude.subagent")
    start.parent = session
    try #require(try scene.journal().start(start).execution != nil)
    for rebuilt in [false, true] {
      if rebuilt { try scene.remove(scene.state) }
      #expect(try scene.report(nil, in: inside).execution == task)
    }
    let second = try scene.start("1.2", in: inside)
    #expect(try scene.report(nil, in: inside).execution == nil)
    try scene.end("1.2", in: inside)
    #expect(try inside.end(.completed).execution == task)
    #expect(refusal { try inside.end(.completed) } == .notOwner(session, owner: getpid()))
    #expect(try scene.story(second) == ["started", "completed"])
  }

  @Test("beside sessions the project's only task is meant")
  func onlyTask() throws {
    let scene = try Scene()
    var start = Start(task: try TaskID("claude.session"), mode: .new)
    start.kind = .session
    _ = try scene.journal().start(start)
    _ = try scene.journal().start(start)
    let task = try scene.start("1.1")
    #expect(try scene.journal().end(.completed).execution == task)
  }

  @Test("a droid's own execution is taken before those of others, where it has one")
  func narrowedByDroid() throws {
    let scene = try Scene()
    let first = try scene.start("1.1", droid: "a")
    let second = try scene.start("1.1", droid: "b", mode: .new)
    try scene.report("1.1", in: scene.journal(droid: "a"))
    #expect(try scene.end("1.1", in: scene.journal(droid: "b")).execution == second)
    #expect(try scene.end("1.1", in: scene.journal(droid: "c")).execution == first)
    let line = try #require(try scene.events().last)
    #expect((line.droid, line.status) == ("c", "completed"))
  }

  @Test("without a task: the environment's, else the file's, else the only one that is open")
  func current() throws {
    let scene = try Scene()
    let first = try scene.start("1.1")
    #expect(try scene.report(nil).execution == first)
    let second = try scene.start("1.2")
    #expect(try scene.report(nil, in: scene.journal(execution: first)).execution == first)
    try scene.makeDirectory("\(scene.root)/.factory")
    try scene.write(#"{"execution_id": "\#(second)"}"#, to: "\(scene.root)/.factory/current_execution.json")
    #expect(try scene.report(nil).execution == second)
    #expect(try scene.report(nil, in: scene.journal(execution: first)).execution == first)
    #expect(try scene.journal().end(.completed).execution == second)
    #expect(try scene.journal().end(.completed).execution == first)
    #expect(try scene.report(nil).execution == nil)
  }

  @Test("without a task and with several open an ending is refused, and a report is the droid's own")
  func severalWithoutTask() throws {
    let scene = try Scene()
    let first = try scene.start("1.1", droid: "a")
    let second = try scene.start("1.2", droid: "b")
    let before = scene.bytes(.events)
    guard case .ambiguous(let task, let candidates)? = refusal({ try scene.journal().end(.completed) }) else {
      Issue.record("not ambiguous")
      return
    }
    #expect(task == "the project")
    #expect(Set(candidates.map(\.execution)) == [first, second])
    #expect(scene.bytes(.events) == before)
    let outcome = try scene.report(nil, in: scene.journal(droid: "a"))
    #expect(outcome.execution == nil)
    #expect(try scene.events(.droidStatus).last?.droid == "a")
    #expect(try scene.events().last?.execution == nil)
  }

  @Test(
    "a file that names no open execution, or is no JSON, leads nowhere",
    arguments: ["", "{}", "[1]", #"{"execution_id": "../x"}"#, #"{"execution_id": "exec-1-9-00000000"}"#])
  func uselessFile(text: String) throws {
    let scene = try Scene()
    try scene.makeDirectory("\(scene.root)/.factory")
    try scene.write(text, to: "\(scene.root)/.factory/current_execution.json")
    let execution = try scene.start("1.1")
    #expect(try scene.journal().end(.completed).execution == execution)
  }

  @Test("an environment that is closed or unknown is passed over with a word")
  func staleEnvironment() throws {
    let scene = try Scene()
    let closed = try scene.start("1.1")
    try scene.end("1.1")
    let open = try scene.start("1.1")
    for stale in [closed, try ExecutionID("exec-1-1.1-00000000")] {
      let outcome = try scene.report("1.1", in: scene.journal(execution: stale))
      #expect(outcome.execution == open)
      #expect(outcome.notices == [.staleEnvironment(stale.text)])
    }
    let start = try scene.journal(execution: closed).start(Start(task: TaskID("2")))
    #expect(start.notices == [.staleEnvironment(closed.text)])
    #expect(try scene.events().last?.details.text("parent_execution_id") == nil)
  }

  @Test("variables that hold no ids are passed over with a word each")
  func invalidVariables() throws {
    let scene = try Scene()
    let journal = try scene.journal(
      variables: ["DROID_EXECUTION_ID": "../x", "DROID_ID": "a b", "DROID_RUN_ID": "\n"])
    let outcome = try journal.start(Start(task: TaskID("1.1")))
    let names = outcome.notices.compactMap { if case .invalidVariable(let name, _) = $0 { name } else { nil } }
    #expect(Set(names) == ["DROID_EXECUTION_ID", "DROID_ID", "DROID_RUN_ID"])
    #expect(outcome.droid == .unknown)
  }

  @Test("of several the newest is taken when no older one has spoken since it began")
  func newest() throws {
    let scene = try Scene()
    let first = try scene.start("1.1")
    try scene.report("1.1")
    let second = try scene.start("1.1", mode: .new)
    let third = try scene.start("1.1", mode: .new)
    let outcome = try scene.report("1.1")
    #expect(outcome.execution == third)
    #expect(outcome.notices == [.tookNewest(third, passedOver: [first, second])])
    #expect(
      outcome.notices.first?.description
        == "several executions are open, took the newest \(third), passed over \(first), \(second)")
  }

  @Test("it is ambiguous when an older one has reported since the newest began, or when its owner lives")
  func ambiguous() throws {
    let scene = try Scene()
    let first = try scene.start("1.1", droid: "a")
    let second = try scene.start("1.1", droid: "b", mode: .new)
    try scene.report("1.1", in: scene.journal(execution: first))
    let before = scene.journalBytes
    guard case .ambiguous("1.1", let candidates)? = refusal({ try scene.end("1.1") }) else {
      Issue.record("not ambiguous")
      return
    }
    #expect(candidates.map(\.execution) == [first, second])
    #expect(candidates.map(\.droid.text) == ["a", "b"])
    #expect(candidates.allSatisfy { $0.host == scene.machine.host && $0.age < 60 })
    #expect(scene.journalBytes == before)

    let owned = try Scene()
    try owned.start("1.1", owner: getpid())
    try owned.start("1.1", mode: .new)
    guard case .ambiguous? = refusal({ try owned.report("1.1") }) else {
      Issue.record("the living owner was passed over")
      return
    }
  }

  @Test("none of the task: nothing to end, nothing to report on")
  func none() throws {
    let scene = try Scene()
    #expect(refusal { try scene.end("1.1") } == .noExecution("none of task 1.1 is open"))
    #expect(refusal { try scene.report("1.1") } == .noExecution("none of task 1.1 is open"))
    #expect(refusal { try scene.journal().end(.completed) } == .noExecution("none is open"))
    #expect(scene.journalBytes.allSatisfy { $0.isEmpty })
  }

  @Test("tasks whose names begin alike are not mistaken for each other")
  func similarNames() throws {
    let scene = try Scene()
    let names = ["1", "1.1", "1-1", "1-1-1", "exec-1-1"]
    let executions = try names.map { try scene.start($0) }
    for (name, execution) in zip(names, executions) { #expect(try scene.end(name).execution == execution) }
  }

  @Test("an owned execution is ended by its owner, by name, and by nobody else")
  func owner() throws {
    let scene = try Scene()
    let execution = try scene.start("1.1", owner: getpid())
    #expect(refusal { try scene.end("1.1", in: scene.journal(caller: 1)) } == .notOwner(execution, owner: getpid()))
    #expect(
      refusal { try scene.end("1.1", in: scene.journal(execution: execution, caller: 1)) }
        == .notOwner(execution, owner: getpid()))
    let elsewhere = Machine(
      host: scene.machine.host, boot: scene.machine.boot, pidNamespace: 7, user: scene.machine.user)
    #expect(
      refusal { try scene.end("1.1", in: scene.journal(caller: getpid(), machine: elsewhere)) }
        == .notOwner(execution, owner: getpid()))
    #expect(try scene.report("1.1", in: scene.journal(caller: 1)).execution == execution)
    #expect(try scene.end("1.1", in: scene.journal(caller: getpid())).execution == execution)

    let named = try scene.start("1.2", owner: getpid())
    #expect(try scene.journal(caller: 1).end(.failed, of: .execution(named)).execution == named)
  }
}
