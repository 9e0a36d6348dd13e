import Testing

@testable import TrackCore
@testable import TrackVerify

@Suite("Files that cannot be read") struct UnreadableTests {
  @Test("defect: a compressed file that is damaged in the middle is a finding, and the others are looked at and mended")
  func damagedInTheMiddle() throws {
    let made = try MadeJournal { $0.tracking.retention.compression = .gzip }
    try made.live()
    var options = SweepOptions()
    options.retention = RetentionOptions()
    options.retention?.rotatesNow = true
    _ = try made.journal().sweep(options)
    try made.start("1.2")
    try made.end("1.2", result: ["tests_run": 4])
    try made.write([], to: "results.ndjson")
    #expect(try made.found() == ["missing_result events.ndjson:2"])
    let name = try #require(made.names.first { $0.hasPrefix("droid_status-") })
    let byte = try made.bytes(name).count / 2
    try made.write(try made.bytes(name)[byte] ^ 0x20, at: byte, of: name)
    for sealsOnly in [true, false] {
      var options = VerifyOptions()
      options.sealsOnly = sealsOnly
      let found = try made.found(options)
      #expect(found.contains("unreadable \(name)"), "\(found)")
      #expect(found.contains("missing_result events.ndjson:2") == !sealsOnly, "\(found)")
    }
    let missing = try made.verify().missing
    #expect(try made.journal().repair(missing: missing, damaged: []).derived == [.droidStatus: 1, .results: 2])
    let left = try made.found()
    #expect(!left.contains { $0.hasPrefix("missing_re") }, "\(left)")
  }
}
