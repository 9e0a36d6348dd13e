/// Finds seals in the audit files of a log directory.
package struct SealReader {
  private let directory: String
  /// The audit files, the one that is written to first.
  private let files: [String]

  /// Looks what audit files there are in the directory at `path`.
  package init(_ path: String) throws(SystemError) {
    directory = path
    let all = Set(try Directory(path: path, followingLink: true).names())
    let names = all.filter { Stream(ofFile: $0) == .audit && !$0.hasSuffix(".bad") && !LogFile.isCopy($0, among: all) }
    let current = Stream.audit.fileName
    files = names.filter { $0 == current } + names.filter { $0 != current }.sorted()
  }

  /// All seals.
  ///
  /// Where audit files were pruned, and tombstones with them, the aggregates tell which segments are gone.
  package func chain() throws(SystemError) -> SealChain {
    var found: [SealRecord] = []
    var pruned: Set<SegmentName> = []
    for file in files {
      try passingOver(file) { () throws(SystemError) in
        try readSeals(of: file, from: 0, into: &found, &pruned)
      }
    }
    if pruned.contains(where: { $0.stream == .audit }) {
      let gone = try Aggregates.undamaged(in: directory).segments
      pruned.formUnion(gone.map { SegmentName(stream: $0.stream, segment: $0.segment) })
    }
    return SealChain(found, pruned: pruned)
  }

  /// The segments that were removed since a seal was written.
  package func pruned(after seal: SealRecord) throws(SystemError) -> Set<SegmentName> {
    var (found, pruned): ([SealRecord], Set<SegmentName>) = ([], [])
    try readSeals(of: seal.file, from: seal.offset, into: &found, &pruned)
    if let current = files.first, current != seal.file { try readSeals(of: current, from: 0, into: &found, &pruned) }
    return pruned
  }

  /// The last seal, looked for from the end of the audit stream; nil when there is none.
  package func last() throws(SystemError) -> SealRecord? {
    var last: SealRecord?
    for file in files {
      var found: SealRecord?
      try passingOver(file) { () throws(SystemError) in found = try lastSeal(of: file) }
      if let found, found.seal.sequence > last?.seal.sequence ?? 0 { last = found }
      if file == Stream.audit.fileName, last != nil { break }
    }
    return last
  }

  /// Reads a file; a rotated one that nobody can read, or not to its end, has no more seals for anybody.
  ///
  /// One that only we may not read is an error: a chain that went on without the seals in it would contradict them.
  private func passingOver(_ file: String, _ read: () throws(SystemError) -> Void) throws(SystemError) {
    do throws(SystemError) { try read() } catch {
      let isLost = error.isDamage || error.isTooLarge || error.isWrongKind
      guard isLost, file != Stream.audit.fileName else { throw error }
    }
  }

  private func lastSeal(of name: String) throws(SystemError) -> SealRecord? {
    let file = try SealedFile(name, in: directory)
    var window: Int64 = 256 * 1024
    while true {
      let start = max(0, file.size - window)
      // The line that the window begins in is told by the next, larger one.
      let offset =
        start == 0 ? 0 : start + Int64(try file.bytes(1 << 20, at: start).firstIndex(of: 0x0A).map { $0 + 1 } ?? 0)
      var (seals, pruned): ([SealRecord], Set<SegmentName>) = ([], [])
      try readSeals(of: name, from: offset, into: &seals, &pruned)
      if let last = seals.max(by: { $0.seal.sequence < $1.seal.sequence }) { return last }
      if start == 0 { return nil }
      window *= 4
    }
  }

  /// Appends the seals of a file, and adds the segments that its tombstones name.
  private func readSeals(
    of file: String, from offset: Int64, into seals: inout [SealRecord], _ pruned: inout Set<SegmentName>
  ) throws(SystemError) {
    let wanted = Array("\"\(Seal.action)\"".utf8)
    let tombstone = Array("\"\(SegmentName.prunedAction)\"".utf8)
    var reader = try LineReader(path: "\(directory)/\(file)", from: offset)
    while let line = try reader.next() {
      // A line that is not just as it was written is not the seal that was written.
      guard line.isTerminated, line.range.count == line.length, line.bytes.contains(wanted, in: line.range),
        let record = SealRecord(
          line: line.bytes, in: line.range, file: file, number: offset == 0 ? line.number : 0, offset: line.offset)
      else {
        if line.bytes.contains(tombstone, in: line.range), let name = SegmentName(line: line.bytes, in: line.range) {
          pruned.insert(name)
        }
        continue
      }
      seals.append(record)
    }
  }
}
