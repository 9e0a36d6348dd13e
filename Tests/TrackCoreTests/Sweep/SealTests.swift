import Glibc
import Testing

@testable import TrackCore

@Suite("Sealing what the streams hold") struct SealTests {
  /// The seals of a scene's journal.
  private func chain(_ scene: Scene) throws -> SealChain { try SealReader(scene.logs).chain() }

  private func rename(_ scene: Scene, _ name: String, to other: String) throws {
    try #require(unsafe Glibc.rename("\(scene.logs)/\(name)", "\(scene.logs)/\(other)") == 0)
  }

  @Test("seals cover every byte once, and each knows the one before it")
  func chain() throws {
    let scene = try Scene()
    try scene.start("1.1")
    try scene.report("1.1")
    #expect(try scene.journal().seal()?.sequence == 1)
    let before = scene.journalBytes
    #expect(try scene.journal().seal() == nil)
    #expect(scene.journalBytes == before)
    try scene.end("1.1")
    #expect(try scene.journal().seal()?.sequence == 2)
    let chain = try chain(scene)
    #expect(chain.records.map(\.seal.sequence) == [1, 2])
    #expect(chain.records[0].seal.previous == nil)
    #expect(chain.records[1].seal.previous == chain.records[0].digest)
    for stream in [TrackCore.Stream.events, .droidStatus, .results] {
      let ranges = try #require(chain.segments(of: stream)[1])
      let bytes = scene.bytes(stream)
      #expect(ranges.last?.bytes.upperBound == Int64(bytes.count))
      #expect(ranges.reduce(0) { $0 + $1.bytes.count } == bytes.count)
      #expect(ranges.reduce(0) { $0 + $1.lines } == bytes.count { $0 == UInt8(ascii: "\n") })
      for range in ranges {
        let sealed = bytes[Int(range.bytes.lowerBound)..<Int(range.bytes.upperBound)]
        #expect(range.digest == .of(sealed))
      }
    }
  }

  @Test("the seal's own line is sealed by the next one, but is no reason to write it")
  func ownLine() throws {
    let scene = try Scene()
    try scene.start("1.1")
    let journal = try scene.journal()
    #expect(try journal.seal() != nil)
    let first = Int64(scene.bytes(.audit).count)
    #expect(try journal.seal() == nil)
    try scene.end("1.1")
    #expect(try journal.seal() != nil)
    #expect(try chain(scene).last?.seal.position(of: .audit)?.bytes == 0..<first)
  }

  @Test("a torn line is sealed when it has been closed off, not before")
  func tornLine() throws {
    let scene = try Scene()
    try scene.start("1.1")
    let whole = Int64(scene.bytes(.events).count)
    try scene.write(scene.bytes(.events) + Array("{\"timestamp\": \"2026".utf8), to: "\(scene.logs)/events.ndjson")
    #expect(try scene.journal().seal() != nil)
    #expect(try chain(scene).last?.seal.position(of: .events)?.bytes == 0..<whole)
    try scene.end("1.1")
    #expect(try scene.journal().seal() != nil)
    #expect(try chain(scene).last?.seal.position(of: .events)?.bytes == whole..<Int64(scene.bytes(.events).count))
  }

  @Test("a foreign rotation: the renamed file is found by its lines, sealed to its end, and the chain goes on")
  func foreignRotation() throws {
    let scene = try Scene()
    try scene.start("1.1")
    #expect(try scene.journal().seal() != nil)
    try scene.start("1.2")
    let old = scene.bytes(.events)
    try rename(scene, "events.ndjson", to: "events.ndjson.1")
    #expect(try !chain(scene).isFinal(.events, 1))
    try scene.start("1.3")
    #expect(try scene.journal().seal() != nil)
    let chain = try chain(scene)
    #expect(chain.isFinal(.events, 1))
    let segments = chain.segments(of: .events)
    #expect(segments[1]?.map(\.bytes.upperBound).last == Int64(old.count))
    #expect(segments[1]?.last?.file == "events.ndjson.1")
    #expect(segments[2]?.map(\.file) == ["events.ndjson"])
    #expect(try scene.journal().seal() == nil)
  }

  @Test("a file that begins with a line carried forward from a pruned one is a segment of its own", arguments: 0...1)
  func carriedLineFirst(reports: Int) throws {
    let scene = try Scene()
    let open = try scene.start("1.1")
    for _ in 0..<reports { try scene.report("1.1") }
    try scene.rotateNow()
    try scene.prune()
    #expect(try scene.story(open) == ["started"])
    try scene.report("1.1")
    try rename(scene, "events.ndjson", to: "events.ndjson.1")
    try scene.report("1.1")
    #expect(try scene.journal().seal() != nil)
    let segments = try chain(scene).segments(of: .events)
    #expect(segments.keys.sorted() == [1, 2, 3])
    #expect(segments[2]?.map(\.file) == ["events.ndjson.1"])
    #expect(segments[3]?.map(\.file) == ["events.ndjson"])
  }

