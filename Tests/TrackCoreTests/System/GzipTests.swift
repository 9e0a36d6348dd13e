import FoundationEssentials
import Testing

@testable import TrackCore

@Suite("Compressed files") struct GzipTests {
  private let lines: [UInt8] = (0..<20_000).flatMap {
    Array("{\"n\": \($0), \"text\": \"Γειά σου \($0 * $0)\"}\n".utf8)
  }

  @Test("what was packed in members is read from any place on", arguments: [1, 7, 4_096, 300_000])
  func members(step: Int) throws {
    let file = try Packed(lines)
    let packed = try LogFile(path: file.path)
    #expect(packed.size == Int64(lines.count))
    var read: [UInt8] = []
    let stop = step < 100 ? 2_000 : lines.count
    while read.count < stop {
      let bytes = try packed.bytes(step, at: Int64(read.count))
      try #require(!bytes.isEmpty)
      read += bytes
    }
    #expect(read[...] == lines[..<read.count])
    #expect(try packed.bytes(10, at: Int64(lines.count)).isEmpty)
    let boundary = Gzip.contentLength - 5
    #expect(try packed.bytes(10, at: Int64(boundary)) == Array(lines[boundary..<boundary + 10]))
  }

  @Test("lines are read as those of the file itself, from any of them on")
  func reader() throws {
    let file = try Packed(lines)
    let wanted = lines.split(separator: 10).map { Array($0) }
    var reader = try LineReader(path: file.path, chunkSize: 4_096)
    for (number, text) in wanted.enumerated() {
      let line = try #require(try reader.next())
      guard Array(line.bytes[line.range]) == text else {
        Issue.record("line \(number) differs")
        return
      }
    }
    #expect(try reader.next() == nil)
    let offset = Int64(lines.firstIndex(of: 10).map { $0 + 1 } ?? 0)
    var rest = try LineReader(path: file.path, from: offset)
    let second = try #require(try rest.next())
    #expect(Array(second.bytes[second.range]) == wanted[1])
  }

  @Test("what other programs packed is read, too, in one member or several", arguments: [1, 3])
  func foreign(parts: Int) throws {
    let file = try Packed([])
    let size = lines.count / parts + 1
    var bytes: [UInt8] = []
    for start in stride(from: 0, to: lines.count, by: size) {
      bytes += try gzip(Array(lines[start..<min(lines.count, start + size)]))
    }
    try file.write(bytes)
    let read = try LogFile(path: file.path)
    #expect(try read.bytes(lines.count + 1, at: 0) == lines)
    #expect(file.names == ["file.gz"])
  }

  @Test("a file that is cut or altered anywhere is damaged, never read as something else")
  func damage() throws {
    let whole = try Packed(lines)
    let bytes = whole.bytes
    let file = try Packed([])
    for cut in [0, 1, 23, 24, 25, bytes.count / 2, bytes.count - 1] {
      try file.write(Array(bytes[..<cut]))
      #expect(throws: SystemError.self) {
        let read = try LogFile(path: file.path)
        _ = try read.bytes(lines.count, at: 0)
      }
    }
    for place in stride(from: 0, to: bytes.count, by: 997) {
      var altered = bytes
      altered[place] ^= 1
      try file.write(altered)
      let read = try? LogFile(path: file.path).bytes(lines.count, at: 0)
      // In the header of gzip there are bytes that mean nothing to the content, such as a time.
      #expect(read == nil || read == lines, "byte \(place)")
    }
  }

  @Test("a file that is made to fill the disk is refused")
  func bomb() throws {
    let file = try Packed([])
    let zeros = [UInt8](repeating: 0, count: 1 << 20)
    var bytes: [UInt8] = []
    for _ in 0..<40 { bytes += try gzip(zeros) }
    try file.write(bytes)
    #expect(throws: SystemError.self) { try LogFile(path: file.path) }
    #expect(file.names == ["file.gz"])
  }
}

/// A compressed file in a directory of its own; removed with the value.
private final class Packed {
  let directory = "\(FileManager.default.temporaryDirectory.path)/gzip-\(UInt64.random(in: .min ... .max))"
  var path: String { "\(directory)/file.gz" }

  init(_ content: [UInt8]) throws {
    try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
    var bytes: [UInt8] = []
    for start in stride(from: 0, to: content.count, by: Gzip.contentLength) {
      bytes += try Gzip.member(Array(content[start..<min(content.count, start + Gzip.contentLength)]))
    }
    try write(bytes)
  }

  deinit { try? FileManager.default.removeItem(atPath: directory) }

  var bytes: [UInt8] { FileManager.default.contents(atPath: path).map { Array($0) } ?? [] }
  var names: [String] { (try? FileManager.default.contentsOfDirectory(atPath: directory)) ?? [] }

  func write(_ bytes: [UInt8]) throws {
    try #require(FileManager.default.createFile(atPath: path, contents: Data(bytes)))
  }
}

/// `bytes` as another program packs them: no extra field.
private func gzip(_ bytes: [UInt8]) throws -> [UInt8] {
  let member = try Gzip.member(bytes)
  return [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3] + member[Gzip.headerLength...]
}
