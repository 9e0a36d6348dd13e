import Glibc
import Testing

@testable import TrackCore

@Suite("The ledger made anew") struct LedgerRebuildTests {
  @Test("without .state what is open stays open, what ended stays ended, and nothing is written")
  func removed() throws {
    let scene = try Scene()
    let done = try scene.start("1.1")
    try scene.end("1.1", .failed)
    let abandoned = try scene.start("1.2", limit: .zero)
    usleepOneTick()
    _ = try scene.journal().sweep()
    let parent = try scene.start("1", in: scene.journal(run: "R1"))
    let open = try scene.start(
      "1.3", droid: "a", limit: .seconds(90), owner: getpid(), in: scene.journal(execution: parent))
    try scene.report("1.3")
    let before = scene.journalBytes
    let kept = try record(scene, open)

    try scene.remove(scene.state)
    #expect(refusal { try scene.end("1.1") }?.description.contains("already failed at") == true)
    #expect(scene.journalBytes == before)
    let rebuilt = try record(scene, open)
    #expect(rebuilt.execution.owner == kept.execution.owner)
    #expect(
      (rebuilt.execution.limit, rebuilt.execution.parent, rebuilt.execution.run.text, rebuilt.execution.droid.text)
        == (.seconds(90), parent, "R1", "a"))
    #expect(rebuilt.execution.started == Instant(wall: kept.execution.started.wall))
    #expect(rebuilt.lastReport?.wall == kept.lastReport?.wall)
    #expect(try scene.end("1.3", in: scene.journal(caller: getpid())).execution == open)
    #expect(try scene.journal().end(.completed, of: .execution(abandoned)).execution == abandoned)
    #expect(try scene.story(abandoned) == ["started", "timeout", "late completed"])
    #expect(try scene.story(done) == ["started", "failed"])
  }

  @Test("results and reports that a power cut took away are restored from events, cut anywhere")
  func restored() throws {
    let whole = try Scene()
    try whole.start("1.1")
    try whole.report("1.1", 0.1)
    try whole.report("1.1", 0.2)
    _ = try whole.journal().end(.completed, of: .task(TaskID("1.1")), result: ["tests_run": 1, "é": "\n"])
    try whole.start("1.2")
    try whole.end("1.2", .failed)
    for stream in [TrackCore.Stream.droidStatus, .results] {
      let bytes = whole.bytes(stream)
      for length in cuts(bytes) {
        let scene = try copy(whole)
        try scene.write(Array(bytes[..<length]), to: "\(scene.logs)/\(stream.fileName)")
        _ = try scene.journal().record(.audit(action: "touch", details: [:]))
        let lines = scene.bytes(stream).split(separator: 10).map { Array($0) }
        let wanted = bytes.split(separator: 10).map { Array($0) }
        let torn = length > 0 && bytes[length - 1] != 10
        #expect(Set(wanted).isSubset(of: lines), "\(stream) cut at \(length)")
        #expect(lines.count == wanted.count + (torn ? 1 : 0), "\(stream) cut at \(length)")
        #expect(
          try scene.audits()
            == (length == bytes.count ? [] : torn ? ["log.recovered", "stream.restored"] : ["stream.restored"]) + [
              "touch"
            ])
        #expect(scene.bytes(.events) == whole.bytes(.events))
      }
    }
  }

  @Test("a second time nothing is restored")
  func again() throws {
    let scene = try Scene()
    try scene.start("1.1")
    try scene.report("1.1")
    try scene.end("1.1")
    try scene.remove("\(scene.logs)/results.ndjson")
    try scene.remove(scene.state)
    _ = try scene.journal().sweep()
    let once = scene.journalBytes
    #expect(try scene.events(.results).count == 1)
    try scene.remove(scene.state)
    _ = try scene.journal().sweep()
    #expect(scene.journalBytes == once)
  }

  @Test(
    "defect: the result of an ending that pruning carried is not restored when it was pruned", arguments: [false, true])
  func carriedEnding(isFollowed: Bool) throws {
    let scene = try Scene()
    let cut = try scene.start("1.1")
    try scene.fleeting()
    try scene.rotateNow()
    try scene.end("1.1")
    try scene.fleeting()
    try scene.rotateNow()
    if isFollowed { try scene.fleeting() }
    // The first carries its start and its ending, the second takes its result.
    for _ in 0..<2 { try scene.pruneOldest() }
    #expect(try scene.story(cut) == ["started", "completed"])
    let results = scene.bytes(.results)
    try scene.remove(scene.state)
    _ = try scene.journal().sweep()
    #expect(scene.bytes(.results) == results)
  }

  @Test("the result of an ending that pruning carried is not restored where the stream still has it")
  func carriedEndingOfEventsAlone() throws {
    let scene = try Scene()
    let cut = try scene.start("1.1")
    try scene.fleeting()
    try scene.rotate(.events, to: "events.ndjson.1")
    try scene.end("1.1")
    try scene.fleeting()
    try scene.rotate(.events, to: "events.ndjson.2")
    try scene.fleeting()
    _ = try scene.journal().sweep(scene.sealing)
    try scene.pruneOldest()
    #expect(try scene.story(cut) == ["started", "completed"])
    let results = scene.bytes(.results)
    try scene.remove(scene.state)
    _ = try scene.journal().sweep()
    #expect(scene.bytes(.results) == results)
  }

  @Test("a result is restored although its ending, from the spool, is older than others")
  func olderEnding() throws {
    let scene = try Scene()
    for task in ["1.1", "1.2"] {
      try scene.start(task)
      try scene.end(task)
    }
    let events = scene.bytes(.events).split(separator: 10)
    try scene.write(
      Array([events[0], events[2], events[3], events[1]].joined(separator: [10])) + [10],
      to: "\(scene.logs)/events.ndjson")
    let results = scene.bytes(.results).split(separator: 10)
    try scene.write(Array(results[1]) + [10], to: "\(scene.logs)/results.ndjson")
    try scene.remove(scene.state)
    _ = try scene.journal().sweep()
    #expect(scene.bytes(.results).split(separator: 10) == [results[1], results[0]])
  }

  @Test("after a reboot the ledger of the last boot is replaced, and owners of then are gone")
  func reboot() throws {
    let scene = try Scene()
    let owned = try scene.start("1.1", owner: getpid())
    let free = try scene.start("1.2")
    let now = scene.machine
    let rebooted = Machine(host: now.host, boot: "another-boot", pidNamespace: now.pidNamespace, user: now.user)
    let journal = try scene.journal(machine: rebooted)
    #expect(try journal.sweep().closed.map(\.reason) == [.rebooted])
    #expect(try scene.story(owned) == ["started", "rebooted"])
    #expect(try journal.end(.completed, of: .task(TaskID("1.2"))).execution == free)
    #expect(scene.names(scene.state).filter { $0.hasPrefix("ledger-") } == ["ledger-another-boot"])
  }

  @Test("the owner that a join attached is known after a reboot, too")
  func joinedOwner() throws {
    let scene = try Scene()
    let execution = try scene.start("1.1")
    try scene.start("1.1", owner: getpid(), in: scene.journal(execution: execution))
    let owner = try record(scene, execution).execution.owner
    try scene.remove(scene.state)
    _ = try scene.journal().sweep()
    #expect(owner != nil)
    #expect(try record(scene, execution).execution.owner == owner)
  }

  @Test("what joined an execution and what was heard of it is known although pruning carried its start behind them")
  func carriedStart() throws {
    let scene = try Scene()
    let execution = try scene.start("1.1")
    try scene.rotate(.events, to: "events-1.ndjson")
    try scene.start("1.1", owner: getpid(), in: scene.journal(execution: execution))
    try scene.report("1.1")
    let known = try record(scene, execution)
    try #require(known.execution.owner != nil)
    // As pruning does it: the start is appended anew, then its file goes.
    try scene.rotate(.events, to: "events-2.ndjson")
    try scene.write(scene.contents("\(scene.logs)/events-1.ndjson"), to: "\(scene.logs)/events.ndjson")
    try scene.remove("\(scene.logs)/events-1.ndjson")
    try scene.remove(scene.state)
    _ = try scene.journal().sweep()
    #expect(try record(scene, execution).execution.owner == known.execution.owner)
    #expect(try record(scene, execution).lastReport?.wall == known.lastReport?.wall)
  }

  @Test(
    "of two that joined an execution the later one owns it, although the earlier one's report was carried behind it")
  func carriedJoin() throws {
    let scene = try Scene()
    let execution = try scene.start("1.1")
    try scene.start("1.1", owner: getppid(), in: scene.journal(execution: execution))
    let first = scene.bytes(.events)
    try scene.start("1.1", owner: getpid(), in: scene.journal(execution: execution))
    let owner = try record(scene, execution).execution.owner
    try scene.write(scene.bytes(.events) + first, to: "\(scene.logs)/events.ndjson")
    try scene.remove(scene.state)
    _ = try scene.journal().sweep()
    #expect(try record(scene, execution).execution.owner == owner)
  }

  @Test("of many executions that ended the last are remembered, and a start that is repeated opens none of them again")
  func manyEnded() throws {
    let scene = try Scene()
    try scene.makeDirectory(scene.logs)
    let count = 2 * LedgerRebuild.rememberedCount + 500
    let begin = scene.machine.now().wall.microseconds - Int64(count) * 1_000_000
    func line(_ type: String, _ number: Int) -> String {
      let time = Timestamp(microseconds: begin + Int64(number) * 1_000_000)
      return #"{"timestamp": "\#(time)", "event_type": "task.execution.\#(type)", "task_id": "1.1", "#
        + #""execution_id": "e\#(number)"}"# + "\n"
    }
    var text = line("started", -1)
    for number in 0..<count { text += line("started", number) + line("completed", number) }
    // As pruning carries the start of an execution whose ending is in a file that stays.
    text += line("started", 0) + line("started", count - 1)
    try scene.write(text, to: "\(scene.logs)/events.ndjson")
    _ = try scene.journal().record(.audit(action: "touch", details: [:]))
    let ledger = try Ledger.existing(in: Directory(path: scene.state), boot: scene.machine.boot)
    #expect(try ledger.openIDs().map(\.text) == ["e-1"])
    let closed = try ledger.closedIDs().compactMap { Int($0.text.dropFirst()) }
    #expect(closed.sorted() == Array(count - LedgerRebuild.rememberedCount..<count))
  }

  @Test("lines that others write, in their order and with their spaces, count as ours do")
  func foreignLines() throws {
    let scene = try Scene()
    try scene.makeDirectory(scene.logs)
    let lines = [
      #"{"execution_id":"a","event_type":"task.execution.started","task_id":"1","timestamp":"2026-01-01T00:00:00Z"}"#,
      #"{"timestamp": "2026-01-01T00:00:01.000000+00:00", "event_type": "droid.self_report", "task_id": "é", "#
        + #""execution_id": "a", "details": {}}"#,
      #"{"event_type":"task.execution.st\u0061rted","timestamp":"2026-01-01T00:00:00Z","details":{"task_id":"2"},"#
        + #""execution_id":"x","execution_id":"b"}"#,
      #"{"timestamp": "2026-01-01T00:00:02.000000+00:00", "event_type": "task.execution.completed", "#
        + #""execution_id": "a", "result": {"torn": {"#,
      #"{"timestamp": "2026-01-01T00:00:02.000000+00:00", "event_type": "task.execution.completed", "#
        + #""execution_id": {"execution_id": "a"}}"#,
      #"{"timestamp": "2026-01-01T00:00:02.000000+00:00", "event_type": "task.execution.abandoned", "#
        + #""execution_id": "\u0062"}"#,
    ]
    try scene.write(lines.map { $0 + "\n" }.joined(), to: "\(scene.logs)/events.ndjson")
    let log = try LogDirectory.create(".droid-forge/logs", in: scene.root, machine: scene.machine)
    let records = try JournalHistory(of: log).records(now: Instant(wall: #require(Timestamp("2026-01-02T00:00:00Z"))))
    #expect(records.map(\.execution.id.text).sorted() == ["a", "b"])
    let open = try #require(records.first { $0.conclusion == nil })
    #expect(open.execution.id.text == "a" && open.lastReport?.wall == Timestamp("2026-01-01T00:00:01Z"))
    #expect(records.first { $0.conclusion != nil }?.conclusion?.conclusion.status == .abandoned)
  }

  @Test("repeated lines, as of shipped logs, change nothing; a repeated abandonment does not undo a late ending")
  func repeated() throws {
    let scene = try Scene()
    let execution = try scene.start("1.1", limit: .zero)
    usleepOneTick()
    _ = try scene.journal().sweep()
    try scene.end("1.1")
    let lines = scene.bytes(.events)
    try scene.write(lines + lines, to: "\(scene.logs)/events.ndjson")
    try scene.remove(scene.state)
    guard case .alreadyEnded(execution, let conclusion)? = refusal({ try scene.end("1.1") }) else {
      Issue.record("it can be ended again")
      return
    }
    #expect(conclusion.status == .completed)
  }

  @Test("executions of the original's logs can be ended")
  func original() throws {
    let scene = try Scene()
    try scene.makeDirectory(scene.logs)
    try scene.write(
      #"{"timestamp": "2025-10-08T16:21:54.536702+00:00", "event_type": "task.execution.started", "task_id": "1.1", "#
        + #""droid_id": "builder", "execution_id": "exec-1759940514-1.1", "status": "executing", "details": {}}"#
        + "\n",
      to: "\(scene.logs)/events.ndjson")
    #expect(
      try scene.journal().end(.completed, of: .execution(ExecutionID("exec-1759940514-1.1"))).droid?.text == "builder")
    #expect(try scene.events().count == 2)
  }

  /// The lengths to cut at: around every line's end, and some in the middle of lines.
  private func cuts(_ bytes: [UInt8]) -> [Int] {
    let ends = bytes.indices.filter { bytes[$0] == 10 }
    return [0, 1] + ends.flatMap { [$0 - 20, $0, $0 + 1] }
  }

  private func copy(_ whole: Scene) throws -> Scene {
    // Restored lines tell the project's name: the copy bears the same.
    let scene = try Scene(named: whole.project.name)
    try scene.makeDirectory(scene.logs)
    for stream in TrackCore.Stream.allCases {
      try scene.write(whole.bytes(stream), to: "\(scene.logs)/\(stream.fileName)")
    }
    return scene
  }

  private func record(_ scene: Scene, _ execution: ExecutionID) throws -> LedgerRecord {
    let ledger = try Ledger.existing(in: Directory(path: scene.state), boot: scene.machine.boot)
    return try #require(try ledger.record(execution, .open))
  }

  @Test("defect: an owner that a report claims is not taken for one when the ledger is rebuilt")
  func claimedOwner() throws {
    let scene = try Scene()
    let execution = try scene.start("1.1")
    let line =
      #"{"timestamp":"2030-01-01T00:00:00Z","event_type":"droid.self_report","execution_id":"\#(execution)","#
      + #""details":{"event_type":"progress","owner":{"pid":999999,"start_ticks":1,"boot_id":"\#(scene.machine.boot)","#
      + #""pid_namespace":\#(scene.machine.pidNamespace),"uid":0,"host":"\#(scene.machine.host)"}}}"#
    try scene.write(scene.bytes(.events) + Array((line + "\n").utf8), to: "\(scene.logs)/events.ndjson")
    try scene.remove(scene.state)
    #expect(try scene.journal().sweep().closed.isEmpty)
    var report = SelfReport(kind: .progress)
    report.fields["owner"] = 1
    #expect(throws: JournalError.self) { try scene.journal().report(report, of: .execution(execution)) }
  }

  @Test("defect: an execution with an id of another form is found by its task")
  func foreignID() throws {
    let scene = try Scene()
    try scene.makeDirectory(scene.logs)
    let line =
      #"{"timestamp":"2030-01-01T00:00:00Z","event_type":"task.execution.started","execution_id":"exec_1.1_7","#
      + #""task_id":"1.1"}"#
    try scene.write(line + "\n", to: "\(scene.logs)/events.ndjson")
    #expect(try scene.end("1.1").execution?.text == "exec_1.1_7")
  }

  @Test("defect: what is left of a ledger that was being removed is not taken for a whole one")
  func halfRemoved() throws {
    let scene = try Scene()
    let execution = try scene.start("1.1")
    // As a writer leaves it that dies while it removes the old ledger: out of sight, and no new one in its place.
    let state = try Directory(path: scene.state)
    try state.rename(Ledger.name(boot: scene.machine.boot), to: "discarded")
    #expect(try scene.report("1.1").execution == execution)
    #expect(try !state.names().contains("discarded"))
  }
}
