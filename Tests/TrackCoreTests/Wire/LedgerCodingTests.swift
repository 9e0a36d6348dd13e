import Testing

@testable import TrackCore

@Suite("Ledger records") struct LedgerCodingTests {
  private static let records = [
    Sample.record(.opening, redo: Sample.redo), Sample.record(.open), Sample.record(.reporting, redo: Sample.redo),
    Sample.record(.closing, status: .failed, redo: Sample.redo), Sample.record(.closed, status: .abandoned),
    LedgerRecord(
      execution: Execution(
        id: Sample.execution, task: Sample.task, droid: Sample.droid, run: Sample.run,
        started: Instant(wall: Sample.time),
        host: "", limit: nil, parent: nil, owner: nil,
        trace: TraceContext(derivedFrom: "exec-1", run: nil, parent: nil)), state: .open, lastReport: nil,
      conclusion: nil, redo: nil),
  ]

  @Test("a record read back is the record", arguments: records)
  func roundTrip(record: LedgerRecord) throws {
    let decoded = try #require(LedgerCoding.decode(LedgerCoding.bytes(record), boot: "4e1c7a3b"))
    #expect(decoded.asMade == record)
  }

  @Test("lines that two streams share stand in the record once, as they are")
  func shared() throws {
    let lines = Array("{\"a\": \"é\\n\"}\n{\"b\": 2}\n".utf8)
    let redo = Redo(parts: [
      Redo.Part(stream: .events, size: 1_234, lines: lines), Redo.Part(stream: .droidStatus, size: 0, lines: lines),
      Redo.Part(stream: .results, size: 5, lines: []), Redo.Part(stream: .audit, size: 6, lines: lines),
    ])
    let record = Sample.record(.reporting, redo: redo)
    let bytes = LedgerCoding.bytes(record)
    #expect(bytes.suffix(2 * lines.count) == lines + lines)
    #expect(!bytes.dropLast(2 * lines.count).contains(0xC3))
    #expect(LedgerCoding.decode(bytes, boot: "4e1c7a3b")?.asMade == record)
    for length in bytes.count - 2 * lines.count - 1..<bytes.count {
      #expect(LedgerCoding.decode(Array(bytes[..<length]), boot: "4e1c7a3b") == nil)
    }
  }

  @Test("the head is of one width whatever it tells, so that it can be overwritten in place")
  func head() {
    for state in LedgerRecord.State.allCases {
      for report in [
        nil, Sample.instant, Instant(wall: Timestamp(microseconds: .max), boot: "b", monotonic: .max, boottime: 0),
      ] {
        let head = LedgerCoding.head(state, lastReport: report)
        #expect(head.count == LedgerCoding.headLength)
        #expect(head.firstIndex(of: UInt8(ascii: "\n")) == LedgerCoding.headLength - 1)
      }
    }
  }

  @Test("truncated at any length it is nothing, or the open record that it is anyway", arguments: records)
  func truncated(record: LedgerRecord) throws {
    let bytes = LedgerCoding.bytes(record)
    for length in 0..<bytes.count {
      guard let decoded = LedgerCoding.decode(Array(bytes[..<length]), boot: "4e1c7a3b"),
        decoded.asMade != record || record.state != .open
      else { continue }
      Issue.record("\(length) of \(bytes.count) bytes were read as \(decoded.state)")
      return
    }
  }

  @Test("a change prepared behind the facts leaves the record as it was while the head tells the old state")
  func prepared() throws {
    let bytes = LedgerCoding.bytes(Sample.record(.open))
    let offset = try #require(LedgerCoding.decode(bytes, boot: "4e1c7a3b")).tailOffset
    let conclusion = Sample.record(.closing).conclusion
    let tail = LedgerCoding.conclusion(conclusion) + LedgerCoding.redo(Sample.redo)
    // The old conclusion is `null` and a line feed; the new tail covers it from its first byte on.
    let prepared = Array(bytes[..<offset]) + tail
    #expect(LedgerCoding.decode(prepared, boot: "4e1c7a3b")?.asMade == Sample.record(.open))
    let closing =
      LedgerCoding.head(.closing, lastReport: Sample.record().lastReport) + prepared[LedgerCoding.headLength...]
    #expect(LedgerCoding.decode(closing, boot: "4e1c7a3b")?.asMade == Sample.record(.closing, redo: Sample.redo))
  }

  @Test("a changed byte makes the record nothing or changes one value of it, never its shape", arguments: records)
  func damaged(record: LedgerRecord) {
    let bytes = LedgerCoding.bytes(record)
    for position in bytes.indices {
      for byte in [
        bytes[position] ^ 1, bytes[position] ^ 0x80, 0, 0x0A, 0x20, 0x22, UInt8(ascii: "9"), UInt8(ascii: "e"),
        UInt8(ascii: "-"),
      ] {
        guard byte != bytes[position] else { continue }
        var damaged = bytes
        damaged[position] = byte
        guard let decoded = LedgerCoding.decode(damaged, boot: "4e1c7a3b") else { continue }
        let isPending = decoded.state.isPending
        let isEnded = decoded.state == .closing || decoded.state == .closed
        guard (decoded.redo != nil) == isPending, !isEnded || decoded.conclusion != nil || record.conclusion == nil,
          position < LedgerCoding.headLength || decoded.state == record.state
        else {
          Issue.record("byte \(position) as \(byte): \(decoded)")
          return
        }
      }
    }
  }

  @Test(
    "defect: a limit that no duration can hold does not stop the program",
    arguments: ["1e999", "1e300", "-1", "-1e999", "1e19"])
  func hugeLimit(limit: String) throws {
    let text = String(decoding: LedgerCoding.bytes(Sample.record(.open)), as: UTF8.self)
    let parts = text.split(separator: "\"timeout_seconds\": 90", omittingEmptySubsequences: false)
    try #require(parts.count == 2)
    let damaged = Array("\(parts[0])\"timeout_seconds\": \(limit)\(parts[1])".utf8)
    let record = LedgerCoding.decode(damaged, boot: "4e1c7a3b")
    #expect(record?.execution.id == Sample.execution)
    #expect(record?.execution.limit == nil)
  }

  @Test("a report that only the wall clock tells of is read back without the others")
  func wallClockOnly() {
    var record = Sample.record(.open)
    record.lastReport = Instant(wall: Sample.time)
    #expect(LedgerCoding.decode(LedgerCoding.bytes(record), boot: "b")?.lastReport == Instant(wall: Sample.time))
  }
}

extension LedgerRecord {
  /// The record without its place in a file.
  fileprivate var asMade: LedgerRecord {
    var record = self
    record.tailOffset = 0
    return record
  }
}
