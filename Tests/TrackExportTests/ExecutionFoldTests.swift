import Testing

@testable import TrackCore
@testable import TrackExport

@Suite("Executions from lines") struct ExecutionFoldTests {
  /// What comes of lines, at once and at the end of the run.
  private func fold(_ lines: [EventRecord]) -> (atOnce: [String], atEnd: [String], fold: ExecutionFold) {
    var fold = ExecutionFold()
    let atOnce = lines.flatMap { fold.take($0) }.map { "\($0.id) \($0.result)" }
    let atEnd = fold.finish().map { "\($0.id) \($0.result)" }
    return (atOnce, atEnd, fold)
  }

  @Test("an execution is written at its ending, whatever else is open, and nothing of it is held any longer")
  func complete() {
    let (atOnce, atEnd, fold) = fold([
      Line.started("a", at: 0), Line.started("b", at: 1), Line.reported("a", at: 2), Line.completed("a", at: 3),
    ])
    #expect((atOnce, atEnd) == (["a success"], []))
    #expect(fold.held.keys.sorted() == ["b"])
    #expect(fold.openCount == 1)
  }

  @Test("repeated lines write nothing twice and bring nothing back")
  func repeated() {
    let lines = [Line.started("a", at: 0), Line.reported("a", at: 1), Line.completed("a", at: 3)]
    let (atOnce, atEnd, fold) = fold(lines + lines + [Line.abandoned("a", at: 9)] + lines)
    #expect((atOnce, atEnd) == (["a success"], []))
    #expect(fold.held.isEmpty)
  }

  @Test("an execution whose lines stand in two files is written once, however late pruning carries them forward")
  func carried() throws {
    var fold = ExecutionFold()
    func read(_ lines: [EventRecord]) -> [String] {
      fold.beginFile()
      return lines.flatMap { fold.take($0) }.map(\.id)
    }
    #expect(read([Line.started("a", at: 0), Line.started("b", at: 0), Line.completed("b", at: 1)]) == ["b"])
    #expect(read([Line.completed("a", at: 3), Line.started("c", at: 4)]) == ["a"])
    var mark = ExportMark()
    mark.fold = fold
    fold = try ExportMark(bytes: mark.bytes).fold
    #expect(read([Line.completed("c", at: 5)]) == ["c"])
    // As after more executions than are remembered.
    mark.fold = ExecutionFold(ended: EndedExecutions(all: EndedExecutions.Generations(), divided: fold.ended.divided))
    fold = try ExportMark(bytes: mark.bytes).fold
    #expect(read([Line.started("a", at: 0), Line.completed("a", at: 3), Line.started("c", at: 4)]).isEmpty)
    #expect(fold.openCount == 0)
    #expect(read([Line.started("b", at: 0), Line.completed("b", at: 1)]) == ["b"])
  }

  @Test("the order of lines does not matter")
  func order() {
    let lines = [Line.started("a", at: 0), Line.abandoned("a", at: 5), Line.completed("a", at: 9, "failed")]
    for order in [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
      let (atOnce, atEnd, _) = fold(order.map { lines[$0] })
      #expect(atOnce + atEnd == ["a failure"], "\(order)")
    }
  }

  @Test("an abandonment waits for a late ending in the same run, and is taken back by one in a later run")
  func abandoned() throws {
    var (_, atEnd, fold) = fold([Line.started("a", at: 0), Line.abandoned("a", at: 5)])
    #expect(atEnd == ["a error"])
    #expect(fold.openCount == 0)
    let late = try #require(fold.take(Line.completed("a", at: 9)).first)
    #expect(late.replacesAbandonment)
    #expect(late.start != nil)
    #expect(fold.finish().isEmpty)
  }

  @Test("an ending whose start is nowhere tells when it began by its duration")
  func alone() throws {
    var fold = ExecutionFold()
    #expect(fold.take(Line.completed("a", at: 9, "failed", ["duration_seconds": 4])).isEmpty)
    let finished = try #require(fold.finish().first)
    #expect(finished.end - finished.begin == 4_000_000)
    #expect(finished.start == nil)
    #expect(fold.finish().isEmpty)
  }

  @Test("of very many reports the first and the last are kept, each once, in bounds")
  func reports() throws {
    var fold = ExecutionFold()
    _ = fold.take(Line.started("a", at: 0))
    for number in 0..<1_000 {
      for _ in 0..<2 { _ = fold.take(Line.reported("a", at: number, progress: Double(number), event: number)) }
    }
    let finished = try #require(fold.take(Line.completed("a", at: 500)).first)
    #expect(finished.reports.count == 128)
    #expect(
      finished.reports.compactMap { $0.record.details.number("progress") } == (0..<64).map(Double.init)
        + (936..<1_000).map(Double.init))
    #expect(finished.dropped >= 872)
    // Reports that say they came after the ending are at its edge.
    #expect(finished.reports.allSatisfy { (finished.begin...finished.end).contains($0.time) })
  }

  @Test("a clock that went back makes no execution end before it began")
  func clock() throws {
    let (_, _, _) = fold([])
    var fold = ExecutionFold()
    _ = fold.take(Line.started("a", at: 100))
    let finished = try #require(fold.take(Line.completed("a", at: 50, "completed", ["duration_seconds": 7])).first)
    #expect(finished.end - finished.begin == 7_000_000)
  }

  @Test(
    "results are those of OpenTelemetry's conventions",
    arguments: [
      (Line.completed("a", at: 1), "success"), (Line.completed("a", at: 1, "failed", ["exit_code": 1]), "failure"),
      (Line.completed("a", at: 1, "failed", ["signal": "TERM"]), "cancellation"),
      (Line.completed("a", at: 1, "failed", ["signal": "SEGV"]), "failure"),
      (Line.completed("a", at: 1, "timeout"), "timeout"),
      (Line.abandoned("a", at: 1, "timeout"), "timeout"), (Line.abandoned("a", at: 1, "superseded"), "cancellation"),
      (Line.abandoned("a", at: 1, "rebooted"), "error"), (Line.abandoned("a", at: 1, "silent"), "error"),
      (Line.completed("a", at: 1, "whatever"), "success"),
    ])
  func results(ending: EventRecord, result: String) {
    let (atOnce, atEnd, _) = fold([Line.started("a", at: 0), ending])
    #expect(atOnce + atEnd == ["a \(result)"])
  }

  @Test("what was recorded of its trace is its place; what was not is made of its ids")
  func trace() throws {
    let ids: JSONObject = [
      "trace_id": "0af7651916cd43dd8448eb211c80319c", "span_id": "b7ad6b7169203331", "trace_flags": "00",
    ]
    var fold = ExecutionFold()
    _ = fold.take(Line.started("a", at: 0, ids))
    _ = fold.take(Line.started("b", at: 0, ["trace_id": "0AF7", "parent_execution_id": "c"]))
    let told = try #require(fold.take(Line.completed("a", at: 1)).first)
    #expect(told.trace.own.description == "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00")
    let made = try #require(fold.take(Line.completed("b", at: 1)).first)
    #expect(made.trace == TraceContext(derivedFrom: "b", run: "r-1", parent: "c"))
  }
}
