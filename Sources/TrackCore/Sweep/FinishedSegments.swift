/// The rotated files that seals say are finished, so that what is in them is proven.
struct FinishedSegments {
  /// A rotated file and what the seals say of it.
  struct Segment {
    let stream: Stream
    let number: Int
    let file: SealedFile
    let ranges: [SealedRange]
    let firstLine: SHA256.Digest
  }

  let chain: SealChain
  private let directory: String

  /// Reads the seals in the log directory at `path`.
  /// - Parameter next: a seal that would be written, which counts as if it were there.
  init(_ path: String, next: Seal? = nil) throws(SystemError) {
    directory = path
    let written = try SealReader(path).chain()
    guard let next else {
      chain = written
      return
    }
    let record = SealRecord(
      seal: next, digest: .of([]), file: Stream.audit.fileName, line: 0, offset: .max, length: 0)
    chain = SealChain(written.records + [record], pruned: written.pruned)
  }

  /// The finished segment that a file is; nil when it is none.
  func segment(_ name: String, of stream: Stream) throws(SystemError) -> Segment? {
    let file = try SealedFile(name, in: directory)
    guard let first = try file.firstLine() else { return nil }
    // Nobody writes to a rotated file but a writer that had it open, and that one writes its lines to the new file, too. So
    // one that is sealed to its end is finished even while the stream has nothing new.
    for (number, ranges) in chain.segments(of: stream).sorted(by: { $0.key < $1.key }) {
      guard let last = ranges.last, last.firstLine == first, last.bytes.upperBound == file.size,
        try file.isFile(of: last)
      else { continue }
      // What was carried forward from one that is gone may be all that a younger one holds.
      if chain.pruned.contains(SegmentName(stream: stream, segment: number)) { continue }
      return Segment(stream: stream, number: number, file: file, ranges: ranges, firstLine: first)
    }
    return nil
  }
}

extension FinishedSegments {
  /// What is to be known of a rotated file before it goes or is compressed.
  enum Look {
    /// The seals do not say that it is finished.
    case unfinished
    /// It is what was sealed.
    case whole(Segment, PrunedSegment)
    /// It is not.
    case altered
    /// Nobody can tell.
    case unreadable(LeftFile)
  }

  /// Looks at a file; `policy` is what a tombstone says of it.
  /// - Throws: what may not be so the next time, such as a disk that fails.
  func look(at name: String, of stream: Stream, policy: String) throws(SystemError) -> Look {
    do throws(SystemError) {
      guard let segment = try segment(name, of: stream) else { return .unfinished }
      guard let measured = try segment.measured(policy: policy) else { return .altered }
      return .whole(segment, measured)
    } catch  where error.isLasting {
      return .unreadable(LeftFile(name: name, reason: error.message))
    }
  }
}

extension FinishedSegments.Segment {
  /// What a tombstone says of the segment; nil when the file is not what was sealed.
  func measured(policy: String) throws(SystemError) -> PrunedSegment? {
    var end: Int64 = 0
    var lines = 0
    for range in ranges {
      guard range.bytes.lowerBound == end else { return nil }
      let (digest, count) = try file.measure(range.bytes)
      guard digest == range.digest else { return nil }
      end = range.bytes.upperBound
      lines += count
    }
    guard end == file.size else { return nil }
    return PrunedSegment(
      stream: stream, segment: number, file: file.name, bytes: file.size, records: lines,
      first: try time(at: 0), last: try time(at: try lastLineOffset()), policy: policy,
      sha256: try file.measure(0..<file.size).digest, firstLine: firstLine)
  }

  private func lastLineOffset() throws(SystemError) -> Int64 {
    let begin = max(0, file.size - Int64(EventEncoder.maximumLineLength) - 1)
    let bytes = try file.bytes(Int(file.size - begin), at: begin)
    return begin + Int64(bytes.dropLast().lastIndex(of: 0x0A).map { $0 + 1 } ?? 0)
  }

  private func time(at offset: Int64) throws(SystemError) -> Timestamp? {
    let line = try file.bytes(EventEncoder.maximumLineLength, at: offset).prefix { $0 != 0x0A }
    return (try? EventRecord(line: Array(line)))?.timestamp
  }
}
