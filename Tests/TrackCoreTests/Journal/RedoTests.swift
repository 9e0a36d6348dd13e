import Testing

@testable import TrackCore

/// A writer died; whoever holds the lock next finishes what it had begun.
@Suite("Redo") struct RedoTests {
  enum Left: CaseIterable { case nothing, half, everything }

  @Test("a start is finished the same whatever its writer had written", arguments: Left.allCases)
  func opening(left: Left) throws {
    let whole = try Scene()
    let execution = try whole.start("1.1")
    let scene = try Scene()
    let record = try openRecord(of: whole, execution)
    try interrupt(scene, record, .opening, [part(.events, whole.bytes(.events))], left)
    #expect(try scene.end("1.1").execution == execution)
    let events = try scene.events()
    #expect(events.map(\.type) == [EventType.started, EventType.completed])
    #expect(scene.bytes(.events).starts(with: whole.bytes(.events)))
  }

  @Test("a report is finished the same", arguments: Left.allCases)
  func reporting(left: Left) throws {
    let whole = try Scene()
    let execution = try whole.start("1.1")
    let before = whole.bytes(.events)
    try whole.report("1.1")
    let line = Array(whole.bytes(.events).dropFirst(before.count))
    let scene = try Scene()
    var record = try openRecord(of: whole, execution)
    record.lastReport = scene.machine.now()
    try scene.makeDirectory(scene.logs)
    try scene.write(before, to: "\(scene.logs)/events.ndjson")
    try interrupt(
      scene, record, .reporting, [part(.events, line, after: before.count), part(.droidStatus, line)], left)
    #expect(try scene.report("1.1").execution == execution)
    #expect(scene.bytes(.events).starts(with: whole.bytes(.events)))
    #expect(try scene.story(execution) == ["started", "progress", "progress"])
    #expect(try scene.events(.droidStatus).map(\.id) == scene.events().dropFirst().map(\.id))
  }

  @Test("an ending is finished the same by the next ending, which is refused", arguments: Left.allCases)
  func closing(left: Left) throws {
    let (whole, scene, execution, status) = try interruptedEnding(left)
    guard case .alreadyEnded(execution, let conclusion)? = refusal({ try scene.end("1.1", .failed) }) else {
      Issue.record("ended twice")
      return
    }
    #expect(conclusion == status)
    #expect(scene.journalBytes == whole.journalBytes)
  }

  @Test("an ending is finished the same by the sweep, once", arguments: Left.allCases)
  func closingBySweep(left: Left) throws {
    let (whole, scene, _, _) = try interruptedEnding(left)
    for _ in 0..<2 {
      var options = SweepOptions()
      options.limit = .zero
      let report = try scene.journal().sweep(options)
      #expect(report.closed.isEmpty && report.openCount == 0)
      #expect(scene.journalBytes == whole.journalBytes)
    }
    let ledger = "\(scene.state)/\(Ledger.name(boot: scene.machine.boot))"
    #expect(scene.names("\(ledger)/open").isEmpty)
    #expect(scene.names("\(ledger)/closed").count == 1)
  }

  @Test("an ending that is in the journal is found there when the file was renamed meanwhile")
  func closingAcrossRotation() throws {
    let (whole, scene, execution, _) = try interruptedEnding(.everything)
    try scene.rotate(.events, to: "events.ndjson.1")
    try scene.rotate(.results, to: "results-20261122T190000Z.ndjson")
    #expect(try scene.journal().sweep().openCount == 0)
    #expect(scene.bytes(.events).isEmpty && scene.bytes(.results).isEmpty)
    #expect(scene.contents("\(scene.logs)/events.ndjson.1") == whole.bytes(.events))
    guard case .alreadyEnded(execution, _)? = refusal({ try scene.end("1.1") }) else {
      Issue.record("ended twice")
      return
    }
  }

  @Test("an ending whose lines are cut in the middle is finished on lines of its own", arguments: [1, 40, 300])
  func cutLine(length: Int) throws {
    let (whole, scene, _, _) = try interruptedEnding(.nothing, cutAt: length)
    _ = try scene.journal().sweep()
    let lines = scene.bytes(.events).split(separator: UInt8(ascii: "\n")).map { Array($0) }
    let wanted = whole.bytes(.events).split(separator: UInt8(ascii: "\n")).map { Array($0) }
    #expect(lines.count == wanted.count + 1)
    #expect([lines.first, lines.last] == [wanted.first, wanted.last])
    #expect(wanted[1].starts(with: lines[1]))
    #expect(try scene.audits() == ["log.recovered"])
    #expect(scene.bytes(.results) == whole.bytes(.results))
  }

