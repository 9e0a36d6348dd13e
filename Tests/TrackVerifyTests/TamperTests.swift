import Synchronization
import Testing

@testable import TrackCore
@testable import TrackVerify

/// What somebody who edits sealed files cannot hide from who kept the head.
@Suite("Tampering") struct TamperTests {
  private static let sealed: VerifyOptions = {
    var options = VerifyOptions(threads: 1)
    options.sealsOnly = true
    return options
  }()

  private func options(_ made: MadeJournal) throws -> VerifyOptions {
    var options = Self.sealed
    options.head = try made.head
    return options
  }

  @Test("every single bit of a sealed journal that is flipped is found")
  func bitFlips() throws {
    let made = try MadeJournal()
    for task in ["1.1", "1.2", "1.3", "1.4", "1.5"] { try made.start(task) }
    try made.seal()
    let options = try options(made)
    #expect(try made.verify(options).errorCount == 0)
    let flips = try made.names.filter { $0.hasSuffix(".ndjson") }.flatMap { name in
      let bytes = try made.bytes(name)
      return (0..<bytes.count * 8).map { (name: name, bytes: bytes, bit: $0) }
    }
    #expect(flips.count >= 16_384)
    let missed = Mutex<[String]>([])
    let next = Atomic(0)
    // Every thread flips bits in a directory of its own.
    let copies = try (0..<Threads.processors).map { _ in try copy(of: made) }
    let free = Mutex(copies)
    Threads.run(copies.count) {
      guard let own = free.withLock({ $0.popLast() }) else { return }
      while case let place = next.add(1, ordering: .relaxed).oldValue, place < flips.count {
        let (name, bytes, bit) = flips[place]
        let byte = bytes[bit / 8]
        do {
          try own.write(byte ^ 1 << (bit % 8), at: bit / 8, of: name)
          if try own.verify(options).errorCount == 0 { missed.withLock { $0.append("\(name), bit \(bit)") } }
          try own.write(byte, at: bit / 8, of: name)
        } catch { missed.withLock { $0.append("\(name), bit \(bit): \(error)") } }
      }
    }
    #expect(missed.withLock { $0 } == [])
  }

  private func copy(of made: MadeJournal) throws -> MadeJournal {
    let copy = try MadeJournal()
    try copy.start("9.9")
    for name in copy.names where name.hasSuffix(".ndjson") { try copy.remove(name) }
    for name in made.names where name.hasSuffix(".ndjson") { try copy.write(try made.bytes(name), to: name) }
    return copy
  }

  @Test("every line that is deleted, swapped with its neighbour, repeated or inserted is found")
  func lines() throws {
    let made = try MadeJournal()
    for task in ["1.1", "1.2", "1.3"] {
      try made.start(task)
      try made.report(task)
    }
    try made.seal()
    for task in ["1.1", "1.2", "1.3"] { try made.end(task, result: ["tests_run": 1]) }
    try made.seal()
    let options = try options(made)
    var tried = 0
    for name in made.names where name.hasSuffix(".ndjson") {
      let lines = try made.lines(name)
      var changed: [[[UInt8]]] = []
      for place in lines.indices {
        changed.append(Array(lines[..<place] + lines[(place + 1)...]))
        changed.append(Array(lines[...place] + lines[place...]))
        changed.append(Array(lines[..<place] + [Array("{}".utf8)] + lines[place...]))
        if place > 0, lines[place] != lines[place - 1] {
          var swapped = lines
          swapped.swapAt(place, place - 1)
          changed.append(swapped)
        }
      }
      for variant in changed {
        // What is added behind the last seal is not sealed yet.
        if name == "audit.ndjson", variant.starts(with: lines) { continue }
        if name != "audit.ndjson", variant.starts(with: lines) { continue }
        try made.write(lines: variant, to: name)
        #expect(try made.verify(options).errorCount > 0, "\(name): \(variant.count) of \(lines.count) lines")
        tried += 1
      }
      try made.write(lines: lines, to: name)
    }
    #expect(tried >= 60)
    #expect(try made.verify(options).errorCount == 0)
  }

