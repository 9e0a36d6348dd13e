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
    guard !wanted.isEmpty else { return [] }
    try forEachLine { line in
      wanted.remove(Array(line.bytes[line.range]))
      return wanted.isEmpty
    }
    return lines.filter { wanted.contains($0) }
  }

  /// Whether an event's id stands there.
  func contains(_ id: EventID) throws(SystemError) -> Bool {
    let digits = Array(id.description.utf8)
    var isFound = false
    try forEachLine { line in
      isFound = line.bytes.contains(digits, in: line.range)
      return isFound
    }
    return isFound
  }

  /// Calls `take` with each whole line until it says that it has enough.
  private func forEachLine(_ take: (LineReader.Line) -> Bool) throws(SystemError) {
    for (number, place) in places.enumerated() {
      do {
        if try read(place, take) { return }
      } catch {
        // A rotated file that nobody can read, or not to its end, must not hold up what is written now.
        guard error.isAbsence || (error.isLasting && number > 0) else { throw error }
      }
    }
  }

  private func read(_ place: Place, _ take: (LineReader.Line) -> Bool) throws(SystemError) -> Bool {
    var reader = try LineReader(path: place.path, from: place.offset)
    while let line = try reader.next() {
      if line.isTerminated, take(line) { return true }
    }
    return false
  }
}

extension [UInt8] {
  /// Whether `sequence` stands somewhere in `range`.
  ///
  /// The byte under its end says how far away the next place is where it may stand (Horspool, "Practical fast searching in
  /// strings", 1980).
  package func contains(_ sequence: [UInt8], in range: Range<Int>) -> Bool {
    let (bytes, wanted) = (span, sequence.span)
    guard let end = wanted.indices.last else { return true }
    var steps = InlineArray<256, UInt8>(repeating: UInt8(clamping: wanted.count))
    for place in 0..<end { steps[Int(wanted[place])] = UInt8(clamping: end - place) }
    var start = range.lowerBound
    while start + end < range.upperBound {
      var place = end
      while bytes[start + place] == wanted[place] {
        if place == 0 { return true }
        place -= 1
      }
      start += Int(steps[Int(bytes[start + end])])
    }
    return false
  }
}
