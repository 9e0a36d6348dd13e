import TrackCore

/// Holds a journal's files to its seals.
///
/// A segment's file is found by its lines, whatever it is called now. Ranges are hashed side by side.
struct SealCheck {
  /// A file of the log directory, and the segment that it is.
  private struct Segment {
    let name: SegmentName
    let ranges: [SealedRange]
    let file: JournalFile
  }

  let chain: SealChain
  /// The files of the streams, those put aside by a repair too.
  let files: [JournalFile]
  let threads: Int
  private(set) var findings: [Finding] = []
  /// How many sealed bytes were hashed.
  private(set) var hashedBytes: Int64 = 0
  private var claimed: Set<FileStatus.Identity> = []

  init(_ chain: SealChain, _ files: [JournalFile], threads: Int) {
    self.chain = chain
    self.files = files
    self.threads = threads
  }

  /// Checks everything, against a head that was kept elsewhere too when there is one.
  mutating func run(since head: SealHead?) throws(SystemError) {
    checkChain()
    if let head { check(head) }
    var segments: [Segment] = []
    for stream in TrackCore.Stream.allCases {
      for (segment, ranges) in chain.segments(of: stream).sorted(by: { $0.key < $1.key }) {
        let name = SegmentName(stream: stream, segment: segment)
        if findings.isEmpty { checkJoints(name, ranges) }
        if let file = try file(of: name, ranges) {
          segments.append(Segment(name: name, ranges: ranges, file: file))
          claimed.insert(file.file.identity)
        }
      }
    }
    try hash(segments)
    for segment in segments { try checkEnd(segment) }
    try checkPlace(of: chain.last, segments)
  }

  // MARK: - The chain

  private mutating func checkChain() {
    for record in chain.contradictions {
      add(.sealChain, record, "another seal of the number \(record.seal.sequence) says something else")
    }
    var previous: SealRecord?
    for record in chain.records {
      let expected = (previous?.seal.sequence ?? 0) + 1
      let mayBePruned = previous == nil && chain.pruned.contains { $0.stream == .audit }
      if record.seal.sequence != expected, !mayBePruned {
        let missing =
          expected == record.seal.sequence - 1 ? "\(expected)" : "\(expected) to \(record.seal.sequence - 1)"
        add(.sealChain, record, "seal \(missing) is missing before it")
      } else if record.seal.previous != previous?.digest, !mayBePruned {
        add(.sealChain, record, "the seal before it is not the one that it was written after")
      }
      previous = record
    }
  }

  private mutating func check(_ head: SealHead) {
    let file = TrackCore.Stream.audit.fileName
    guard let record = chain.records.first(where: { $0.seal.sequence == head.sequence }) else {
      let last = chain.last.map { "the last seal is \($0.seal.sequence)" } ?? "there is no seal"
      findings.append(Finding(.head, file: file, "seal \(head.sequence) is not there any more: \(last)"))
      return
    }
    if record.digest != head.digest { add(.head, record, "seal \(head.sequence) is not the one that was kept") }
  }

  private mutating func checkJoints(_ name: SegmentName, _ ranges: [SealedRange]) {
    // The first seals of a segment that was pruned may have gone after it.
    var end = chain.pruned.contains(name) ? ranges.first?.bytes.lowerBound ?? 0 : 0
    for range in ranges {
      if range.bytes.lowerBound != end {
        let text = "seals of \(range.file) leave a gap or overlap at byte \(min(end, range.bytes.lowerBound))"
        findings.append(Finding(.sealChain, file: TrackCore.Stream.audit.fileName, text))
      }
      end = range.bytes.upperBound
    }
  }

  private mutating func add(_ code: Finding.Code, _ record: SealRecord, _ text: String) {
    findings.append(Finding(code, file: record.file, line: record.line, text))
  }

  // MARK: - Files

