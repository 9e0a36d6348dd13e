import FoundationEssentials
import Testing

@testable import TrackCore

@Suite("Pruning") struct PruningTests {
  private let now = Timestamp(microseconds: 1_763_838_000_000_000)

  private func file(
    _ name: String, _ stream: TrackCore.Stream = .events, size: Int64 = 100, days: Int64, isCurrent: Bool = false
  ) -> PruningPlan.File {
    PruningPlan.File(
      stream: stream, name: name, size: size,
      modified: Timestamp(microseconds: now.microseconds - days * 86_400_000_000), isCurrent: isCurrent)
  }

  private func policy(_ change: (inout Configuration.Retention) -> Void, keeping: Duration? = nil) throws
    -> PruningPolicy
  {
    var retention = Configuration.Retention()
    change(&retention)
    return try #require(PruningPolicy(retention, keeping: keeping))
  }

  @Test("what is too old goes, the oldest first, and never the file that is written to")
  func byAge() throws {
    #expect(PruningPolicy(Configuration.Retention(), keeping: nil) == nil)
    let files = [
      file("b", days: 91), file("a", days: 95), file("c", days: 89), file("d", days: 99, isCurrent: true),
      file("e", .audit, days: 99), file("f", .results, days: 92),
    ]
    var policy = try policy { $0.maximumAge = .seconds(90 * 86_400) }
    #expect(PruningPlan(files, now: now, policy: policy).removals.map(\.name) == ["a", "f", "b"])
    #expect(PruningPlan(files, now: now, policy: policy).removals.first?.policy == "max_age 7776000s")
    policy = try self.policy({ $0.maximumAge = .seconds(90 * 86_400) }, keeping: .seconds(88 * 86_400))
    #expect(PruningPlan(files, now: now, policy: policy).removals.map(\.name) == ["a", "f", "b", "c"])
    policy = try self.policy { $0.maximumAuditAge = .seconds(90 * 86_400) }
    #expect(PruningPlan(files, now: now, policy: policy).removals.map(\.name) == ["e"])
  }

  @Test("what does not fit goes, and audit takes no room")
  func bySize() throws {
    let files = [
      file("a", size: 50, days: 3), file("b", size: 50, days: 2), file("c", size: 50, days: 1),
      file("d", size: 50, days: 0, isCurrent: true), file("e", .audit, size: 999, days: 9),
    ]
    func removals(_ size: Int64) throws -> [String] {
      PruningPlan(files, now: now, policy: try policy { $0.maximumSize = size }).removals.map(\.name)
    }
    #expect(try removals(200) == [])
    #expect(try removals(199) == ["a"])
    #expect(try removals(100) == ["a", "b"])
    #expect(try removals(1) == ["a", "b", "c"])
  }

  @Test("what one rotation renamed goes together, compressed or not")
  func together() throws {
    let files = [
      file("events-1.ndjson", size: 50, days: 9), file("droid_status-1.ndjson.gz", .droidStatus, size: 50, days: 5),
      file("events-2.ndjson", size: 50, days: 7), file("events.ndjson", size: 50, days: 0, isCurrent: true),
    ]
    let bySize = PruningPlan(files, now: now, policy: try policy { $0.maximumSize = 190 })
    #expect(bySize.removals.map(\.name) == ["events-2.ndjson"])
    let byAge = PruningPlan(files, now: now, policy: try policy { $0.maximumAge = .seconds(6 * 86_400) })
    #expect(byAge.removals.map(\.name) == ["events-2.ndjson"])
    let both = PruningPlan(files, now: now, policy: try policy { $0.maximumAge = .seconds(4 * 86_400) })
    #expect(both.removals.map(\.name) == ["events-2.ndjson", "events-1.ndjson", "droid_status-1.ndjson.gz"])
  }

