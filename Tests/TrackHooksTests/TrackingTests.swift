import FoundationEssentials
import Glibc
import Testing
import TrackCore

@testable import TrackHooks

/// A project in a temporary directory, and the hooks of one session in it, at times that the test chooses.
private final class Session {
  let root: String
  private let journal: Journal
  private let start = Timestamp(microseconds: 1_700_000_000_000_000)

  init() throws {
    root = "\(FileManager.default.temporaryDirectory.path)/hooks-\(UInt64.random(in: .min ... .max))"
    try FileManager.default.createDirectory(atPath: root, withIntermediateDirectories: true)
    let surroundings = Surroundings(machine: .current(), directory: root, environment: [:], caller: 1)
    journal = try Journal(of: Project(root: root), in: surroundings, wait: .seconds(2))
  }

  deinit { try? FileManager.default.removeItem(atPath: root) }

  /// A hook so many seconds after the beginning.
  func hook(_ kind: HookEvent.Kind, at seconds: Double) throws {
    var tracking = SessionTracking(
      .claude, in: journal, files: try .open(of: .claude, in: journal), owner: getpid(),
      now: Timestamp(microseconds: start.microseconds + Int64(seconds * 1e6)), namesDroid: false, environmentFile: nil)
    tracking.take(HookEvent(kind: kind, session: "s"))
  }

  func call(_ id: String) -> ToolCall { ToolCall(tool: "Bash", id: id) }

  /// The lines of the journal's events, by type and status.
  func story() throws -> [String] {
    let bytes = try Path.contents(of: "\(root)/.droid-forge/logs/events.ndjson", maximum: 1 << 20)
    return try bytes.split(separator: UInt8(ascii: "\n")).map { line in
      let record = try EventRecord(line: Array(line))
      let calls: Int? = record.details.integer(HookKey.toolCalls)
      return "\(record.type ?? "") \(record.status ?? "")" + (calls.map { " \($0)" } ?? "")
    }
  }
}

@Suite("A session over time") struct TrackingTests {
  private static let began = "task.execution.started executing"

  @Test("counts are reported once a minute at most, and only where there is something new")
  func reports() throws {
    let session = try Session()
    try session.hook(.sessionStart(source: "startup", model: nil), at: 0)
    for second in 1..<60 { try session.hook(.toolBegins(session.call("\(second)")), at: Double(second)) }
    #expect(try session.story() == [Self.began])
    try session.hook(.toolBegins(session.call("60")), at: 60)
    #expect(try session.story() == [Self.began, "droid.self_report executing 60"])
    try session.hook(.toolBegins(session.call("60")), at: 130)
    #expect(try session.story().count == 2, "a repeated event is nothing new")
    try session.hook(.toolBegins(session.call("61")), at: 131)
    try session.hook(.toolBegins(session.call("62")), at: 132)
    #expect(try session.story() == [Self.began, "droid.self_report executing 60", "droid.self_report executing 61"])
    try session.hook(.sessionEnd(reason: nil), at: 133)
    #expect(try session.story().last == "task.execution.completed completed")
  }

  @Test("that a person is wanted is told at once, and so is that work goes on")
  func waiting() throws {
    let session = try Session()
    try session.hook(.sessionStart(source: nil, model: nil), at: 0)
    for second in [1.0, 2, 3] { try session.hook(.waiting, at: second) }
    #expect(try session.story() == [Self.began, "droid.self_report waiting 0"])
    try session.hook(.turnEnds, at: 4)
    #expect(try session.story().count == 2)
    try session.hook(.prompt, at: 5)
    #expect(try session.story().last == "droid.self_report executing 0")
    try session.hook(.prompt, at: 6)
    try session.hook(.waiting, at: 7)
    #expect(
      try session.story() == [
        Self.began, "droid.self_report waiting 0", "droid.self_report executing 0", "droid.self_report waiting 0",
      ])
    try session.hook(.toolBegins(session.call("1")), at: 8)
    #expect(try session.story().last == "droid.self_report executing 1")
  }

  @Test("a clock that was set back does not silence it")
  func clock() throws {
    let session = try Session()
    try session.hook(.sessionStart(source: nil, model: nil), at: 0)
    try session.hook(.prompt, at: -3_600)
    #expect(try session.story().count == 2)
  }
}
