import Testing

@testable import TrackCore

@Suite("Torn tails") struct TornTailTests {
  /// The five seeds: a cut line, NUL bytes, a lone line feed, nothing, a whole line without its end.
  private static let seeds = ["{\"a\":1}\n{\"b\":", "{\"a\":1}\n{\"b\":2\0\0\0", "\n", "", "{\"a\":1}"]

  @Test("the new record stands on a line of its own, the old bytes stay, the repair is audited", arguments: seeds)
  func healed(seed: String) throws {
    let scene = try Scene()
    try scene.makeDirectory(scene.logs)
    let old = Array(seed.utf8)
    try scene.write(old, to: "\(scene.logs)/events.ndjson")
    let execution = try scene.start("1.1")
    let bytes = scene.bytes(.events)
    #expect(bytes.starts(with: old))
    let isTorn = old.last.map { $0 != UInt8(ascii: "\n") } ?? false
    let added = bytes.dropFirst(old.count + (isTorn ? 1 : 0))
    #expect(!isTorn || bytes[old.count] == UInt8(ascii: "\n"))
    #expect(try EventRecord(line: Array(added.dropLast())).execution == execution.text)
    #expect(added.filter { $0 == UInt8(ascii: "\n") }.count == 1)

    #expect(try scene.audits() == (isTorn ? ["log.recovered"] : []))
    let details = try scene.events(.audit).first?.details
    #expect(details == (isTorn ? ["stream": "events.ndjson", "offset": .number(JSONNumber(old.count))] : nil))
    try scene.end("1.1")
    #expect(try scene.audits().count == (isTorn ? 1 : 0))
  }

  @Test("every stream heals by itself", arguments: [TrackCore.Stream.droidStatus, .results, .audit])
  func everyStream(stream: TrackCore.Stream) throws {
    let scene = try Scene()
    try scene.start("1.1")
    try scene.write("{\"torn", to: "\(scene.logs)/\(stream.fileName)")
    try scene.report("1.1")
    try scene.end("1.1")
    _ = try scene.journal().record(.audit(action: "x", details: [:]))
    let lines = scene.bytes(stream).split(separator: UInt8(ascii: "\n")).map { Array($0) }
    #expect(lines.first == Array("{\"torn".utf8))
    #expect(lines.count > 1)
    for line in lines.dropFirst() { #expect(throws: Never.self) { try EventRecord(line: line) } }
    #expect(String(decoding: scene.bytes(.audit), as: UTF8.self).contains("log.recovered"))
  }

  @Test("a ledger is rebuilt from a journal with a torn tail and hostile lines in it")
  func rebuild() throws {
    let scene = try Scene()
    let execution = try scene.start("1.1")
    let good = scene.bytes(.events)
    try scene.remove(scene.state)
    let hostile = [
      "{", "[]", "null", "\0\0\0", "{\"event_type\":\"task.execution.started\"}",
      #"{"timestamp":"2025-01-01T00:00:00Z","event_type":"task.execution.started","execution_id":"../../x","task_id":"1.1"}"#,
      #"{"timestamp":"2025-01-01T00:00:00Z","event_type":"task.execution.started","execution_id":"e","task_id":"a/b"}"#,
      #"{"timestamp":"soon","event_type":"task.execution.completed","execution_id":"\#(execution)","status":"completed"}"#,
      String(repeating: "[", count: 10_000), String(repeating: "x", count: 100_000), "{\"torn",
    ]
    try scene.write(
      Array(hostile.dropLast().joined(separator: "\n").utf8) + [10] + good + Array("{\"torn".utf8),
      to: "\(scene.logs)/events.ndjson")
    #expect(try scene.end("1.1").execution == execution)
  }

  @Test(
    "defect: a start whose limit no duration can hold does not stop every writer",
    arguments: ["1e999", "1e300", "-5", "\"soon\"", "null"])
  func hugeLimit(limit: String) throws {
    let scene = try Scene()
    try scene.makeDirectory(scene.logs)
    let line =
      #"{"timestamp":"2025-01-01T00:00:00Z","event_type":"task.execution.started","execution_id":"exec-1-7-00000000","#
      + #""task_id":"7","details":{"timeout_seconds":\#(limit)}}"#
    try scene.write(line + "\n", to: "\(scene.logs)/events.ndjson")
    #expect(try scene.end("7").execution?.text == "exec-1-7-00000000")
  }

  @Test("a completed line with a status of its writer's own ends its execution, as the report has it")
  func foreignStatus() throws {
    let scene = try Scene()
    let execution = try scene.start("1.1")
    let good = scene.bytes(.events)
    try scene.remove(scene.state)
    let line =
      #"{"timestamp":"2030-01-01T00:00:00Z","event_type":"task.execution.completed","execution_id":"\#(execution)","#
      + #""status":"success"}"#
    try scene.write(good + Array((line + "\n").utf8), to: "\(scene.logs)/events.ndjson")
    #expect(throws: JournalError.self) { try scene.end("1.1") }
    #expect(try scene.journal().sweep().openCount == 0)
  }
}