  @Test("an audit file goes when all that it seals goes, the one before it too")
  func spareAudit() {
    func segment(_ stream: TrackCore.Stream, _ number: Int) -> PrunedSegment {
      PrunedSegment(
        stream: stream, segment: number, file: "\(stream.name)-\(number)", bytes: 9, records: 1, first: nil, last: nil,
        policy: "", sha256: .of([]), firstLine: .of([]))
    }
    func seal(_ number: Int, in file: String, _ ranges: [(TrackCore.Stream, Int, Range<Int64>)]) -> SealRecord {
      let ranges = ranges.map { stream, segment, bytes in
        SealedRange(
          stream: stream, segment: segment, file: "\(stream.name)-\(segment)", firstLine: nil, lastLine: nil,
          bytes: bytes, lines: 1, digest: .of([]))
      }
      return SealRecord(
        seal: Seal(sequence: number, previous: nil, ranges: ranges), digest: .of([]), file: file, line: number,
        offset: 0, length: 9)
    }
    let chain = SealChain([
      seal(1, in: "audit-1", [(.events, 1, 0..<5), (.results, 1, 0..<5), (.audit, 1, 0..<5)]),
      seal(2, in: "audit-2", [(.events, 1, 5..<5), (.results, 1, 5..<5), (.audit, 1, 5..<9), (.audit, 2, 0..<5)]),
    ])
    let audit = [segment(.audit, 2), segment(.audit, 1)]
    var chosen = SpareAudit(of: audit, besides: [segment(.events, 1)], chain)
    #expect(chosen.spare.isEmpty)
    #expect(
      chosen.needed == [
        LeftFile(name: "audit-1", reason: "it holds seals of results-1, which stays"),
        LeftFile(name: "audit-2", reason: "it holds seals of audit-1, which stays"),
      ])
    chosen = SpareAudit(of: audit, besides: [segment(.events, 1), segment(.results, 1)], chain)
    #expect(chosen.spare.map(\.file) == ["audit-1", "audit-2"] && chosen.needed.isEmpty)
    #expect(SpareAudit(of: [audit[0]], besides: [], chain).needed.map(\.name) == ["audit-2"])
  }

  @Test("a segment goes with a tombstone, and executions that go on keep their start")
  func prune() throws {
    let scene = try Scene()
    let open = try scene.start("1.1")
    let ended = try scene.start("1.2")
    try scene.end("1.2")
    let straddling = try scene.start("1.3")
    let first = try scene.rotateNow()
    try scene.end("1.3")
    let events = scene.contents("\(scene.logs)/\(first[0].name)")
    let report = try scene.prune()
    #expect(Set(report.pruned.map(\.file)) == Set(first.map(\.name)))
    #expect(report.altered.isEmpty)
    #expect(!scene.names(scene.logs).contains(first[0].name))
    let tombstone = try #require(
      try scene.events(.audit).first {
        $0.fields.text(WireKey.action) == "pruned" && $0.details.text("stream") == "events"
      })
    #expect(tombstone.details.text("sha256") == SHA256.Digest.of(events[...]).description)
    #expect(tombstone.details.integer("records", as: Int.self) == 4)
    #expect(tombstone.details.text("policy") == "--keep-days 0s")
    #expect(tombstone.details.text("first")?.isEmpty == false)
    #expect(try scene.story(ended) == [])
    #expect(try scene.story(straddling) == ["completed", "started"])
    #expect(try scene.story(open) == ["started"])
    try scene.remove(scene.state)
    #expect(try scene.end("1.1").execution == open)
    #expect(try Aggregates(in: scene.logs).segments == report.pruned)
  }

  @Test("a dry run says what would go and changes nothing")
  func dryRun() throws {
    let scene = try Scene()
    try scene.start("1.1")
    try scene.end("1.1")
    try scene.rotateNow()
    try scene.start("1.2")
    try scene.end("1.2")
    _ = try scene.journal().sweep(scene.sealing)
    let before = scene.names(scene.logs).map { scene.contents("\(scene.logs)/\($0)") }
    let planned = try scene.prune(isDryRun: true)
    #expect(planned.pruned.map(\.stream) == [.events, .results])
    #expect(scene.names(scene.logs).map { scene.contents("\(scene.logs)/\($0)") } == before)
    #expect(try scene.prune().pruned == planned.pruned)
  }

  @Test("a dry run counts on what is rotated and sealed before", arguments: [true, false], [true, false])
  func wholeDryRun(isForeign: Bool, keepsAll: Bool) throws {
    let scene = try Scene { $0.tracking.retention.compression = .gzip }
    try scene.start("1.1")
    try scene.end("1.1")
    if isForeign {
      _ = try scene.journal().sweep(scene.sealing)
      try scene.start("1.2")
      try scene.end("1.2")
      try scene.rotate(.events, to: "events.ndjson.1")
      try scene.start("1.3")
    }
    var options = SweepOptions()
    options.retention = RetentionOptions()
    options.retention?.rotatesNow = true
    options.retention?.keeping = keepsAll ? .seconds(86_400) : .zero
    func report(isDryRun: Bool) throws -> (pruned: Set<String>, compressed: [Int64]) {
      options.isDryRun = isDryRun
      let report = try scene.journal().sweep(options) { _, _, _ in .null }.retention
      return (Set(report.pruned.map(\.digest)), report.compressed.map(\.size).sorted())
    }
    let before = scene.names(scene.logs).map { scene.contents("\(scene.logs)/\($0)") }
    let told = try report(isDryRun: true)
    #expect(scene.names(scene.logs).map { scene.contents("\(scene.logs)/\($0)") } == before)
    let done = try report(isDryRun: false)
    #expect(told.pruned == done.pruned)
    #expect(told.compressed == done.compressed)
    #expect(done.pruned.isEmpty == keepsAll)
    #expect(done.compressed.isEmpty != keepsAll)
  }

  @Test("a file that is not what was sealed stays and is told", arguments: [0, 40, -1])
  func altered(place: Int) throws {
    let scene = try Scene()
    try scene.start("1.1")
    try scene.end("1.1")
    let name = try scene.rotateNow()[0].name
    try scene.start("1.2")
    try scene.end("1.2")
    _ = try scene.journal().sweep(scene.sealing)
    let path = "\(scene.logs)/\(name)"
    var bytes = scene.contents(path)
    // In the middle of a line, so that its first and its last line still are what they were where that is wanted.
    let at = place < 0 ? bytes.count / 2 : place
    bytes[at] ^= 1
    try scene.write(bytes, to: path)
    let report = try scene.prune()
    #expect(!report.pruned.contains { $0.stream == .events })
    #expect(scene.contents(path) == bytes)
  }

  @Test("defect: a file that cannot be read stays and is told, and the others go", arguments: [true, false])
  func unreadable(opens: Bool) throws {
    let scene = try Scene { $0.tracking.retention.compression = .gzip }
    var names: [String] = []
    for task in ["1.1", "1.2", "1.3"] {
      try scene.start(task)
      try scene.end(task)
      names.append(try #require(try scene.rotateNow().first { $0.stream == .events }?.name) + ".gz")
    }
    if opens { try scene.damage(names[1]) } else { try scene.write("no gzip", to: "\(scene.logs)/\(names[1])") }
    let bytes = scene.contents("\(scene.logs)/\(names[1])")
    #expect(try scene.prune(isDryRun: true).unreadable.map(\.name) == [names[1]])
    let report = try scene.prune()
    #expect(Set(report.pruned.lazy.filter { $0.stream == .events }.map(\.file)) == [names[0], names[2]])
    #expect(report.unreadable == [LeftFile(name: names[1], reason: "it is no whole gzip file")])
    #expect(report.altered.isEmpty)
    // It may be one that the aggregates stand for; the next sweeps tell it, too, and go on.
    try scene.start("1.4")
    #expect(try !scene.rotateNow().isEmpty)
    #expect(try scene.prune().unreadable.map(\.name) == [names[1]])
    #expect(scene.contents("\(scene.logs)/\(names[1])") == bytes)
  }

  @Test("defect: an audit file that cannot be read stops neither rotation nor seals")
  func unreadableAudit() throws {
    let scene = try Scene()
    try scene.start("1.1")
    _ = try scene.journal().sweep(scene.sealing)
    try scene.rotate(.audit, to: "audit.ndjson.1")
    try scene.write("no gzip", to: "\(scene.logs)/audit.ndjson.2.gz")
    try scene.makeDirectory("\(scene.logs)/events.ndjson.1")
    try scene.start("1.2")
    #expect(try scene.rotateNow().map(\.stream) == [.events])
    let chain = try SealReader(scene.logs).chain()
    #expect(chain.records.map(\.seal.sequence) == [1, 2])
    #expect(chain.records.last?.seal.previous == chain.records.first?.digest)
    #expect(try scene.prune().pruned.count == 1)
  }

  @Test("an abandonment that may still be ended late goes with nothing")
  func abandoned() throws {
    let scene = try Scene()
    let abandoned = try scene.start("1.1", limit: .zero)
    usleepOneTick()
    _ = try scene.journal().sweep()
    try scene.rotateNow()
    try scene.start("1.2")
    try scene.prune()
    #expect(try scene.story(abandoned) == ["started", "timeout"])
    #expect(try scene.journal().end(.completed, of: .execution(abandoned)).execution == abandoned)
    #expect(try scene.story(abandoned) == ["started", "timeout", "late completed"])
  }

  @Test("a pruning that stopped after the aggregates is finished by the next sweep, without figures", arguments: 0...1)
  func interrupted(tombstones: Int) throws {
    let scene = try Scene()
    try scene.start("1.1")
    try scene.end("1.1")
    try scene.rotateNow()
    try scene.start("1.2")
    try scene.end("1.2")
    _ = try scene.journal().sweep(scene.sealing)
    let names = scene.names(scene.logs).filter { $0.contains(".ndjson") }
    let kept = names.map { scene.contents("\(scene.logs)/\($0)") }
    let pruned = try scene.prune().pruned
    let aggregates = scene.contents("\(scene.logs)/aggregates.json")
    let audit = scene.bytes(.audit)
    for (name, bytes) in zip(names, kept) { try scene.write(bytes, to: "\(scene.logs)/\(name)") }
    var standing = Aggregates()
    standing.append(pruned, figures: try Aggregates(in: scene.logs).figures)
    try standing.write(in: try Directory(path: scene.logs))
    if tombstones == 1 { try scene.write(audit, to: "\(scene.logs)/audit.ndjson") }
    var options = SweepOptions()
    options.retention = RetentionOptions()
    _ = try scene.journal().sweep(options)
    #expect(try scene.audits().filter { $0 == "pruned" }.count == pruned.count)
    #expect(pruned.allSatisfy { !scene.names(scene.logs).contains($0.file) })
    #expect(scene.contents("\(scene.logs)/aggregates.json") == aggregates)
  }

  @Test("a file of the same name as a pruned one, as foreign rotations make them, is left alone")
  func sameName() throws {
    let scene = try Scene()
    try scene.start("1.1")
    try scene.end("1.1")
    try scene.rotate(.events, to: "events.ndjson.1")
    try scene.start("1.2")
    try scene.end("1.2")
    #expect(try scene.prune().pruned.map(\.file) == ["events.ndjson.1"])
    try scene.rotate(.events, to: "events.ndjson.1")
    let bytes = scene.contents("\(scene.logs)/events.ndjson.1")
    var options = SweepOptions()
    options.retention = RetentionOptions()
    _ = try scene.journal().sweep(options)
    #expect(scene.contents("\(scene.logs)/events.ndjson.1") == bytes)
  }

  @Test("a file as long as a pruned one that begins with the same carried line is not taken for it")
  func carriedLineFirst() throws {
    let scene = try Scene()
    let open = try scene.start("1.1")
    var sizes: [Int64] = []
    for _ in 1...3 {
      try scene.report("1.1")
      sizes += try scene.rotateNow().filter { $0.stream == .events }.map(\.size)
      try scene.prune()
      #expect(!scene.names(scene.logs).contains { $0.hasPrefix("events-") || $0.hasPrefix("droid_status-") })
    }
    #expect(sizes == Array(repeating: sizes[0], count: 3))
    #expect(try scene.story(open) == ["started"])
    #expect(try Aggregates(in: scene.logs).segments.filter { $0.stream == .events }.map(\.bytes) == sizes)
  }

  @Test("finished files are compressed, stay sealed, and go like others")
  func compressed() throws {
    let scene = try Scene { $0.tracking.retention.compression = .gzip }
    for task in 0..<50 {
      try scene.start("1.\(task)")
      try scene.end("1.\(task)")
    }
    let bytes = scene.bytes(.events)
    var options = SweepOptions()
    options.retention = RetentionOptions()
    options.retention?.rotatesNow = true
    let report = try scene.journal().sweep(options).retention
    let name = report.rotated[0].name
    let open = try scene.start("2.1")
    #expect(report.compressed.map(\.name) == report.rotated.map { "\($0.name).gz" })
    #expect(report.compressed.allSatisfy { $0.compressedSize < $0.size })
    #expect(!scene.names(scene.logs).contains(name))
    #expect(try LogFile(path: "\(scene.logs)/\(name).gz").bytes(bytes.count + 1, at: 0) == bytes)
    try scene.remove(scene.state)
    guard case .alreadyEnded? = refusal({ try scene.journal().end(.failed, of: .task(TaskID("1.7"))) }) else {
      Issue.record("ended twice")
      return
    }
    #expect(try scene.end("2.1").execution == open)
    let pruned = try scene.prune().pruned
    #expect(pruned.first { $0.stream == .events }?.digest == SHA256.Digest.of(bytes[...]).description)
    #expect(!scene.names(scene.logs).contains { $0.hasSuffix(".gz") })
  }

  @Test("what a compression left half done is made anew")
  func interruptedCompression() throws {
    let scene = try Scene { $0.tracking.retention.compression = .gzip }
    try scene.start("1.1")
    try scene.end("1.1")
    let name = "events-20261122T190000Z.ndjson"
    let bytes = scene.bytes(.events)
    try scene.rotate(.events, to: name)
    try scene.start("1.2")
    _ = try scene.journal().sweep(scene.sealing)
    try scene.write("half", to: "\(scene.logs)/.\(name).gz")
    try scene.write("half", to: "\(scene.logs)/\(name).gz")
    var options = SweepOptions()
    options.retention = RetentionOptions()
    options.seals = true
    _ = try scene.journal().sweep(options)
    _ = try scene.journal().sweep(options)
    #expect(try LogFile(path: "\(scene.logs)/\(name).gz").bytes(bytes.count + 1, at: 0) == bytes)
    #expect(!scene.names(scene.logs).contains { $0 == name || $0.hasPrefix(".\(name)") })
  }
}

extension Scene {
  /// A sweep that seals.
  var sealing: SweepOptions {
    var options = SweepOptions()
    options.seals = true
    return options
  }

  /// Prunes what is finished and was not written to within a time, without counting it.
  @discardableResult
  func prune(keeping time: Duration = .zero, isDryRun: Bool = false) throws -> RetentionReport {
    var options = SweepOptions()
    options.isDryRun = isDryRun
    options.retention = RetentionOptions()
    options.retention?.keeping = time
    return try journal().sweep(options) { _, _, _ in .null }.retention
  }
}
