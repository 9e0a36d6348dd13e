import FoundationEssentials
import Glibc
import Testing

@testable import TrackCore

@Suite("Lines that are carried into a new file") struct CarriedLinesTests {
  private static let day: Double = 86_400

  @Test("defect: executions that rotations cut are gone in the end, and what is carried stays little")
  func spanning() throws {
    let scene = try Scene()
    let (kept, days) = (3, 20)
    var executions: [ExecutionID] = []
    var most = 0
    for day in 0..<days {
      executions.append(try scene.start("1.\(day)"))
      try scene.rotateNow()
      try scene.end("1.\(day)")
      try scene.age(by: Self.day)
      try scene.prune(keeping: .seconds(Double(kept) * Self.day - 3_600))
      let lines = try scene.allEvents()
      most = max(most, lines.count)
      // What is carried stays as long once more.
      for gone in executions.dropLast(2 * kept + 2) {
        #expect(!lines.contains { $0.execution == gone.text }, "\(gone) on day \(day)")
      }
      // Whoever reads what is left never meets an ending without its start, nor takes what ended for open.
      for execution in executions {
        let own = Set(lines.filter { $0.execution == execution.text }.compactMap(\.type))
        #expect(own.isEmpty || own == [EventType.started, EventType.completed], "\(execution) on day \(day): \(own)")
      }
    }
    // Of each day two lines, and as many that were carried once.
    #expect(most <= 4 * (2 * kept + 2))
  }

  @Test("defect: an abandonment and its late ending go on with the start that is carried")
  func late() throws {
    let scene = try Scene()
    let execution = try scene.start("1.1", limit: .zero)
    usleepOneTick()
    try scene.fleeting()
    try scene.rotateNow()
    _ = try scene.journal().sweep()
    try scene.fleeting()
    try scene.rotateNow()
    try scene.end("1.1")
    try scene.fleeting()
    try scene.rotateNow()
    try scene.pruneOldest()
    #expect(try scene.story(execution) == ["started", "timeout", "late completed"])
    try scene.pruneOldest()
    try scene.pruneOldest()
    #expect(try scene.story(execution) == ["started", "timeout", "late completed"])
    try scene.rotateNow()
    try scene.prune()
    #expect(try scene.allEvents().isEmpty)
  }

  @Test("defect: the owner that joined goes on with the start that is carried")
  func owner() throws {
    let scene = try Scene()
    let execution = try scene.start("1.1")
    try scene.report("1.1")
    try scene.fleeting()
    try scene.rotateNow()
    try scene.start("1.1", owner: getpid(), in: scene.journal(execution: execution))
    try scene.report("1.1")
    try scene.rotateNow()
    try scene.pruneOldest()
    try scene.pruneOldest()
    #expect(try scene.story(execution) == ["started", "task_start"])
    let ended = try scene.start("1.2")
    try scene.fleeting()
    try scene.rotateNow()
    try scene.prune()
    #expect(try scene.story(execution) == ["started", "task_start"])
    let reports = scene.bytes(.droidStatus)
    try scene.remove(scene.state)
    #expect(refusal { try scene.end("1.1") }?.description.contains("\(getpid())") == true)
    #expect(scene.bytes(.droidStatus) == reports)
    try scene.end("1.1", in: scene.journal(caller: getpid()))
    try scene.end("1.2")
    try scene.rotateNow()
    try scene.prune()
    #expect(try scene.story(execution) == [])
    #expect(try scene.story(ended) == [])
  }

  @Test("a file that stays and is damaged keeps nothing from being pruned")
  func damaged() throws {
    let scene = try Scene()
    let open = try scene.start("1.1")
    try scene.rotateNow()
    try scene.write("damage", to: "\(scene.logs)/events.ndjson.7.gz")
    let carried = try CarriedLines(
      going: scene.rotated(.events).map { "\(scene.logs)/\($0)" }.filter { !$0.hasSuffix(".gz") },
      staying: ["\(scene.logs)/events.ndjson.7.gz"],
      current: "\(scene.logs)/events.ndjson")
    var lines: [UInt8] = []
    try carried.forEach(mayEnd: { _ in true }) { lines += $0 }
    #expect(try EventRecord(line: lines.dropLast()).execution == open.text)
  }
}

extension Scene {
  /// An execution that is over at once, so that its file is worth pruning.
  func fleeting() throws {
    try start("9.9")
    try end("9.9")
  }

  /// The names of a stream's rotated files, the oldest first.
  func rotated(_ stream: TrackCore.Stream) throws -> [String] {
    try RotatedFiles(of: stream, in: Directory(path: logs)).files.map(\.name)
  }

  /// The lines of all files of `events`.
  func allEvents() throws -> [EventRecord] {
    try (rotated(.events) + ["events.ndjson"]).flatMap { name in
      try contents("\(logs)/\(name)").split(separator: UInt8(ascii: "\n")).map { try EventRecord(line: Array($0)) }
    }
  }

  /// Makes every rotated file older.
  func age(by seconds: Double) throws {
    for stream in TrackCore.Stream.allCases {
      for file in try RotatedFiles(of: stream, in: Directory(path: logs)).files {
        let time = Timestamp(microseconds: file.modified.microseconds - Int64(seconds * 1e6))
        try Directory(path: logs).file(file.name, .append).setModified(time)
      }
    }
  }

  /// Prunes what was rotated first, and nothing else.
  func pruneOldest() throws {
    guard let oldest = try rotated(.events).first else { return }
    let ending = oldest.dropFirst("events".utf8.count)
    for stream in TrackCore.Stream.allCases {
      for name in try rotated(stream) where name.hasSuffix(ending) {
        try Directory(path: logs).file(name, .append).setModified(Timestamp(microseconds: 1_000_000))
      }
    }
    #expect(try prune(keeping: .seconds(365 * 86_400)).pruned.contains { $0.file == oldest })
  }
}
