import Glibc
import Testing
import TrackCore
import TrackMetrics

/// What the repository's `Tests/Fixtures` holds.
enum Fixture {
  private static let root = "\(#filePath)".split(separator: "/").dropLast(2).reduce("") { "\($0)/\($1)" } + "/Fixtures"

  /// A directory of the original's logs, named as in its own project.
  static func original(_ name: String) -> LogSource {
    LogSource(path: "\(root)/original/\(name)", label: ".droid-forge/logs")
  }

  /// Compares `text` with a golden file, or records it when TRACK_RECORD is set.
  static func expect(_ text: String, equals name: String, _ location: SourceLocation = #_sourceLocation) throws {
    let path = "\(root)/reports/\(name)"
    if unsafe getenv("TRACK_RECORD") != nil { try write(text, to: path) }
    var reader = try LineReader(path: path)
    var golden = ""
    while let line = try reader.next() { golden += String(decoding: line.bytes[line.range], as: UTF8.self) + "\n" }
    #expect(text == golden, "differs from \(name)", sourceLocation: location)
  }

  private static func write(_ text: String, to path: String) throws {
    let bytes = Array(text.utf8)
    let descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o644)
    try #require(descriptor >= 0)
    let written = unsafe Glibc.write(descriptor, bytes, bytes.count)
    close(descriptor)
    try #require(written == bytes.count)
  }
}