  @Test("a file that holds nothing but what was carried forward is a segment of its own each time")
  func nothingButCarriedLines() throws {
    let scene = try Scene()
    let open = try scene.start("1.1")
    for round in 1...3 {
      try scene.rotateNow()
      try scene.prune()
      #expect(try scene.story(open) == ["started"])
      #expect(!scene.names(scene.logs).contains { $0.hasPrefix("events-") })
      #expect(try chain(scene).segments(of: .events).keys.max() == round)
    }
    _ = try scene.journal().seal()
    let chain = try chain(scene)
    #expect(!chain.pruned.contains(SegmentName(stream: .events, segment: 4)))
    #expect(chain.segments(of: .events)[4]?.map(\.file) == ["events.ndjson"])
  }

  @Test("a sealed file that was altered is not sealed as another one")
  func alteredFile() throws {
    let scene = try Scene()
    try scene.start("1.1")
    try scene.start("1.2")
    let name = try scene.rotateNow()[0].name
    var bytes = scene.contents("\(scene.logs)/\(name)")
    bytes[bytes.count - 10] ^= 1
    try scene.write(bytes, to: "\(scene.logs)/\(name)")
    try scene.start("1.3")
    try rename(scene, "events.ndjson", to: "events.ndjson.1")
    try scene.start("1.4")
    #expect(try scene.journal().seal() != nil)
    #expect(try chain(scene).segments(of: .events)[2]?.map(\.file) == ["events.ndjson.1"])
    #expect(try chain(scene).segments(of: .events).count == 3)
  }

  @Test("files that were rotated between two seals, and the audit stream itself, are sealed in their order")
  func severalRotations() throws {
    let scene = try Scene()
    try scene.start("1.1")
    #expect(try scene.journal().seal() != nil)
    for number in 2...4 {
      try rename(scene, "events.ndjson", to: "events-2026112\(number)T000000Z.ndjson")
      try scene.start("1.\(number)")
    }
    try rename(scene, "audit.ndjson", to: "audit.ndjson.1")
    #expect(try scene.journal().seal() != nil)
    let chain = try chain(scene)
    let segments = chain.segments(of: .events)
    #expect(segments.keys.sorted() == [1, 2, 3, 4])
    #expect(
      (2...4).compactMap { segments[$0]?.last?.file } == [
        "events-20261123T000000Z.ndjson", "events-20261124T000000Z.ndjson", "events.ndjson",
      ])
    #expect(chain.records.map(\.seal.sequence) == [1, 2])
    #expect(chain.records[1].seal.previous == chain.records[0].digest)
    #expect(try scene.journal().seal() == nil)
    try scene.start("1.9")
    #expect(try scene.journal().seal() != nil)
    #expect(try self.chain(scene).isFinal(.audit, 1))
  }

  @Test("files from before the first seal are its first segments; a file that is gone or cut does not stop sealing")
  func oldAndLostFiles() throws {
    let scene = try Scene()
    try scene.start("1.1")
    try rename(scene, "events.ndjson", to: "events.ndjson.1")
    try scene.start("1.2")
    #expect(try scene.journal().seal() != nil)
    #expect(try chain(scene).segments(of: .events).keys.sorted() == [1, 2])
    try scene.remove("\(scene.logs)/events.ndjson")
    #expect(try scene.journal().seal() == nil)
    try scene.start("1.3")
    #expect(try scene.journal().seal() != nil)
    #expect(try chain(scene).last?.seal.position(of: .events)?.segment == 3)
    try scene.write([], to: "\(scene.logs)/events.ndjson")
    try scene.start("1.4")
    #expect(try scene.journal().seal() != nil)
    #expect(try chain(scene).last?.seal.position(of: .events)?.segment == 4)
  }

  @Test("a plain sweep seals nothing, a dry run tells how much, and one with seals reports them")
  func sweeping() throws {
    let scene = try Scene()
    try scene.start("1.1")
    let size = Int64(scene.bytes(.events).count)
    #expect(try scene.journal().sweep().sealed == nil)
    var options = SweepOptions()
    (options.seals, options.isDryRun) = (true, true)
    #expect(try scene.journal().sweep(options).sealed == SealReport(sequence: 1, bytes: size, digest: nil))
    #expect(try chain(scene).records.isEmpty)
    options.isDryRun = false
    let sealed = try #require(try scene.journal().sweep(options).sealed)
    #expect(sealed.digest == (try chain(scene).head?.digest))
    #expect(try scene.audits() == ["seal"])
  }

  @Test(
    "names of a stream's files",
    arguments: [
      ("events.ndjson", TrackCore.Stream.events), ("events.ndjson.1", .events),
      ("events-20261122T190000Z.ndjson", .events),
      ("events-20261122T190000Z-2.ndjson.gz", .events), ("events.ndjson-20261122.gz", .events),
      ("droid_status.ndjson", .droidStatus),
      ("audit-20261122T190000Z.ndjson.bad", .audit), ("events.json", nil), ("events-2026.log", nil),
      ("eventsndjson", nil),
      ("other.ndjson", nil), ("", nil), ("events-.ndjsonx", nil),
    ])
  func fileNames(name: String, stream: TrackCore.Stream?) { #expect(TrackCore.Stream(ofFile: name) == stream) }
}
