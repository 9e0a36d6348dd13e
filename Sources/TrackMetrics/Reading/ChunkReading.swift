import TrackCore

// A file is read in stretches that any thread may take: a stretch holds the lines that begin in it, wherever they end.

/// A stretch of a file that is scanned as a piece.
struct Chunk {
  let file: LogFile
  /// Where the first line that is read of the file begins.
  let first: Int64
  /// The stretch; `end` is at most the end of the file's last whole line.
  let begin: Int64
  let end: Int64
  /// Where the file's last whole line ends.
  let stop: Int64
}

extension LineBatch {
  /// How far is read behind a stretch at once, for the line that begins in it last.
  private static let slack = 16 * 1024
  /// How much more is read at once for a line that is longer.
  private static let step = 64 * 1024

  /// The room that stretches of `chunk` bytes need.
  static func capacity(chunk: Int) -> Int { chunk + slack + 2 * step + LineReader.maximumLineLength }

  /// Reads and scans the lines that begin in a stretch.
  func read(_ chunk: Chunk) {
    clear()
    do throws(SystemError) {
      // The byte before tells whether a line begins with the stretch.
      let origin = chunk.begin > chunk.first ? chunk.begin - 1 : chunk.begin
      offset = origin
      var count = try load(chunk, 0, Int(min(chunk.end + Int64(Self.slack), chunk.stop) - origin))
      let end = start + Int(chunk.end - origin)
      var position = start
      if origin < chunk.begin {
        guard let before = start.lineFeed(within: end - start - 1) else { return }
        position = before + 1
      }
      while true {
        position = takeLines(position, limit: end, end: start + count)
        guard position < end else { break }
        if let next = parseLine(position, start + count) {
          position = next
        } else if start + count - position > LineReader.maximumLineLength {
          let length = try lengthOfLine(from: position, start + count, chunk)
          return refuse(position, "\(length) bytes long: passed over")
        } else {
          count += try load(chunk, count, min(Self.step, Int(chunk.stop - origin) - count))
        }
      }
    } catch {
      failure = error
    }
  }

  /// Reads and scans the last line of a file, which no line feed ends.
  func readTail(of file: LogFile, from begin: Int64, to end: Int64) {
    clear()
    offset = begin
    let count = Int(end - begin)
    guard count <= LineReader.maximumLineLength else {
      _ = try? load(Chunk(file: file, first: begin, begin: begin, end: end, stop: end), 0, 0)
      return refuse(start, "\(count) bytes long: passed over")
    }
    do throws(SystemError) {
      _ = try load(Chunk(file: file, first: begin, begin: begin, end: end, stop: end), 0, count)
      if let last = scan(start), last == start + count {
        take()
      } else {
        parse(start, count, isFirst: begin == 0, isTerminated: false)
      }
    } catch {
      failure = error
    }
  }

  /// Takes in the line at `position` by way of the parser when all of it is there; where the next one begins.
  private func parseLine(_ position: Cursor, _ end: Cursor) -> Cursor? {
    guard let last = position.lineFeed(within: end - position) else { return nil }
    let count = last - position
    if count > LineReader.maximumLineLength {
      refuse(position, "\(count) bytes long: passed over")
    } else {
      parse(position, count, isFirst: offset == 0 && position == start, isTerminated: true)
    }
    return last + 1
  }

  /// Reads `count` bytes behind `held` ones.
  private func load(_ chunk: Chunk, _ held: Int, _ count: Int) throws(SystemError) -> Int {
    let at = offset + Int64(held)
    let got = unsafe try fill(held..<held + max(0, count)) { buffer throws(SystemError) in
      unsafe try chunk.file.read(into: buffer, at: at)
    }
    guard got == count, count > 0 || held == 0 else {
      throw SystemError(code: 5, call: "read", explanation: "it was cut while it was read")
    }
    return got
  }

  /// The length of a line that is too long to hold.
  private func lengthOfLine(from position: Cursor, _ end: Cursor, _ chunk: Chunk) throws(SystemError) -> Int64 {
    let begin = offset + Int64(position - start)
    var place = offset + Int64(end - start)
    while place < chunk.stop {
      let bytes = try chunk.file.bytes(1 << 18, at: place)
      if let last = bytes.firstIndex(of: 0x0A) { return place + Int64(last) - begin }
      guard !bytes.isEmpty else { break }
      place += Int64(bytes.count)
    }
    return place - begin
  }
}
