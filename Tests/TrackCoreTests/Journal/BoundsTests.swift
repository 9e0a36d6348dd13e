import Testing

@testable import TrackCore

/// Whatever is told, a line of the journal stays one line of at most 64 KiB.
@Suite("Bounds of lines") struct BoundsTests {
  /// Texts that grow most when they are written: every byte of the first becomes six.
  private static let texts = [
    String(repeating: "\u{1}", count: 200_000), String(repeating: "\u{85}", count: 100_000),
    String(repeating: "é\n\"\\", count: 50_000), String(repeating: "x y ", count: 500_000),
  ]

  private static let task = String(repeating: "t", count: 128)

  private func large(_ text: String) -> JSONObject {
    let short = String(text.prefix(1_500))
    return JSONObject((0..<60).map { (key: "key\($0)\(short.prefix(200))", value: .string(short)) })
  }

  @Test("the largest of every request", arguments: texts)
  func largest(text: String) throws {
    let scene = try Scene()
    let journal = try scene.journal(droid: Self.task, run: Self.task)
    var start = Start(task: try TaskID(Self.task), description: text)
    start.context = large(text)
    let outcome = try journal.start(start)

    var report = SelfReport(kind: .error)
    report.message = text
    report.error = text
    report.fields = large(text)
    (report.progress, report.cpuPercent, report.memoryMB, report.diskIOMB) = (0.1, 1e300, .greatestFiniteMagnitude, 1)
    _ = try journal.report(report, of: .task(start.task))

    _ = try journal.record(
      .orchestrator(.taskStarted, status: text, fields: large(text)), task: start.task, execution: outcome.execution)
    _ = try journal.record(.audit(action: text, details: large(text)))
    _ = try journal.record(.metrics(large(text)))

    var details = EndingDetails()
    (details.error, details.signal, details.line, details.exitCode) = (text, text, .max, .min)
    var result = large(text)
    result["error"] = .string(text)
    result["commits"] = [.string(text), ""]
    result["tests_run"] = -1
    _ = try journal.end(.completed, of: .task(start.task), result: result, details: details)

    var count = 0
    for stream in TrackCore.Stream.allCases {
      for line in scene.bytes(stream).split(separator: UInt8(ascii: "\n")) {
        count += 1
        #expect(line.count < EventEncoder.maximumLineLength, "\(stream)")
        #expect(line.allSatisfy { $0 >= 0x20 && $0 != 0x7F })
        #expect(throws: Never.self) { try EventRecord(line: Array(line)) }
      }
    }
    #expect(count == 9)
  }

  @Test("defect: a status given to track-event is redacted like any text")
  func status() throws {
    let scene = try Scene()
    _ = try scene.journal().record(
      .orchestrator(.taskStarted, status: "password=hunter2hunter2", fields: [:]))
    #expect(!String(decoding: scene.bytes(.events), as: UTF8.self).contains("hunter2"))
  }
}
