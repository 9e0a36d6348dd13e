import Glibc
import Testing
import TrackCore

@Suite struct LineReaderTests {
  @Test("lines are the same whatever the size of a chunk", arguments: [1, 2, 3, 7, 4_096])
  func chunks(size: Int) throws {
    let file = try TemporaryFile(Array("{}\nsecond\r\n\n{\"a\": 1}\n".utf8))
    let lines = try readAll(file.path, chunkSize: size)
    #expect(lines.map(\.text) == ["{}", "second", "", "{\"a\": 1}"])
    #expect(lines.map(\.number) == [1, 2, 3, 4])
    #expect(lines.map(\.offset) == [0, 3, 11, 12])
    #expect(lines.allSatisfy { $0.isTerminated })
  }

  @Test("a last line without LF is told apart")
  func tornTail() throws {
    let file = try TemporaryFile(Array("{}\n{\"event".utf8))
    let lines = try readAll(file.path)
    #expect(lines.map(\.text) == ["{}", "{\"event"])
    #expect(lines.map(\.isTerminated) == [true, false])
  }

  @Test("a line too long to hold is told by its length and the next ones are read", arguments: [16, 100])
  func tooLong(chunkSize: Int) throws {
    let long = [UInt8](repeating: UInt8(ascii: "x"), count: 1_000)
    let file = try TemporaryFile(Array("a\n".utf8) + long + Array("\nb\n".utf8) + long)
    let lines = try readAll(file.path, maximumLineLength: 50, chunkSize: chunkSize)
    #expect(lines.map(\.text) == ["a", "", "b", ""])
    #expect(lines.map(\.length) == [1, 1_000, 1, 1_000])
    #expect(lines.map(\.isTooLong) == [false, true, false, true])
    #expect(lines.map(\.isTerminated) == [true, true, true, false])
  }

  @Test("a line of exactly the longest length is held")
  func longest() throws {
    let file = try TemporaryFile(Array("12345\n123456\n".utf8))
    let lines = try readAll(file.path, maximumLineLength: 5, chunkSize: 2)
    #expect(lines.map(\.isTooLong) == [false, true])
    #expect(lines.first?.text == "12345")
  }

  @Test("a byte-order mark and NUL bytes stand outside the line")
  func byteOrderMarkAndNULs() throws {
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    let file = try TemporaryFile(mark + Array("{}\n\0\0\0{}\n\0\0\n".utf8) + mark + Array("\n".utf8))
    let lines = try readAll(file.path)
    #expect(lines.map(\.text) == ["{}", "{}", "", "\u{FEFF}"])
    #expect(lines.map(\.leadingNULs) == [0, 3, 2, 0])
  }

  @Test("reading goes on at the offset where a line begins")
  func offset() throws {
    let file = try TemporaryFile(Array("first\nsecond\nthird\n".utf8))
    var reader = try LineReader(path: file.path, from: 6)
    let line = try #require(try reader.next())
    #expect(String(decoding: line.bytes[line.range], as: UTF8.self) == "second")
    #expect(line.offset == 6)
  }

  @Test("an empty file has no lines")
  func empty() throws {
    let file = try TemporaryFile([])
    #expect(try readAll(file.path).isEmpty)
  }

  @Test("what is no regular file is refused")
  func refusals() throws {
    let file = try TemporaryFile([])
    let link = file.path + ".link"
    try #require(unsafe symlink(file.path, link) == 0)
    defer { unsafe unlink(link) }
    let fifo = file.path + ".fifo"
    try #require(unsafe mkfifo(fifo, 0o600) == 0)
    defer { unsafe unlink(fifo) }

    #expect(refusal(of: link)?.message == "it is a symbolic link")
    #expect(refusal(of: fifo)?.message == "it is not a regular file")
    #expect(refusal(of: "/")?.message == "it is not a regular file")
    #expect(refusal(of: file.path + ".none")?.code == ENOENT)
  }
}

private struct ReadLine {
  let text: String, number: Int, offset: Int64, length: Int, leadingNULs: Int, isTooLong: Bool, isTerminated: Bool
}

private func readAll(
  _ path: String, maximumLineLength: Int = LineReader.maximumLineLength, chunkSize: Int = 64
) throws(SystemError) -> [ReadLine] {
  var reader = try LineReader(path: path, maximumLineLength: maximumLineLength, chunkSize: chunkSize)
  var lines: [ReadLine] = []
  while let line = try reader.next() {
    lines.append(
      ReadLine(
        text: String(decoding: line.bytes[line.range], as: UTF8.self), number: line.number, offset: line.offset,
        length: line.length, leadingNULs: line.leadingNULs, isTooLong: line.isTooLong,
        isTerminated: line.isTerminated))
  }
  return lines
}

private func refusal(of path: String) -> SystemError? {
  do throws(SystemError) {
    _ = try LineReader(path: path)
    return nil
  } catch {
    return error
  }
}

/// A file that lives as long as its value.
private final class TemporaryFile {
  let path: String

  init(_ content: [UInt8]) throws {
    var template = Array("/tmp/line-reader-XXXXXX".utf8CString)
    let descriptor = unsafe mkstemp(&template)
    try #require(descriptor >= 0)
    path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    let written = unsafe write(descriptor, content, content.count)
    close(descriptor)
    try #require(written == content.count)
  }

  deinit { unsafe unlink(path) }
}
