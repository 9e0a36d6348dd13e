/// Looks for what stands in a stream from an offset on, line by line with bounded memory.
///
/// A rotation may have renamed the file meanwhile, so what is not in the one written to is looked for in those that were
/// written to since the line was made.
struct StreamSearch {
  /// A file, and where to begin in it.
  private struct Place {
    let path: String
    let offset: Int64
  }

  /// The file written to, then the rotated ones, the newest first.
  private let places: [Place]

  /// A file that is smaller than `offset` by now took the place of another, so it is searched from its beginning.
  /// - Parameter time: when what is looked for was made; rotated files that were finished before do not hold it.
  init(
    _ stream: Stream, in log: borrowing LogDirectory, from offset: Int64, since time: Timestamp
  ) throws(SystemError) {
    let directory = log.directory.path
    let size = try log.directory.status(stream.fileName)?.size ?? 0
    let rotated = try RotatedFiles(of: stream, in: log).files.reversed().filter { $0.modified >= time }
    places =
      [Place(path: "\(directory)/\(stream.fileName)", offset: size < offset ? 0 : offset)]
      + rotated.map { Place(path: "\(directory)/\($0.name)", offset: $0.size < offset ? 0 : offset) }
  }

  /// Those of `lines` that do not stand there, in order.
  func missing(of lines: [[UInt8]]) throws(SystemError) -> [[UInt8]] {
    var wanted = Set(lines)
    for place in places {
      guard var reader = try reader(at: place) else { continue }
      while !wanted.isEmpty, let line = try reader.next() {
        if line.isTerminated { wanted.remove(Array(line.bytes[line.range])) }
      }
    }
    return lines.filter { wanted.contains($0) }
  }

  /// Whether an event's id stands there.
  func contains(_ id: EventID) throws(SystemError) -> Bool {
    let digits = Array(id.description.utf8)
    for place in places {
      guard var reader = try reader(at: place) else { continue }
      while let line = try reader.next() {
        if line.isTerminated, line.bytes.contains(digits, in: line.range) { return true }
      }
    }
    return false
  }

  private func reader(at place: Place) throws(SystemError) -> LineReader? {
    do { return try LineReader(path: place.path, from: place.offset) } catch {
      // A rotated file that nobody can read must not hold up what is written now.
      guard error.isAbsence || (error.isLasting && place.path != places[0].path) else { throw error }
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
