import FoundationEssentials
import Glibc
import Testing

@testable import TrackCore
@testable import TrackVerify

/// A journal in a temporary directory; removed with the value.
final class MadeJournal: Sendable {
  let root: String
  let configuration: Configuration

  init(_ configure: (inout Configuration) -> Void = { _ in }) throws {
    root = "\(FileManager.default.temporaryDirectory.path)/verify-\(UInt64.random(in: .min ... .max))"
    try FileManager.default.createDirectory(atPath: root, withIntermediateDirectories: true)
    var configuration = Configuration()
    configure(&configuration)
    self.configuration = configuration
  }

  deinit { try? FileManager.default.removeItem(atPath: root) }

  var logs: String { "\(root)/.droid-forge/logs" }

  func journal() throws -> Journal {
    let surroundings = Surroundings(machine: .current(), directory: root, environment: [:], caller: 1)
    return try Journal(of: Project(root: root), in: surroundings, by: configuration, wait: .seconds(20))
  }

  @discardableResult
  func start(_ task: String) throws -> ExecutionID {
    try #require(try journal().start(Start(task: try TaskID(task), description: "d")).execution)
  }

  func report(_ task: String, _ fraction: Double = 0.5) throws {
    var report = SelfReport(kind: .progress)
    report.progress = fraction
    _ = try journal().report(report, of: Target(task: try TaskID(task)))
  }

  func end(_ task: String, _ ending: Ending = .completed, result: JSONObject? = nil) throws {
    _ = try journal().end(ending, of: .task(TaskID(task)), result: result)
  }

  @discardableResult
  func seal() throws -> SealReport? { try journal().seal() }

  /// A whole little life, sealed twice.
  func live() throws {
    try start("1.1")
    try report("1.1")
    try seal()
    try end("1.1", result: ["tests_run": 3])
    try seal()
  }

  var head: SealHead? { get throws { try SealReader(logs).chain().head } }

  // MARK: - Files

  func bytes(_ file: String) throws -> [UInt8] {
    Array(try #require(FileManager.default.contents(atPath: "\(logs)/\(file)")))
  }

  func write(_ bytes: [UInt8], to file: String) throws {
    try #require(FileManager.default.createFile(atPath: "\(logs)/\(file)", contents: Data(bytes)))
  }

  /// Writes one byte in place.
  func write(_ byte: UInt8, at offset: Int, of file: String) throws {
    let descriptor = unsafe open("\(logs)/\(file)", O_WRONLY | O_CLOEXEC)
    defer { close(descriptor) }
    let bytes = [byte]
    let count = unsafe pwrite(descriptor, bytes, 1, off_t(offset))
    if count != 1 { throw SystemError.last("write") }
  }

  func lines(_ file: String) throws -> [[UInt8]] {
    try bytes(file).split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).dropLast().map { Array($0) }
  }

  func write(lines: [[UInt8]], to file: String) throws {
    try write(lines.flatMap { $0 + [UInt8(ascii: "\n")] }, to: file)
  }

  func rename(_ file: String, to other: String) throws {
    try FileManager.default.moveItem(atPath: "\(logs)/\(file)", toPath: "\(logs)/\(other)")
  }

  func remove(_ file: String) throws { try FileManager.default.removeItem(atPath: "\(logs)/\(file)") }

  var names: [String] { ((try? FileManager.default.contentsOfDirectory(atPath: logs)) ?? []).sorted() }

  // MARK: - Looking

  func verify(_ options: VerifyOptions = VerifyOptions()) throws -> Verification {
    try Verification(of: JournalSnapshot(logs), options)
  }

  /// The codes of what is found, with file and line.
  func found(_ options: VerifyOptions = VerifyOptions()) throws -> [String] {
    try verify(options).findings.map { "\($0.code.rawValue) \($0.file)\($0.line.map { ":\($0)" } ?? "")" }
  }
}
