/// Makes the figures of segments that are about to be removed part of those of the ones that were.
///
/// Called with the log directory, the names of the files that go, and the figures so far; the report's side of the
/// journal makes them, which this side knows nothing of.
package typealias PruningFigures = (
  _ directory: String, _ going: Set<String>, _ known: JSONValue
) throws(JournalError) -> JSONValue

/// What a pruning did, or would do.
struct PruningOutcome {
  var pruned: [PrunedSegment] = []
  /// Files that were to go and are not what was sealed.
  var altered: [String] = []
  /// Files that were to go and cannot be read.
  var unreadable: [LeftFile] = []
  /// Audit files that were to go and hold seals of what stays.
  var needed: [LeftFile] = []
}

extension Journal {
  /// Removes rotated files that are beyond what is to be kept; the sweep's lock is held.
  ///
  /// Only what is sealed, finished and as it was sealed is ever removed. The steps, each of which the next sweep goes on from:
  /// lines that must stay are appended anew; the aggregates are replaced, from when on they stand for the files that go; a
  /// tombstone of each is audited and synced; the files are removed; the aggregates note that they are gone.
  /// - Parameter rotating: the files that count as rotated though they are not, in a dry run.
  func prune(
    _ policy: PruningPolicy, isDryRun: Bool, rotating: Set<String>, figures: PruningFigures
  ) throws(JournalError) -> PruningOutcome {
    var outcome = PruningOutcome()
    let removals = try planPruning(policy, rotating)
    guard !removals.isEmpty else { return outcome }
    if !isDryRun { _ = try seal() }
    let next = isDryRun ? try nextSeal() : nil
    do throws(SystemError) {
      let finished = try FinishedSegments(logDirectory, next: next)
      for removal in removals {
        switch try finished.look(at: removal.name, of: removal.stream, policy: removal.policy) {
        case .unfinished: break
        case .whole(_, let measured): outcome.pruned.append(measured)
        case .altered: outcome.altered.append(removal.name)
        case .unreadable(let left): outcome.unreadable.append(left)
        }
      }
      let others = outcome.pruned.filter { $0.stream != .audit }
      let audit = SpareAudit(of: outcome.pruned.filter { $0.stream == .audit }, besides: others, finished.chain)
      (outcome.pruned, outcome.needed) = (others + audit.spare, audit.needed)
    } catch {
      throw pruningFailure(error)
    }
    guard !outcome.pruned.isEmpty, !isDryRun else { return outcome }
    try carryLines(from: outcome.pruned)
    try aggregate(outcome.pruned, figures)
    _ = try removePruned()
    return outcome
  }

  /// Removes the files that the aggregates stand for: what an interrupted pruning had left to do.
  /// - Returns: the files that cannot be read; whether the aggregates stand for them nobody can tell, so they stay.
  func removePruned() throws(JournalError) -> [LeftFile] {
    var aggregates: Aggregates
    var left: [(name: String, segment: PrunedSegment)] = []
    var unreadable: [LeftFile] = []
    do throws(SystemError) {
      aggregates = try Aggregates(in: logDirectory)
      var standing = aggregates.standing
      guard !standing.isEmpty else { return [] }
      for file in try rotatedFiles() {
        do throws(SystemError) {
          if let segment = try standing.take(SealedFile(file.name, in: logDirectory)) {
            left.append((file.name, segment))
          }
        } catch  where error.isLasting {
          unreadable.append(LeftFile(name: file.name, reason: error.message))
        }
      }
    } catch {
      throw pruningFailure(error)
    }
    let digest = SHA256.Digest.of(aggregates.bytes[...])
    try withTransaction { (transaction) throws(JournalError) in
      let isDurable = transaction.durability != .none
      for (_, segment) in left where try !transaction.hasTombstone(of: segment) {
        let line = context.encoder.line(context.audit(.pruned(segment, aggregates: digest)))
        try transaction.append(line, to: .audit, durable: true)
      }
      do throws(SystemError) {
        for (name, _) in left { try transaction.log.directory.remove(name) }
        if isDurable { try transaction.log.directory.handle.sync() }
      } catch {
        throw pruningFailure(error)
      }
    }
    // A file that cannot be read may be one of them.
    guard unreadable.isEmpty else { return unreadable }
    aggregates.noteRemoval()
    try write(aggregates)
    return []
  }

  /// The files that the policy has no room for.
  private func planPruning(
    _ policy: PruningPolicy, _ rotating: Set<String>
  ) throws(JournalError) -> [PruningPlan.Removal] {
    do throws(SystemError) {
      return PruningPlan(try journalFiles(rotating), now: surroundings.machine.now().wall, policy: policy).removals
    } catch {
      throw pruningFailure(error)
    }
  }

