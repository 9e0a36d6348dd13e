import Testing

@testable import TrackCore
@testable import TrackVerify

@Suite("Lines by themselves") struct LineCheckerTests {
  /// The generator splitmix64 of Steele, Lea and Flood (2014).
  private struct SplitMix: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
      state &+= 0x9e37_79b9_7f4a_7c15
      var mixed = state
      mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
      mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
      return mixed ^ (mixed >> 31)
    }
  }

  /// The problems of the lines of a file that holds `bytes`, read in stretches of `length` bytes.
  private func problems(_ bytes: [UInt8], in made: MadeJournal, length: Int = 1 << 20) throws -> [String] {
    try made.write(bytes, to: "looked-at")
    let file = JournalFile(name: "looked-at", stream: nil, file: try SealedFile("looked-at", in: made.logs))
    let found = Problems()
    LineWalk(files: [file], threads: 2, length: length).run { buffer, _ in found.take(buffer) }
    return found.texts
  }

  private final class Problems {
    private(set) var texts: [String] = []
    func take(_ buffer: LineBuffer) { texts += buffer.problems.map { "\($0.offset) \($0.kind) \($0.text)" } }
  }

  @Test("what is damaged is what the parser refuses, whatever byte is put where")
  func agreement() throws {
    let made = try MadeJournal()
    try made.live()
    let good =
      try made.lines("events.ndjson") + made.lines("results.ndjson") + [
        Array("{\"a\": [1, -2.5e3, \"\\u00e9é\", {}]}".utf8)
      ]
    var chance = SplitMix(state: 7)
    let bytes = Array("{}[]\",:\\ 0-.eE\u{1}tfnué\r\t".utf8) + [0xFF, 0x80, 0xC3]
    var (lines, refused): ([[UInt8]], Set<Int>) = ([], [])
    for _ in 0..<1_500 {
      var line = good[Int.random(in: 0..<good.count, using: &chance)]
      for _ in 0..<Int.random(in: 0...2, using: &chance) {
        let place = Int.random(in: 0..<line.count, using: &chance)
        switch Int.random(in: 0..<3, using: &chance) {
        case 0: line[place] = bytes[Int.random(in: 0..<bytes.count, using: &chance)]
        case 1: line.insert(bytes[Int.random(in: 0..<bytes.count, using: &chance)], at: place)
        default: line.removeSubrange(place..<min(line.count, place + Int.random(in: 1...9, using: &chance)))
        }
      }
      if (try? JSONParser.object(line)) == nil { refused.insert(lines.count) }
      lines.append(line)
    }
    var offsets: [Int: Int] = [:]
    var offset = 0
    for (number, line) in lines.enumerated() {
      offsets[offset] = number
      offset += line.count + 1
    }
    let found = try problems(lines.flatMap { $0 + [0x0A] }, in: made).filter { $0.contains(" damaged ") }
    let damaged = Set(found.compactMap { $0.split(separator: " ").first.flatMap { Int($0) }.flatMap { offsets[$0] } })
    #expect(damaged == refused)
    #expect(refused.count > 300)
  }

  @Test("stretches of any length find the same", arguments: [1, 7, 64, 333, 4_096])
  func stretches(length: Int) throws {
    let made = try MadeJournal()
    try made.live()
    var bytes = try made.bytes("events.ndjson")
    bytes += Array("damage\n\n{\"event_id\": \"x\"}\n".utf8) + [0, 0, 0, 0x0A] + (try made.bytes("audit.ndjson"))
    let whole = try problems(bytes, in: made)
    #expect(whole.count == 3)
    #expect(try problems(bytes, in: made, length: length) == whole)
  }

  @Test(
    "defect: keys and types with escapes are what readers of JSON take them for",
    arguments: [
      (#""event_type": "task.result""#, #""event_type": "task.resul\u0074""#, [String]()),
      (#""event_type""#, #""event\u005ftype""#, []), (#""success""#, #""succes\u0073""#, []),
      (#""success": true"#, #""s\u0075ccess": 1"#, ["success is not true or false"]),
    ])
  func escapes(part: String, other: String, expected: [String]) throws {
    let made = try MadeJournal()
    try made.live()
    let line = String(decoding: try #require(try made.lines("results.ndjson").first), as: UTF8.self)
    #expect(line.contains(part))
    let changed = line.replacing(part, with: other)
    #expect(
      try problems(Array("\(line)\n\(changed)\n".utf8), in: made)
        == expected.map { "\(line.utf8.count + 1) schema \($0)" })
  }

  @Test("a byte order mark and the lines of other writers are no findings")
  func otherWriters() throws {
    let made = try MadeJournal()
    try made.live()
    #expect(try problems(Array("\u{FEFF}{\"timestamp\": \"yesterday\"}\r\n{\"task\": 1}\n".utf8), in: made) == [])
  }
}
