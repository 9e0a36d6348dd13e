import Glibc
import Testing

@testable import TrackCore

@Suite("Streams of reports") struct ReportStreamTests {
  private func reading(_ scene: Scene, _ message: String, progress: Double? = 0.5) -> ReadReport {
    var report = SelfReport(kind: .progress)
    (report.progress, report.message) = (progress, message)
    return ReadReport(report, at: scene.machine.now())
  }

  private func stream(_ scene: Scene, _ task: String = "1.1", wait: Duration? = nil) throws -> ReportStream {
    try scene.journal(wait: wait).stream(of: .task(TaskID(task)))
  }

  @Test("a report of a stream is the line that the report alone would be")
  func sameLine() throws {
    let scene = try Scene()
    try scene.start("1.1", droid: "builder")
    var report = SelfReport(kind: .error)
    report.status = .waiting
    (report.progress, report.message, report.error) = (1.0 / 3, "a\nb \u{1B}[1m é", "token=abcdefgh12345678xyz")
    (report.cpuPercent, report.memoryMB, report.diskIOMB) = (1, 2.5, 0)
    report.fields = ["rows": 7, "password": "hunter2"]
    _ = try scene.journal().report(report, of: .task(TaskID("1.1")))
    var stream = try stream(scene)
    try stream.add(ReadReport(report, at: scene.machine.now()))
    try stream.record()
    let lines = scene.bytes(.events).split(separator: UInt8(ascii: "\n")).map { String(decoding: $0, as: UTF8.self) }
    try #require(lines.count == 3)
    func shared(_ line: String) -> String {
      let record = try? EventRecord(line: Array(line.utf8))
      let id = record?.id?.description ?? "no id"
      return String(line.dropFirst(47)).split(separator: id).joined(separator: "ID")
    }
    #expect(shared(lines[1]) == shared(lines[2]))
    #expect(lines[1].contains("[REDACTED:") && !lines[1].contains("hunter2"))
    #expect(
      scene.bytes(.droidStatus) == Array(
        scene.bytes(.events).split(separator: UInt8(ascii: "\n"))[1...].joined(
          separator: [UInt8(ascii: "\n")])) + [UInt8(ascii: "\n")])
  }

  @Test("ids are unique and in order, times are those of reading, both streams hold the same")
  func order() throws {
    let scene = try Scene()
    let execution = try scene.start("1.1")
    var stream = try stream(scene)
    var recordings = 0
    for number in 0..<3_000 {
      try stream.add(reading(scene, "\(number)"))
      if stream.isFull {
        try stream.record()
        recordings += 1
      }
    }
    try stream.record()
    let reports = try scene.events().dropFirst()
    #expect(reports.count == 3_000 && recordings > 3)
    #expect(reports.compactMap { $0.details.text(WireKey.message) } == (0..<3_000).map { "\($0)" })
    #expect(Set(reports.map(\.id)).count == 3_000)
    #expect(try scene.events(.droidStatus).map(\.id) == reports.map(\.id))
    #expect(try scene.story(execution).count == 3_001)
  }

  @Test("reports that were read at one moment have ids in their order")
  func successors() {
    let first = EventID(time: Sample.time, random: (.max, .max - 1))
    #expect(first.successor.description > first.description)
    let last = EventID(time: Sample.time, random: (0, .max))
    #expect(last.successor.high == last.high && last.successor != last)
    #expect(EventID(last.successor.description) == last.successor)
  }

  @Test("the ledger hears of the last report once a recording, and keeps no lines behind")
  func ledger() throws {
    let scene = try Scene()
    let execution = try scene.start("1.1")
    let path = "\(scene.state)/\(Ledger.name(boot: scene.machine.boot))/open/\(execution)"
    var stream = try stream(scene)
    for number in 0..<200 { try stream.add(reading(scene, "\(number)")) }
    try stream.record()
    #expect(scene.contents(path).count < 1_024)
    let record = try #require(LedgerCoding.decode(scene.contents(path), boot: scene.machine.boot))
    #expect(record.state == .open)
    #expect(record.lastReport?.wall == (try scene.events().last?.timestamp))
  }

  @Test("an execution that ends meanwhile refuses what follows, and only that")
  func ended() throws {
    let scene = try Scene()
    try scene.start("1.1")
    var stream = try stream(scene)
    try stream.add(reading(scene, "before"))
    try stream.record()
    try scene.end("1.1")
    try stream.add(reading(scene, "after"))
    let error = try #require(refusal { try stream.record() })
    #expect(error.isRefusal && "\(error)".contains("already completed"))
    #expect(try scene.events().filter { $0.type == EventType.selfReport }.count == 1)
  }

  @Test("one that has ended, or is not there, refuses the stream")
  func closed() throws {
    let scene = try Scene()
    #expect(refusal { try stream(scene) } == .noExecution("none of task 1.1 is open"))
    try scene.start("1.1")
    try scene.end("1.1")
    #expect("\(try #require(refusal { try stream(scene) }))".contains("already completed"))
  }

  @Test("once found, it is this execution, whatever else of the task is started")
  func found() throws {
    let scene = try Scene()
    let first = try scene.start("1.1")
    var stream = try stream(scene)
    #expect(stream.execution?.id == first)
    try scene.start("1.1", mode: .new)
    try stream.add(reading(scene, "of the first"))
    try stream.record()
    #expect(try scene.events().last?.execution == first.text)
  }

  @Test("without a task and an execution it is the droid's own")
  func droid() throws {
    let scene = try Scene()
    var stream = try scene.journal(droid: "builder").stream()
    try stream.add(reading(scene, "alone"))
    try stream.record()
    let event = try #require(try scene.events().last)
    #expect(event.execution == nil && event.droid == "builder")
  }

  @Test("defect: the ledger hears of the last report of a spooled batch, not of the first")
  func lastOfSpooled() throws {
    let scene = try Scene()
    let execution = try scene.start("1.1")
    var stream = try stream(scene, wait: .milliseconds(10))
    try scene.locked {
      for number in 0..<3 { try stream.add(reading(scene, "\(number)")) }
      try stream.record()
    }
    _ = try scene.journal().sweep()
    let path = "\(scene.state)/\(Ledger.name(boot: scene.machine.boot))/open/\(execution)"
    let record = try #require(LedgerCoding.decode(scene.contents(path), boot: scene.machine.boot))
    let (told, reports) = (try #require(record.lastReport), try scene.events().dropFirst())
    #expect(told.wall == reports.last?.timestamp)
    #expect(reports.first?.timestamp.map { $0 < told.wall } ?? false)
    // It is measured by this boot's clocks, and lies in the past by all of them.
    let now = scene.machine.now()
    #expect(told.boot == now.boot && told.monotonic <= now.monotonic && told.boottime <= now.boottime)
  }

  @Test("defect: a batch that a dead merger wrote in part is written whole", arguments: [true, false], [1, 3])
  func cutWhileMerged(isOfDroid: Bool, whole: Int) throws {
    let scene = try Scene()
    if !isOfDroid { try scene.start("1.1") }
    let journal = try scene.journal(droid: "builder", wait: .milliseconds(10))
    let before = scene.bytes(.events)
    var stream = try journal.stream()
    try scene.locked {
      for number in 0..<4 { try stream.add(reading(scene, "\(number)")) }
      try stream.record()
    }
    let name = try #require(scene.names("\(scene.state)/spool/new").first)
    let entry = scene.contents("\(scene.state)/spool/new/\(name)")
    _ = try scene.journal().sweep()
    let reports = scene.bytes(.events).dropFirst(before.count).split(separator: UInt8(ascii: "\n"))
    try #require(reports.count == 4)
    // As it is when the merger is killed in its first write, and the ledger, which nobody syncs, knows nothing of it.
    let cut = reports[..<whole].flatMap { $0 + [UInt8(ascii: "\n")] } + reports[whole].prefix(40)
    try scene.write(before + cut, to: "\(scene.logs)/events.ndjson")
    try scene.write([], to: "\(scene.logs)/droid_status.ndjson")
    try scene.write(entry, to: "\(scene.state)/spool/new/\(name)")
    _ = try scene.journal().sweep()
    for stream in [TrackCore.Stream.events, .droidStatus] {
      let lines = scene.bytes(stream).split(separator: UInt8(ascii: "\n"))
      #expect(reports.allSatisfy { lines.contains($0) }, "\(stream.fileName)")
    }
    #expect(scene.names("\(scene.state)/spool/new").isEmpty)
  }

  @Test("what cannot be recorded in time is spooled in one entry, and merged in its order under its own ids and times")
  func spooled() throws {
    let scene = try Scene()
    let execution = try scene.start("1.1")
    var stream = try stream(scene, wait: .milliseconds(10))
    var early = try self.stream(scene, wait: .milliseconds(10))
    try early.add(reading(scene, "first"))
    try early.record()
    try scene.locked {
      // One that could not even be found is found when it is merged.
      var blind = try self.stream(scene, wait: .milliseconds(10))
      #expect(blind.execution == nil)
      for number in 0..<5 { try stream.add(reading(scene, "\(number)")) }
      #expect(try stream.record().notices == [.spooled])
      try blind.add(reading(scene, "blind"))
      #expect(try blind.record().notices == [.spooled])
    }
    #expect(scene.names("\(scene.state)/spool/new").count == 2)
    try stream.add(reading(scene, "last"))
    try stream.record()
    #expect(scene.names("\(scene.state)/spool/new").isEmpty)
    let reports = try scene.events().filter { $0.execution == execution.text }.dropFirst()
    #expect(
      reports.compactMap { $0.details.text(WireKey.message) } == ["first", "0", "1", "2", "3", "4", "blind", "last"])
    #expect(Set(reports.map(\.id)).count == 8)
    #expect(try scene.events(.droidStatus).map(\.id) == reports.map(\.id))
  }

  @Test("a writer that died between the two streams is finished, its many lines once each")
  func finished() throws {
    let scene = try Scene()
    let execution = try scene.start("1.1")
    var stream = try stream(scene)
    for number in 0..<300 { try stream.add(reading(scene, "\(number)")) }
    let path = "\(scene.state)/\(Ledger.name(boot: scene.machine.boot))/open/\(execution)"
    let settled = try #require(LedgerCoding.decode(scene.contents(path), boot: scene.machine.boot))
    let size = Int64(scene.bytes(.events).count)
    stream.keepsLines = true
    let lines = try stream.record().lines
    let whole = scene.bytes(.droidStatus)
    // As if it had been killed after a third of the second stream.
    let third = lines.count / 3
    let cut = try #require(lines[..<third].lastIndex(of: UInt8(ascii: "\n"))) + 1
    try scene.write(Array(lines[..<cut]), to: "\(scene.logs)/droid_status.ndjson")
    var pending = settled
    (pending.state, pending.lastReport) = (.reporting, scene.machine.now())
    pending.redo = Redo(parts: [
      Redo.Part(stream: .events, size: size, lines: lines), Redo.Part(stream: .droidStatus, size: 0, lines: lines),
    ])
    try scene.write(LedgerCoding.bytes(pending), to: path)
    try scene.end("1.1")
    #expect(scene.bytes(.droidStatus) == whole)
    #expect(try scene.events().filter { $0.type == EventType.selfReport }.count == 300)
  }

  @Test("where self-reports are left out of the journal, the ledger hears of them all the same")
  func leftOut() throws {
    let scene = try Scene { $0.logging.events = [EventType.result] }
    let execution = try scene.start("1.1")
    var stream = try stream(scene)
    try stream.add(reading(scene, "unheard"))
    #expect(try stream.record().count == 1)
    #expect(try scene.events().count == 1)
    let path = "\(scene.state)/\(Ledger.name(boot: scene.machine.boot))/open/\(execution)"
    #expect(LedgerCoding.decode(scene.contents(path), boot: scene.machine.boot)?.lastReport != nil)
  }

  @Test("the largest reports do not make a recording longer than two of its bounds")
  func bounded() throws {
    let scene = try Scene()
    try scene.start("1.1")
    var stream = try stream(scene)
    stream.keepsLines = true
    let text = String(repeating: "\u{1}", count: 60_000)
    var longest = 0
    for _ in 0..<60 {
      var report = SelfReport(kind: .error)
      (report.message, report.error) = (text, text)
      report.fields = JSONObject((0..<8).map { (key: "k\($0)", value: .string(String(text.prefix(900)))) })
      try stream.add(ReadReport(report, at: scene.machine.now()))
      if stream.isFull { longest = max(longest, try stream.record().lines.count) }
    }
    #expect(longest > 0 && longest < ReportStream.maximumLength + EventEncoder.maximumLineLength)
  }
}