  private func rotatedFiles() throws(SystemError) -> [PruningPlan.File] { try journalFiles().filter { !$0.isCurrent } }

  private func journalFiles(_ rotating: Set<String> = []) throws(SystemError) -> [PruningPlan.File] {
    let log = try Directory(path: logDirectory, followingLink: true)
    var files: [PruningPlan.File] = []
    for stream in Stream.allCases {
      if let status = try log.status(stream.fileName) {
        files.append(
          PruningPlan.File(
            stream: stream, name: stream.fileName, size: status.size, modified: status.modified,
            isCurrent: !rotating.contains(stream.fileName)))
      }
      files += try RotatedFiles(of: stream, in: log).files.map {
        PruningPlan.File(stream: stream, name: $0.name, size: $0.size, modified: $0.modified, isCurrent: false)
      }
    }
    return files
  }

  /// Appends to the journal anew what must not go with the files it stands in.
  private func carryLines(from segments: [PrunedSegment]) throws(JournalError) {
    let going = Set(segments.lazy.filter { $0.stream == .events }.map(\.file))
    guard !going.isEmpty else { return }
    let carried: CarriedLines
    do throws(SystemError) {
      let files = try journalFiles().filter { $0.stream == .events }
      func paths(_ isWanted: (PruningPlan.File) -> Bool) -> [String] {
        files.filter(isWanted).map { "\(logDirectory)/\($0.name)" }
      }
      carried = try CarriedLines(
        going: paths { going.contains($0.name) }, staying: paths { !$0.isCurrent && !going.contains($0.name) },
        current: paths(\.isCurrent).first)
    } catch {
      throw pruningFailure(error)
    }
    var lines: [UInt8] = []
    try carried.forEach(mayEnd: try rememberedExecutions()) { execution throws(JournalError) in
      lines += execution
      if lines.count >= 1 << 20 { try append(&lines) }
    }
    try append(&lines)
  }

  private func append(_ lines: inout [UInt8]) throws(JournalError) {
    guard !lines.isEmpty else { return }
    let batch = lines
    lines = []
    try withTransaction { (transaction) throws(JournalError) in
      try transaction.append(batch, to: .events, durable: true)
    }
  }

  /// Tells which executions that ended are remembered, so that a late ending of them would be taken.
  private func rememberedExecutions() throws(JournalError) -> (ExecutionID) -> Bool {
    let ids = try withTransaction { (transaction) throws(JournalError) -> [ExecutionID] in
      do throws(SystemError) { return try transaction.ledger.closedIDs() } catch {
        throw transaction.stateFailure(error)
      }
    }
    let known = Set(ids)
    return { known.contains($0) }
  }

  /// Lets the aggregates stand for the segments.
  private func aggregate(_ segments: [PrunedSegment], _ figures: PruningFigures) throws(JournalError) {
    var aggregates: Aggregates
    do { aggregates = try Aggregates(in: logDirectory) } catch { throw pruningFailure(error) }
    let counted = try figures(logDirectory, Set(segments.map(\.file)), aggregates.figures)
    aggregates.append(segments, figures: counted)
    try write(aggregates)
  }

  private func write(_ aggregates: Aggregates) throws(JournalError) {
    do throws(SystemError) {
      try aggregates.write(in: try Directory(path: logDirectory, followingLink: true))
    } catch {
      throw pruningFailure(error)
    }
  }

  private func pruningFailure(_ error: SystemError) -> JournalError {
    .fileSystem(verb: "prune", path: logDirectory, error)
  }
}

extension Transaction {
  /// Whether the audit file that is written to has the tombstone of a segment.
  fileprivate func hasTombstone(of segment: PrunedSegment) throws(JournalError) -> Bool {
    let path = "\(log.directory.path)/\(Stream.audit.fileName)"
    let digest = Array(segment.digest.utf8)
    let name = SegmentName(stream: segment.stream, segment: segment.segment)
    do throws(SystemError) {
      guard try log.directory.status(Stream.audit.fileName) != nil else { return false }
      var reader = try LineReader(path: path)
      while let line = try reader.next() {
        guard line.isTerminated, line.bytes.contains(digest, in: line.range) else { continue }
        if SegmentName(line: line.bytes, in: line.range) == name { return true }
      }
      return false
    } catch {
      throw .fileSystem(verb: "read", path: path, error)
    }
  }
}