  /// The file that a segment is; where its lines are not found any more, the one that has its name.
  private mutating func file(of name: SegmentName, _ ranges: [SealedRange]) throws(SystemError) -> JournalFile? {
    guard let last = ranges.last, last.bytes.upperBound > 0 else { return nil }
    let current = name.stream.fileName
    let isLast = !chain.isFinal(name.stream, name.segment)
    let isPruned = chain.pruned.contains(name)
    // What begins with all of its lines, and goes on, is a younger file to which pruning carried them forward.
    let own = files.filter { $0.stream == name.stream && (!isPruned || $0.file.size == last.bytes.upperBound) }
    let hint = isLast && !own.contains { $0.name == last.file } ? current : last.file
    for file in own.filter({ $0.name == hint }) + own.filter({ $0.name != hint }) {
      if try file.file.isFile(of: last) { return file }
    }
    // It went with a tombstone; what bears its name now is the file that was begun after it.
    if isPruned { return nil }
    if let file = own.first(where: { $0.name == (isLast ? current : hint) && !claimed.contains($0.file.identity) }) {
      return file
    }
    let text = "segment \(name.segment) of \(name.stream.name) is missing: \(last.bytes.upperBound) sealed bytes"
    findings.append(Finding(.missingFile, file: last.file, text))
    return nil
  }

  /// Bytes behind the end of a file that was rotated; the current one goes on.
  private mutating func checkEnd(_ segment: Segment) throws(SystemError) {
    guard let end = segment.ranges.last?.bytes.upperBound, chain.isFinal(segment.name.stream, segment.name.segment),
      segment.file.name != segment.name.stream.fileName, segment.file.file.size > end
    else { return }
    let line = 1 + segment.ranges.reduce(0) { $0 + $1.lines }
    let text = "\(segment.file.file.size - end) bytes were added to a file that had been rotated"
    findings.append(Finding(.addedBytes, file: segment.file.name, line: line, text))
  }

  /// A seal stands right behind what it covers of its own stream; for all but the last one the next seal proves it.
  ///
  /// Only a line that was torn when the seal was written may stand between.
  private mutating func checkPlace(of record: SealRecord?, _ segments: [Segment]) throws(SystemError) {
    guard let record, let file = files.first(where: { $0.name == record.file }) else { return }
    var end: Int64 = 0
    if let position = record.seal.position(of: .audit),
      segments.contains(where: {
        $0.name.stream == .audit && $0.name.segment == position.segment && $0.file.name == record.file
      })
    {
      end = position.bytes.upperBound
    }
    guard record.offset != end else { return }
    let between = try file.file.bytes(Int(max(0, min(record.offset - end, 1 << 20))), at: end)
    let isTorn =
      between.lastIndex(of: 0x0A) == between.count - 1 && between.firstIndex(of: 0x0A) == between.count - 1
      && (try? JSONParser.object(between, in: 0..<between.count - 1)) == nil
    if !isTorn { add(.sealChain, record, "there are lines between it and what it sealed") }
  }

  // MARK: - Bytes

  private mutating func hash(_ segments: [Segment]) throws(SystemError) {
    var pieces: [(file: JournalFile, range: SealedRange, line: Int)] = []
    for segment in segments {
      var line = 1
      var isCut = false
      for range in segment.ranges where !range.bytes.isEmpty {
        if range.bytes.upperBound > segment.file.file.size {
          if !isCut {
            let gone = (segment.ranges.last?.bytes.upperBound ?? 0) - segment.file.file.size
            let text = "\(gone) sealed bytes at its end are gone"
            findings.append(Finding(.truncated, file: segment.file.name, text))
          }
          isCut = true
        } else {
          pieces.append((segment.file, range, line))
        }
        line += range.lines
      }
    }
    hashedBytes = pieces.reduce(0) { $0 + Int64($1.range.bytes.count) }
    for place in try changed(pieces.map { ($0.file.file, $0.range) }) {
      let (file, range, line) = pieces[place]
      let text = "lines \(line) to \(line + max(0, range.lines - 1)) are not what was sealed"
      findings.append(Finding(.sealedBytes, file: file.name, line: line, text))
    }
  }

  /// The places of the ranges whose bytes have another digest.
  private func changed(_ pieces: [(file: SealedFile, range: SealedRange)]) throws(SystemError) -> [Int] {
    let work = Monitor((next: 0, changed: [Int](), failure: SystemError?.none))
    Threads.run(min(pieces.count, threads)) {
      while true {
        let place = work.with { state in
          defer { state.next += 1 }
          return state.failure == nil ? state.next : pieces.count
        }
        guard place < pieces.count else { return }
        do throws(SystemError) {
          let digest = try pieces[place].file.measure(pieces[place].range.bytes).digest
          if digest != pieces[place].range.digest { work.with { $0.changed.append(place) } }
        } catch {
          work.with { $0.failure = $0.failure ?? error }
        }
      }
    }
    let (changed, failure) = work.with { ($0.changed, $0.failure) }
    if let failure { throw failure }
    return changed.sorted()
  }
}
