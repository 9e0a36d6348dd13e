import FoundationEssentials
import Testing

@testable import TrackCore
@testable import TrackMetrics

@Suite("Log files opened at one moment") final class OpenedLogsTests {
  private let directory: String

  init() throws {
    directory = "\(FileManager.default.temporaryDirectory.path)/opened-\(UInt64.random(in: .min ... .max))"
    try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
    try write("old", to: "events.ndjson")
  }

  deinit { try? FileManager.default.removeItem(atPath: directory) }

  private func write(_ text: String, to name: String) throws {
    try #require(FileManager.default.createFile(atPath: "\(directory)/\(name)", contents: Data("\(text)\n".utf8)))
  }

  private func rename(_ name: String, to other: String) throws {
    try FileManager.default.moveItem(atPath: "\(directory)/\(name)", toPath: "\(directory)/\(other)")
  }

  /// What the files hold when `change` is made after the first listing and before the first file is opened.
  private func contents(_ change: () throws -> Void) throws -> [String: String] {
    var (isChanged, failure): (Bool, (any Error)?) = (false, nil)
    let opened = try OpenedLogs(in: directory) { _ in
      if !isChanged {
        isChanged = true
        do { try change() } catch { failure = error }
      }
      return true
    }
    if let failure { throw failure }
    var contents: [String: String] = [:]
    for file in opened.files {
      let log = try file.content.get()
      contents[file.name] = String(decoding: try log.bytes(Int(log.size), at: 0).dropLast(), as: UTF8.self)
    }
    return contents
  }

  @Test("a rotation in between hides nothing")
  func rotation() throws {
    let found = try contents {
      try rename("events.ndjson", to: "events-20261122T000000Z.ndjson")
      try write("new", to: "events.ndjson")
    }
    #expect(found == ["events-20261122T000000Z.ndjson": "old", "events.ndjson": "new"])
  }

  @Test("nor does one that shifts the files behind their names, as logrotate does")
  func shift() throws {
    try write("older", to: "events.ndjson.1")
    let found = try contents {
      try FileManager.default.removeItem(atPath: "\(directory)/events.ndjson.1")
      try rename("events.ndjson", to: "events.ndjson.1")
      try write("new", to: "events.ndjson")
    }
    #expect(found == ["events.ndjson": "new", "events.ndjson.1": "old"])
  }

  @Test("what is pruned in between is not missed")
  func pruning() throws {
    try write("older", to: "events-1.ndjson")
    let found = try contents { try FileManager.default.removeItem(atPath: "\(directory)/events-1.ndjson") }
    #expect(found == ["events.ndjson": "old"])
  }

  @Test("what cannot be read says so, once")
  func unreadable() throws {
    try FileManager.default.createSymbolicLink(atPath: "\(directory)/a.ndjson", withDestinationPath: "nowhere")
    let opened = try OpenedLogs(in: directory) { _ in true }
    #expect(opened.files.map(\.name) == ["a.ndjson", "events.ndjson"])
    #expect(throws: SystemError.self) { try opened.files[0].content.get() }
  }
}
