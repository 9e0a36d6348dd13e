import Glibc
import Testing
import TrackCore
import TrackMetrics

/// With and without a checkpoint a report is the same, whatever happens to the files in between.
@Suite struct CheckpointTests {
  @Test("random appends, cuts, rotations, truncations and rewrites", arguments: UInt64(1)...30)
  func sameReport(seed: UInt64) throws {
    var random = SplitMix(state: seed)
    let logs = try TemporaryLogs()
    let state = try TemporaryLogs()
    var content: [UInt8] = []
    var number = 0
    for _ in 0..<8 {
      switch Int.random(in: 0..<8, using: &random) {
      case 0 where !content.isEmpty:
        content.removeLast(Int.random(in: 0..<content.count, using: &random))
      case 1 where !content.isEmpty:
        try logs.write(content, to: "events-\(number).ndjson")
        content = []
      case 2 where content.count > 2:
        content[Int.random(in: max(0, content.count - 4_000)..<content.count, using: &random)] = UInt8(ascii: "!")
      default:
        for _ in 0..<Int.random(in: 1...60, using: &random) {
          number += 1
          content += line(number, &random)
        }
      }
      // Sometimes the last line is still being written.
      if Int.random(in: 0..<3, using: &random) == 0, content.last == 0x0A { content += Array("{\"timestamp".utf8) }
      try logs.write(content, to: "events.ndjson")
      expectSame(logs, state)
      expectSame(logs, state)
    }
  }

  @Test("a checkpoint is used, and damage to it costs nothing but time")
  func damage() throws {
    let logs = try TemporaryLogs()
    let state = try TemporaryLogs()
    var random = SplitMix(state: 7)
    let content = (1...200).flatMap { line($0, &random) }
    try logs.write(content, to: "events.ndjson")
    expectSame(logs, state)
    let path = "\(state.path)/report.checkpoint"
    let size = try #require(try FileStatus.of(path)).size
    #expect(try #require(try FileStatus.of(path)).mode & 0o777 == 0o600)
    // What the log no longer holds can only come from the checkpoint: the block before the end proves the file.
    var forged = content
    for place in 0..<100 { forged[place] = 0x20 }
    try overwrite(forged, "\(logs.path)/events.ndjson")
    #expect(read(logs, state).eventTypes != read(logs, nil).eventTypes)
    try overwrite(content, "\(logs.path)/events.ndjson")
    for offset in stride(from: 0, to: size, by: Int(size / 40)) {
      try flip(path, at: offset)
      expectSame(logs, state, leastNews: .max)
      try flip(path, at: offset)
    }
    unsafe unlink(path)
  }

  @Test("a checkpoint of thousands of executions and events is read again")
  func many() throws {
    let logs = try TemporaryLogs()
    let state = try TemporaryLogs()
    let lines = (0..<6_000).map {
      started("exec-\(1_700_000_000 + $0)-1.1-\(hexadecimal(UInt64($0), digits: 8))", at: ago(Double($0)))
    }
    try logs.write(lines, to: "events.ndjson")
    expectSame(logs, state)
    expectSame(logs, state)
    try logs.write(lines + lines.suffix(10) + [ended("exec-1700000007-1.1-00000007", at: ago(1))], to: "events.ndjson")
    expectSame(logs, state)
  }

  @Test("a state directory that cannot be written harms nothing")
  func unwritable() throws {
    let logs = try TemporaryLogs()
    try logs.write([started("e1", at: ago(10))], to: "events.ndjson")
    var reader = MetricsReader()
    reader.checkpoint = "\(logs.path)/missing"
    reader.leastNews = 1
    #expect(reader.fold([LogSource(path: logs.path)]).eventTypes == ["task.execution.started": 1])
  }

  private func read(_ logs: TemporaryLogs, _ state: TemporaryLogs?, leastNews: Int64 = 1) -> Fold {
    var reader = MetricsReader()
    reader.checkpoint = state?.path
    reader.leastNews = leastNews
    reader.chunk = 512
    return reader.fold([LogSource(path: logs.path, label: "logs")])
  }

  private func expectSame(
    _ logs: TemporaryLogs, _ state: TemporaryLogs, leastNews: Int64 = 1, _ location: SourceLocation = #_sourceLocation
  ) {
    state.willHold("report.checkpoint")
    let told = [read(logs, nil), read(logs, state, leastNews: leastNews)].map { fold in
      let report = Report(fold: fold, policy: ReportPolicy(), now: now, lastSweep: now)
      return String(decoding: JSONRenderer.render(report), as: UTF8.self)
    }
    #expect(told[0] == told[1], sourceLocation: location)
  }

  private func line(_ number: Int, _ random: inout SplitMix) -> [UInt8] {
    let id = "exec-\(1_763_990_000 + number / 4)-1.\(number % 3)-0000000\(number % 7)"
    let time = ago(Double(20_000 - number * 7))
    let droid = ["a", "b", "c"].randomElement(using: &random) ?? "a"
    let text =
      switch Int.random(in: 0..<10, using: &random) {
      case 0...2: started(id, droid: droid, at: time, limit: 900)
      case 3, 4: ended(id, ["completed", "failed"].randomElement(using: &random) ?? "", at: time, duration: 3)
      case 5: abandoned(id, at: time)
      case 6: "{\"broken"
      case 7: started("foreign \(number % 11)", droid: droid, at: time)
      default:
        "{\"timestamp\": \"\(time)\", \"event_type\": \"droid.self_report\", \"droid_id\": \"\(droid)\", "
          + "\"execution_id\": \"\(id)\", \"details\": {\"event_type\": \"progress\", \"progress\": 0.\(number % 10), "
          + "\"cpu_percent\": \(number % 100), \"message\": \"m\(number)\"}}"
      }
    return Array((text + "\n").utf8)
  }

  private func overwrite(_ content: [UInt8], _ path: String) throws {
    let descriptor = unsafe open(path, O_WRONLY)
    try #require(descriptor >= 0)
    let written = unsafe pwrite(descriptor, content, content.count, 0)
    close(descriptor)
    try #require(written == content.count)
  }

  private func flip(_ path: String, at offset: Int64) throws {
    let descriptor = unsafe open(path, O_RDWR)
    try #require(descriptor >= 0)
    var byte: UInt8 = 0
    let got = unsafe pread(descriptor, &byte, 1, off_t(offset))
    byte ^= 0x40
    let put = unsafe pwrite(descriptor, &byte, 1, off_t(offset))
    close(descriptor)
    try #require(got == 1 && put == 1)
  }
}
