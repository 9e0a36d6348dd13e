/// What the next seal is to cover: stretches of the streams' files, behind what was sealed before.
struct SealPlan {
  /// A stretch of a file, not hashed yet.
  struct Stretch {
    let stream: Stream
    let segment: Int
    let file: SealedFile
    let bytes: Range<Int64>
  }

  private(set) var stretches: [Stretch] = []
  /// Ranges of streams whose sealed file is gone: they are repeated, so that the seal still tells how far it was sealed.
  private(set) var repeated: [SealedRange] = []
  /// The seal before.
  let last: SealRecord?

  private let directory: String
  private let reader: SealReader
  /// The segments that went since the seal before.
  ///
  /// What now begins with all lines of such a one is another file, to which pruning carried them forward.
  private let pruned: Set<SegmentName>

  /// Looks at the log directory at `path`; made under the lock, so that no line is half written.
  init(_ path: String) throws(SystemError) {
    directory = path
    reader = try SealReader(path)
    last = try reader.last()
    pruned = if let last { try reader.pruned(after: last) } else { [] }
    let names = try Directory(path: path, followingLink: true).names().filter { !SealedFile.isCompressed($0) }
    for stream in Stream.allCases {
      let own = names.filter { Stream(ofFile: $0) == stream }.sorted()
      if !own.isEmpty || last?.seal.position(of: stream) != nil { try plan(stream, own) }
    }
  }

  /// Whether there is nothing to seal but the line of the last seal.
  func isEmpty() throws(SystemError) -> Bool {
    for stretch in stretches where !stretch.bytes.isEmpty {
      guard stretch.stream == .audit, let last, stretch.bytes.count == last.length + 1 else { return false }
      guard try stretch.file.line(endingAt: stretch.bytes.upperBound) == last.digest else { return false }
    }
    return true
  }

  /// Whether the files are still there as they were planned on, and no other seal was written meanwhile.
  func isCurrent(in log: borrowing LogDirectory) throws(SystemError) -> Bool {
    for stretch in stretches {
      guard let status = try log.directory.status(stretch.file.name), status.identity == stretch.file.identity,
        status.size >= stretch.bytes.upperBound
      else { return false }
    }
    return try SealReader(directory).last()?.digest == last?.digest
  }

  private mutating func plan(_ stream: Stream, _ names: [String]) throws(SystemError) {
    let position = last?.seal.position(of: stream)
    var current: SealedFile?
    if names.contains(stream.fileName) { current = try SealedFile(stream.fileName, in: directory) }
    if let position, let current, try isFile(current, of: position) {
      return try add(stream, position.segment, current, from: position.bytes.upperBound)
    }
    try planRotated(stream, names.filter { $0 != stream.fileName }, current, position)
  }

  /// Plans a stream whose file is not the one that was sealed last: what is left of that one, files that nobody sealed
  /// in the order of their first lines, and the new file.
  private mutating func planRotated(
    _ stream: Stream, _ names: [String], _ current: SealedFile?, _ position: SealedRange?
  ) throws(SystemError) {
    let known = position == nil ? KnownSegments() : KnownSegments(of: stream, try reader.chain())
    // What an interrupted pruning left goes with the next sweep.
    var standing = try Aggregates.undamaged(in: directory).standing
    var rest: SealedFile?
    var unsealed: [(time: Timestamp, file: SealedFile)] = []
    for name in names {
      guard let file = try file(name), try file.firstLine() != nil else { continue }
      if let position, rest == nil, try isFile(file, of: position) {
        rest = file
      } else if !name.hasSuffix(".bad"), try !known.contains(file), try standing.take(file) == nil {
        unsealed.append((try file.firstTime(), file))
      }
    }
    if let position {
      if let rest {
        let bytes = position.bytes.upperBound..<rest.size
        stretches.append(Stretch(stream: stream, segment: position.segment, file: rest, bytes: bytes))
      } else {
        var range = position
        range.bytes = position.bytes.upperBound..<position.bytes.upperBound
        (range.lines, range.digest) = (0, .of([]))
        repeated.append(range)
      }
    }
    var segment = position?.segment ?? 0
    for (_, file) in unsealed.sorted(by: { ($0.time, $0.file.name) < ($1.time, $1.file.name) }) {
      segment += 1
      stretches.append(Stretch(stream: stream, segment: segment, file: file, bytes: 0..<file.size))
    }
    // A file that was just made is not a segment before it holds a line: until then the one before it may be its own.
    guard let current else { return }
    let isEmpty = try current.endOfLastLine() == 0
    if position == nil || !isEmpty { try add(stream, segment + 1, current, from: 0) }
  }

  private func isFile(_ file: SealedFile, of position: SealedRange) throws(SystemError) -> Bool {
    if pruned.contains(SegmentName(stream: position.stream, segment: position.segment)) { return false }
    return try file.isFile(of: position)
  }

  /// The file of that name; nil when it is a directory, a link or another thing that holds no lines.
  private func file(_ name: String) throws(SystemError) -> SealedFile? {
    do { return try SealedFile(name, in: directory) } catch {
      guard error.isWrongKind else { throw error }
      return nil
    }
  }

  private mutating func add(
    _ stream: Stream, _ segment: Int, _ file: SealedFile, from start: Int64
  ) throws(SystemError) {
    let bytes = start..<(try file.endOfLastLine(from: start))
    stretches.append(Stretch(stream: stream, segment: segment, file: file, bytes: bytes))
  }
}

/// The segments of a stream that were sealed, as far as files can be told to be theirs.
private struct KnownSegments {
  /// The last range of each, by its first line.
  private var ranges: [SHA256.Digest: [SealedRange]] = [:]
  private var pruned: Set<SegmentName> = []

  init() {}

  init(of stream: Stream, _ chain: SealChain) {
    pruned = chain.pruned
    for (_, sealed) in chain.segments(of: stream) {
      guard let last = sealed.last, let first = last.firstLine else { continue }
      ranges[first, default: []].append(last)
    }
  }

  /// Whether a file is one of them, altered perhaps.
  ///
  /// The first line tells, but not of one that went: a line that pruning carried forward from it may be the first one of a
  /// younger file.
  func contains(_ file: SealedFile) throws(SystemError) -> Bool {
    guard let first = try file.firstLine() else { return false }
    return (ranges[first] ?? []).contains {
      !pruned.contains(SegmentName(stream: $0.stream, segment: $0.segment))
    }
  }
}

extension SealPlan.Stretch {
  /// What stands in the audit stream behind what `seal` covers of it; nil when that is nothing.
  init?(behind seal: Seal, in directory: String) throws(SystemError) {
    let file: SealedFile
    do { file = try SealedFile(Stream.audit.fileName, in: directory) } catch {
      guard error.isAbsence else { throw error }
      return nil
    }
    let end = try file.endOfLastLine()
    var (segment, start): (Int, Int64) = (1, 0)
    if let position = seal.position(of: .audit) {
      let isSame = try file.isFile(of: position)
      (segment, start) = isSame ? (position.segment, position.bytes.upperBound) : (position.segment + 1, 0)
    }
    guard end > start else { return nil }
    self.init(stream: .audit, segment: segment, file: file, bytes: start..<end)
  }
}

extension SealedFile {
  /// The time that the first line tells; the earliest of all when it tells none.
  fileprivate func firstTime() throws(SystemError) -> Timestamp {
    let line = try bytes(EventEncoder.maximumLineLength, at: 0).prefix { $0 != 0x0A }
    return (try? EventRecord(line: Array(line)))?.timestamp ?? Timestamp(microseconds: .min)
  }
}
