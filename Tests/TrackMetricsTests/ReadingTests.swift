import Testing
import TrackCore
import TrackMetrics

@Suite struct ReadingTests {
  @Test("damaged files are read as far as they can be, and every damage is named")
  func damage() throws {
    let logs = try TemporaryLogs()
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    var content = mark + Array((started("e1", at: ago(90)) + "\r\n").utf8)
    content += [0, 0, 0] + Array((ended("e1", at: ago(80)) + "\n\n").utf8)
    content += [UInt8](repeating: UInt8(ascii: "x"), count: LineReader.maximumLineLength + 1) + [0x0A, 0, 0, 0x0A]
    content += [0x22, 0xFF, 0x22, 0x0A] + Array("{\"timestamp\": \"2025".utf8)
    try logs.write(content, to: "events.ndjson")
    let fold = MetricsReader.fold([LogSource(path: logs.path, label: "logs")])
    let report = Report(fold: fold, policy: ReportPolicy(), now: now, lastSweep: now)
    #expect(report.executions.tally.completed == 1)
    #expect(
      fold.problems.first.map { "\($0.line): \($0.reason)" } == [
        "2: 3 NUL bytes, as a power cut leaves them", "4: 1048577 bytes long: passed over",
        "5: 2 NUL bytes, as a power cut leaves them", "6: not a JSON object: not valid UTF-8 at byte 2",
        "7: torn: the text ends too early at byte 20 of a last line without line feed",
      ])
  }

  @Test("a last line without line feed counts when it is whole, as it will once the next writer closes it")
  func wholeTail() throws {
    let logs = try TemporaryLogs()
    try logs.write(Array(started("e1", at: ago(90)).utf8), to: "events.ndjson")
    let fold = MetricsReader.fold([LogSource(path: logs.path)])
    #expect(fold.problems.count == 0)
    #expect(fold.eventTypes == ["task.execution.started": 1])
  }

  @Test("renamed parts of a stream are read, other files are not")
  func files() throws {
    let logs = try TemporaryLogs()
    for name in [
      "events.ndjson", "events-2025.ndjson", "events.ndjson.1", "events.ndjson.2.bad", "other.ndjson", "other.ndjson.1",
      "notes.txt",
    ] {
      try logs.write([String](), to: name)
    }
    let fold = MetricsReader.fold([LogSource(path: logs.path, label: "l")])
    #expect(
      fold.files.map(\.name) == ["l/events-2025.ndjson", "l/events.ndjson", "l/events.ndjson.1", "l/other.ndjson"])
    #expect(fold.files.map(\.stream) == [.events, .events, .events, nil])
  }

  @Test("a file that two directories name is read once")
  func sameFile() throws {
    let logs = try TemporaryLogs()
    try logs.write(["{\"broken"], to: "events.ndjson")
    let fold = MetricsReader.fold([LogSource(path: logs.path), LogSource(path: logs.path + "/.")])
    #expect(fold.problems.count == 1)
  }
}
