import Testing

@testable import TrackCore

@Suite("Trace context of executions") struct TraceTests {
  private let scene: Scene
  private let outside = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00"

  init() throws { scene = try Scene() }

  private func start(
    _ task: String, in parent: Outcome? = nil, mode: StartMode = .join, variables: [String: String] = [:]
  ) throws -> Outcome {
    let journal = try scene.journal(execution: parent?.execution, variables: variables)
    return try journal.start(Start(task: TaskID(task), mode: mode))
  }

  /// What the journal tells of an outcome's execution.
  private func details(_ outcome: Outcome) throws -> JSONObject {
    let events = try scene.events()
    return try #require(
      events.first { $0.execution == outcome.execution?.text && $0.type == EventType.started }?.details)
  }

  @Test("without a surrounding trace each execution begins one")
  func new() throws {
    let (first, second) = (try start("1.1"), try start("1.2"))
    let details = try details(first)
    #expect(details.trace?.own == first.traceParent)
    #expect(details.text(WireKey.traceFlags) == "01")
    for key in [WireKey.parentSpanID, WireKey.traceState, WireKey.baggage] { #expect(details[key] == nil) }
    #expect(first.traceParent?.trace != second.traceParent?.trace)
  }

  @Test("a surrounding trace goes on, with what travels along")
  func inherited() throws {
    let outcome = try start(
      "1.1",
      variables: ["TRACEPARENT": outside, "TRACESTATE": "a=1 , b=2", "BAGGAGE": "user=alice,password=rabbit-hole"])
    let details = try details(outcome)
    #expect(details.text(WireKey.traceID) == "0af7651916cd43dd8448eb211c80319c")
    #expect(details.text(WireKey.parentSpanID) == "b7ad6b7169203331")
    #expect(details.text(WireKey.spanID) != "b7ad6b7169203331")
    #expect(details.text(WireKey.traceFlags) == "00")
    #expect(details.text(WireKey.traceState) == "a=1,b=2")
    #expect(details.text(WireKey.baggage)?.hasPrefix("user=alice,password=") == true)
    #expect(details.text(WireKey.baggage)?.contains("rabbit") == false)
  }

  @Test(
    "a malformed one starts anew without a word",
    arguments: [
      "", "x", "00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-00", "\u{FFFD}\0",
      String(repeating: "0", count: 9_999),
    ])
  func malformed(text: String) throws {
    let outcome = try start("1.1", variables: ["TRACEPARENT": text, "TRACESTATE": "a=1", "BAGGAGE": ",,"])
    let details = try details(outcome)
    #expect(outcome.notices == [])
    #expect(outcome.traceParent != nil)
    // Whose trace it is is not known, so neither is whose state.
    for key in [WireKey.parentSpanID, WireKey.traceState, WireKey.baggage] { #expect(details[key] == nil) }
  }

  @Test("a child is in its parent's trace and knows its parent's span")
  func child() throws {
    let parent = try start("1", variables: ["BAGGAGE": "user=alice"])
    // The environment may know the trace as well, or only the execution.
    let traced = ["TRACEPARENT": try #require(parent.traceParent).description]
    for variables in [[:], traced] {
      let details = try details(start("1.1", in: parent, variables: variables))
      #expect(details.trace?.own.trace == parent.traceParent?.trace)
      #expect(details.trace?.parent == parent.traceParent?.span)
      #expect(details.text(WireKey.baggage) == "user=alice")
    }
  }

  @Test("a child that was started in another trace has its parent's id, and its parent span in its own trace")
  func otherTrace() throws {
    let parent = try start("1")
    let details = try details(start("1.1", in: parent, variables: ["TRACEPARENT": outside]))
    #expect(details.text(WireKey.parentExecutionID) == parent.execution?.text)
    #expect(details.text(WireKey.traceID) == "0af7651916cd43dd8448eb211c80319c")
    #expect(details.text(WireKey.parentSpanID) == "b7ad6b7169203331")
  }

  @Test("who joins an execution works in its span")
  func join() throws {
    let started = try start("1.1")
    let joined = try start("1.1", in: started, variables: ["TRACEPARENT": outside])
    #expect(joined.execution == started.execution)
    #expect(joined.traceParent == started.traceParent)
  }

  @Test("what follows an execution that is over or makes way is its sibling, not its child")
  func sibling() throws {
    let root = try start("1", variables: ["TRACEPARENT": outside])
    let traced = ["TRACEPARENT": try #require(root.traceParent).description]
    let successor = try start("1", in: root, mode: .supersede, variables: traced)
    #expect(try details(successor).text(WireKey.parentSpanID) == "b7ad6b7169203331")
    _ = try scene.journal().end(.completed, of: .execution(#require(successor.execution)))
    let next = try start("2", in: successor, variables: ["TRACEPARENT": #require(successor.traceParent).description])
    #expect(try details(next).text(WireKey.parentSpanID) == "b7ad6b7169203331")
    #expect(next.traceParent?.trace == root.traceParent?.trace)
  }

  @Test("the ids outlive the ledger, and executions of older journals get theirs")
  func rebuilt() throws {
    let old = try ExecutionID("exec-1759940514-7-0000beef")
    let parent = try start("1", variables: ["TRACEPARENT": outside, "BAGGAGE": "user=alice"])
    let line =
      #"{"timestamp": "\#(scene.machine.now().wall)", "event_type": "task.execution.started", "run_id": "r-1", "#
      + #""task_id": "7", "execution_id": "\#(old)", "details": {}}"#
    try scene.write(scene.bytes(.events) + Array("\(line)\n".utf8), to: "\(scene.logs)/events.ndjson")
    try scene.remove(scene.state)
    let details = try details(start("1.1", in: parent))
    #expect(details.trace?.own.trace == parent.traceParent?.trace)
    #expect(details.trace?.parent == parent.traceParent?.span)
    #expect(details.text(WireKey.baggage) == "user=alice")
    let derived = TraceContext(derivedFrom: old.text, run: "r-1", parent: nil)
    let joined = try scene.journal(execution: old).start(Start(task: TaskID("7")))
    #expect(joined.traceParent == derived.own)
  }

  @Test("a start that had to be spooled is told the ids that it will have")
  func spooled() throws {
    let parent = try start("1")
    let state = try Directory.creatingAll(scene.state)
    guard let lock = try FileLock.acquire("journal.lock", in: state, wait: .zero) else {
      Issue.record("the lock was not had")
      return
    }
    let journal = try scene.journal(execution: parent.execution, wait: .milliseconds(1))
    let told = try journal.start(Start(task: TaskID("1.1")))
    let inner = try scene.journal(execution: told.execution, wait: .milliseconds(1)).start(Start(task: TaskID("1.2")))
    #expect(told.notices == [.spooled])
    lock.release()
    _ = try scene.report("1")
    #expect(try details(told).trace?.own == told.traceParent)
    #expect(try details(told).trace?.parent == parent.traceParent?.span)
    #expect(try details(inner).trace?.parent == told.traceParent?.span)
    #expect(try details(inner).trace?.own == inner.traceParent)
  }
}