  @Test("a journal that is cut back to before the head is found by who kept the head, and by nobody else")
  func truncation() throws {
    let made = try MadeJournal()
    try made.live()
    let options = try options(made)
    try made.start("2.1")
    try made.seal()
    #expect(try made.verify(options).errorCount == 0)
    // To where the first seal had been written: that alone is a journal in order.
    let audit = try made.lines("audit.ndjson")
    try made.write(lines: [audit[0]], to: "audit.ndjson")
    for name in ["events.ndjson", "droid_status.ndjson"] {
      let stream = name == "events.ndjson" ? TrackCore.Stream.events : .droidStatus
      let end = try #require(try SealReader(made.logs).last()?.seal.position(of: stream)?.bytes.upperBound)
      try made.write(Array(try made.bytes(name)[..<Int(end)]), to: name)
    }
    try made.remove("results.ndjson")
    #expect(try made.verify().errorCount == 0)
    #expect(try made.found(options) == ["head audit.ndjson"])
  }

  @Test("each way to spoil a chain has its finding")
  func findings() throws {
    func found(_ spoil: (MadeJournal) throws -> Void) throws -> [String] {
      let made = try MadeJournal()
      try made.live()
      try spoil(made)
      return try made.found(Self.sealed)
    }
    #expect(try found { _ in } == [])
    #expect(try found { try $0.remove("results.ndjson") } == ["missing_file results.ndjson"])
    #expect(
      try found { try $0.write(Array($0.bytes("events.ndjson").dropLast(9)), to: "events.ndjson") } == [
        "truncated events.ndjson"
      ])
    let withoutFirstSeal = try found { made in
      try made.write(lines: [try made.lines("audit.ndjson")[1]], to: "audit.ndjson")
    }
    #expect(withoutFirstSeal.contains("seal_chain audit.ndjson:1"))
    #expect(
      try found { made in
        var lines = try made.lines("events.ndjson")
        lines[1] = Array(String(decoding: lines[1], as: UTF8.self).replacing("0.5", with: "0.9").utf8)
        try made.write(lines: lines, to: "events.ndjson")
      } == ["sealed_bytes events.ndjson:1"])
  }

  @Test("bytes that are added to a rotated file are found; a foreign rotation alone is nothing")
  func rotation() throws {
    let made = try MadeJournal()
    try made.live()
    try made.rename("events.ndjson", to: "events.ndjson.1")
    try made.start("2.1")
    #expect(try made.found() == [])
    try made.seal()
    #expect(try made.found() == [])
    try made.write(try made.bytes("events.ndjson.1") + Array("{}\n".utf8), to: "events.ndjson.1")
    #expect(try made.found(Self.sealed) == ["added_bytes events.ndjson.1:4"])
    try made.remove("events.ndjson.1")
    #expect(try made.found(Self.sealed) == ["missing_file events.ndjson.1"])
    let details: JSONObject = ["stream": "events", "segment": 1, "file": "events.ndjson.1"]
    _ = try made.journal().record(.audit(action: "pruned", details: details), task: nil, execution: nil, by: nil)
    #expect(try made.found(Self.sealed) == [])
  }

  @Test("eight writers and seals in between: every seal holds")
  func concurrency() throws {
    let made = try MadeJournal()
    try made.start("0.0")
    let failures = Mutex<[String]>([])
    let number = Atomic(0)
    Threads.run(9) {
      let own = number.add(1, ordering: .relaxed).oldValue
      do {
        for round in 0..<12 {
          if own == 8 {
            try made.seal()
          } else {
            try made.start("\(own).\(round)")
            try made.end("\(own).\(round)")
          }
        }
      } catch { failures.withLock { $0.append("\(error)") } }
    }
    try made.seal()
    #expect(failures.withLock { $0 } == [])
    let verification = try made.verify()
    #expect(verification.findings == [])
    #expect(verification.executionCount == 97)
    #expect(verification.sealCount >= 2)
  }
}
