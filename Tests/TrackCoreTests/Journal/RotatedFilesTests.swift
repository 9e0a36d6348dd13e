import FoundationEssentials
import Testing

@testable import TrackCore

@Suite("What a rotation renamed") struct RotatedFilesTests {
  @Test(
    "a ledger that is lost after a rotation is made anew with what was started before it",
    arguments: ["events.ndjson.1", "events-20261122T190000Z.ndjson", "events.ndjson-20261122"])
  func rebuild(name: String) throws {
    let scene = try Scene()
    let ended = try scene.start("1.1")
    try scene.end("1.1", .failed)
    let open = try scene.start("1.2", limit: .seconds(90))
    try scene.report("1.2")
    try scene.rotate(.events, to: name)
    let late = try scene.start("1.3")
    try scene.remove(scene.state)
    #expect(try scene.end("1.2").execution == open)
    #expect(try scene.end("1.3").execution == late)
    guard case .alreadyEnded(ended, _)? = refusal({ try scene.end("1.1") }) else {
      Issue.record("ended twice")
      return
    }
  }

  @Test("a rotated file that is damaged keeps nothing from being recorded after the ledger is lost")
  func damaged() throws {
    let scene = try Scene()
    let open = try scene.start("1.1")
    try scene.write("no gzip\n", to: "\(scene.logs)/events-20251101T000000Z.ndjson.gz")
    try scene.remove(scene.state)
    try scene.start("1.2")
    #expect(try scene.end("1.1").execution == open)
    try scene.end("1.2")
  }

  @Test("defect: a compressed file that is damaged in the middle keeps no entry of the spool from its stream")
  func damagedInTheMiddle() throws {
    let scene = try Scene { $0.tracking.retention.compression = .gzip }
    let execution = try scene.start("1.1")
    let name = try #require(try scene.rotateNow().first { $0.stream == .events }?.name) + ".gz"
    try scene.locked { try scene.report("1.1", in: scene.journal(wait: .milliseconds(50))) }
    try scene.damage(name)
    #expect(try scene.journal().sweep().openCount == 1)
    #expect(scene.names("\(scene.state)/spool/new").isEmpty)
    #expect(try scene.story(execution) == ["progress"])
    try scene.end("1.1")
  }

  @Test("defect: what a dead writer noted is missing where the file that may hold it is damaged in the middle")
  func damagedUnderRedo() throws {
    let scene = try Scene { $0.tracking.retention.compression = .gzip }
    try scene.start("1.1")
    let name = try #require(try scene.rotateNow().first { $0.stream == .events }?.name) + ".gz"
    try scene.start("1.2")
    try scene.damage(name)
    let log = try LogDirectory.create(".droid-forge/logs", in: scene.root, machine: scene.machine)
    let search = try StreamSearch(.events, in: log, from: 0, since: Timestamp(microseconds: 0))
    let known = scene.bytes(.events).split(separator: UInt8(ascii: "\n")).map { Array($0) }
    let unknown = Array("{}".utf8)
    #expect(try search.missing(of: known + [unknown]) == [unknown])
  }

  @Test("of several files the oldest is read first, and reports from the start of what is open on")
  func several() throws {
    let scene = try Scene()
    let open = try scene.start("1.1")
    try scene.rotate(.events, to: "events.ndjson.2")
    try scene.report("1.1", 0.1)
    try scene.rotate(.events, to: "events.ndjson.1")
    let log = try LogDirectory.create(".droid-forge/logs", in: scene.root, machine: scene.machine)
    #expect(try RotatedFiles(of: .events, in: log).files.map(\.name) == ["events.ndjson.2", "events.ndjson.1"])
    let records = try JournalHistory(of: log).records(now: scene.machine.now())
    #expect(records.map(\.execution.id) == [open])
    #expect(records.first?.lastReport != nil)
  }

  @Test("what is put aside, linked or not of the stream is passed over")
  func others() throws {
    let scene = try Scene()
    try scene.start("1.1")
    for name in ["events.ndjson.bad", "events-x.ndjson.bad", "results.ndjson.1", "events-copy.txt", "eventsx.ndjson"] {
      try scene.write("x\n", to: "\(scene.logs)/\(name)")
    }
    try FileManager.default.createSymbolicLink(
      atPath: "\(scene.logs)/events.ndjson.1", withDestinationPath: "events.ndjson")
    let log = try LogDirectory.create(".droid-forge/logs", in: scene.root, machine: scene.machine)
    #expect(try RotatedFiles(of: .events, in: log).files.isEmpty)
  }
}

extension Scene {
  /// Spoils a byte of what a compressed file holds, so that it opens and cannot be read to its end.
  func damage(_ name: String) throws {
    var bytes = contents("\(logs)/\(name)")
    bytes[bytes.count / 2] ^= 0x20
    try write(bytes, to: "\(logs)/\(name)")
  }

  /// Renames a stream's file, as logrotate does.
  func rotate(_ stream: TrackCore.Stream, to name: String) throws {
    try FileManager.default.moveItem(atPath: "\(logs)/\(stream.fileName)", toPath: "\(logs)/\(name)")
  }
}
