/// Looks for what stands in a stream from an offset on, line by line with bounded memory.
struct StreamSearch {
  let path: String
  /// Where to begin; a file that is smaller by now was replaced, so it is searched from its beginning.
  let offset: Int64

  init(_ stream: Stream, in log: borrowing LogDirectory, from offset: Int64) throws(SystemError) {
    path = "\(log.directory.path)/\(stream.fileName)"
    let size = try log.directory.status(stream.fileName)?.size ?? 0
    self.offset = size < offset ? 0 : offset
  }

  /// Those of `lines` that do not stand there, in order.
  func missing(of lines: [[UInt8]]) throws(SystemError) -> [[UInt8]] {
    var wanted = Set(lines)
    guard var reader = try reader() else { return lines }
    while !wanted.isEmpty, let line = try reader.next() {
      if line.isTerminated { wanted.remove(Array(line.bytes[line.range])) }
    }
    return lines.filter { wanted.contains($0) }
  }

  /// Whether an event's id stands there.
  func contains(_ id: EventID) throws(SystemError) -> Bool {
    guard var reader = try reader() else { return false }
    let digits = Array(id.description.utf8)
    while let line = try reader.next() {
      if line.isTerminated, line.bytes.contains(digits, in: line.range) { return true }
    }
    return false
  }

  private func reader() throws(SystemError) -> LineReader? {
    do { return try LineReader(path: path, from: offset) } catch {
      guard error.isAbsence else { throw error }
      return nil
    }
  }
}

extension [UInt8] {
  /// Whether `sequence` stands somewhere in `range`.
  package func contains(_ sequence: [UInt8], in range: Range<Int>) -> Bool {
    guard let first = sequence.first, range.count >= sequence.count else { return sequence.isEmpty }
    let bytes = span
    let wanted = sequence.span
    for start in range.lowerBound...(range.upperBound - sequence.count) where bytes[start] == first {
      var length = 1
      while length < wanted.count, bytes[start + length] == wanted[length] { length += 1 }
      if length == wanted.count { return true }
    }
    return false
  }
}