  @Test("a record that a writer had settled but not yet moved is ended")
  func closedButOpen() throws {
    let whole = try Scene()
    let execution = try whole.start("1.1")
    var record = try openRecord(of: whole, execution)
    try whole.end("1.1")
    let status = try #require(try closedRecord(of: whole, execution).conclusion)
    (record.state, record.conclusion) = (.closed, status)
    try whole.remove(whole.state)
    try withLedger(whole) { ledger throws(SystemError) in try ledger.put(record) }
    let before = whole.journalBytes
    #expect(refusal { try whole.end("1.1") } == .alreadyEnded(execution, status.conclusion))
    #expect(whole.journalBytes == before)
  }

  @Test("a damaged record costs nothing: the ledger is made anew from the journal", arguments: [0, 10, 64, 200])
  func damagedRecord(length: Int) throws {
    let scene = try Scene()
    let first = try scene.start("1.1")
    let second = try scene.start("1.2")
    let path = "\(scene.state)/\(Ledger.name(boot: scene.machine.boot))/open/\(first)"
    try scene.write(Array(scene.contents(path).prefix(length)), to: path)
    #expect(try scene.report("1.2").execution == second)
    #expect(try scene.report("1.1").execution == first)
    #expect(try scene.story(first) == ["started", "progress"])
    #expect(try scene.story(second) == ["started", "progress"])
  }
}

extension RedoTests {
  /// An ended project, and one whose writer died on the same ending; `left` tells how far it came.
  private func interruptedEnding(_ left: Left, cutAt: Int? = nil) throws -> (Scene, Scene, ExecutionID, Conclusion) {
    let whole = try Scene()
    let execution = try whole.start("1.1")
    let before = whole.bytes(.events)
    var record = try openRecord(of: whole, execution)
    _ = try whole.journal().end(.completed, of: .task(TaskID("1.1")), result: ["tests_run": 12])
    let conclusion = try #require(try closedRecord(of: whole, execution).conclusion)
    record.conclusion = conclusion
    let line = Array(whole.bytes(.events).dropFirst(before.count))
    let scene = try Scene()
    try scene.makeDirectory(scene.logs)
    try scene.write(before + line.prefix(cutAt ?? 0), to: "\(scene.logs)/events.ndjson")
    let parts = [part(.events, line, after: before.count), part(.results, whole.bytes(.results))]
    try interrupt(scene, record, .closing, parts, left)
    return (whole, scene, execution, conclusion.conclusion)
  }

  private func part(_ stream: TrackCore.Stream, _ lines: [UInt8], after size: Int = 0) -> Redo.Part {
    Redo.Part(stream: stream, size: Int64(size), lines: lines)
  }

  /// Leaves `scene` as a writer does that dies: the ledger's record, and what `left` says of the lines.
  private func interrupt(
    _ scene: Scene, _ record: LedgerRecord, _ state: LedgerRecord.State, _ parts: [Redo.Part], _ left: Left
  ) throws {
    try scene.makeDirectory(scene.logs)
    var record = record
    (record.state, record.redo) = (state, Redo(parts: parts))
    let written: ArraySlice<Redo.Part> =
      switch left {
      case .nothing: []
      case .half: parts.dropLast(parts.count / 2)
      case .everything: parts[...]
      }
    for part in written {
      // Of a stream with several lines half of them: the writer died between two pages.
      let lines = part.lines.split(separator: UInt8(ascii: "\n")).map { Array($0) + [10] }
      let kept = left == .half && part.stream == .results ? Array(lines.prefix(lines.count / 2)) : lines
      try scene.write(scene.bytes(part.stream) + kept.joined(), to: "\(scene.logs)/\(part.stream.fileName)")
    }
    try withLedger(scene) { ledger throws(SystemError) in try ledger.put(record) }
  }

  private func withLedger(_ scene: Scene, _ body: (borrowing Ledger) throws(SystemError) -> Void) throws {
    let state = try Directory.creatingAll(scene.state)
    let boot = scene.machine.boot
    try body(try Ledger.create(Ledger.name(boot: boot), in: state, boot: boot))
  }

  private func openRecord(of scene: Scene, _ execution: ExecutionID) throws -> LedgerRecord {
    try record(of: scene, execution, .open)
  }

  private func closedRecord(of scene: Scene, _ execution: ExecutionID) throws -> LedgerRecord {
    try record(of: scene, execution, .closed)
  }

  private func record(of scene: Scene, _ execution: ExecutionID, _ side: Ledger.Side) throws -> LedgerRecord {
    let ledger = try Ledger.existing(in: Directory(path: scene.state), boot: scene.machine.boot)
    return try #require(try ledger.record(execution, side))
  }
}
