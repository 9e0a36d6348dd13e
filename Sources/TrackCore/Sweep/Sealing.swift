/// What a seal fixed.
public struct SealReport: Hashable, Sendable {
  /// The seal's number.
  public let sequence: Int
  /// How many bytes it covers.
  public let bytes: Int64
  /// The digest of its line, which with the number is the head of the chain; nil in a dry run.
  package let digest: SHA256.Digest?

  /// The digest as text.
  public var sha256: String? { digest?.description }
}

extension Journal {
  /// How many bytes of a file are hashed as one piece; pieces are hashed side by side.
  private static let pieceLength: Int64 = 64 << 20
  /// The most pieces of one file: the ranges of a seal are to fit into one line.
  private static let pieceCount: Int64 = 16

  /// Seals what was added to the streams since the last seal; the sweep's lock is held.
  ///
  /// Sizes are taken under the journal's lock. Hashing, and making durable what is hashed, happens outside it. The seal is
  /// appended under it when the files are still the same ones.
  /// - Returns: nil when nothing but the last seal was added.
  func seal(isDryRun: Bool = false) throws(JournalError) -> SealReport? {
    for _ in 0..<4 {
      let plan = try planSeal()
      guard let plan else { return nil }
      let sequence = (plan.last?.seal.sequence ?? 0) + 1
      let bytes = plan.stretches.reduce(0) { $0 + Int64($1.bytes.count) }
      if isDryRun { return SealReport(sequence: sequence, bytes: bytes, digest: nil) }
      try makeDurable(plan)
      let seal = try makeSeal(plan)
      if let digest = try append(seal, by: plan) {
        return SealReport(sequence: sequence, bytes: bytes, digest: digest)
      }
    }
    throw sealFailure(
      SystemError(code: 11, call: "seal", explanation: "its files were replaced while they were hashed, four times"))
  }

  /// The seal that `seal` would write now; nil when that is none.
  func nextSeal() throws(JournalError) -> Seal? {
    if let plan = try planSeal() { try makeSeal(plan) } else { nil }
  }

  private func makeSeal(_ plan: SealPlan) throws(JournalError) -> Seal {
    Seal(sequence: (plan.last?.seal.sequence ?? 0) + 1, previous: plan.last?.digest, ranges: try hash(plan))
  }

  /// What is to be sealed; nil when that is nothing.
  private func planSeal() throws(JournalError) -> SealPlan? {
    try withTransaction { (transaction) throws(JournalError) -> SealPlan? in
      do throws(SystemError) {
        let plan = try SealPlan(transaction.log.directory.path)
        return try plan.isEmpty() ? nil : plan
      } catch {
        throw sealFailure(error)
      }
    }
  }

  /// Appends the seal; nil when it does not fit what is there any more.
  private func append(_ seal: Seal, by plan: SealPlan) throws(JournalError) -> SHA256.Digest? {
    try withTransaction { (transaction) throws(JournalError) -> SHA256.Digest? in
      var seal = seal
      do throws(SystemError) {
        guard try plan.isCurrent(in: transaction.log) else { return nil }
        // What was audited while we hashed, so that the seal stands right behind what it covers.
        if let stretch = try SealPlan.Stretch(behind: seal, in: transaction.log.directory.path) {
          seal.ranges.append(try SealedRange(stretch))
        }
      } catch {
        throw sealFailure(error)
      }
      let line = context.encoder.line(context.audit(.sealed(seal)))
      transaction.holdSignals()
      try transaction.append(line, to: .audit, durable: true)
      return .of(line.dropLast())
    }
  }

  private func sealFailure(_ error: SystemError) -> JournalError {
    .fileSystem(verb: "seal", path: logDirectory, error)
  }

  /// Syncs what is to be sealed: what a power cut may take must not be.
  private func makeDurable(_ plan: SealPlan) throws(JournalError) {
    do throws(SystemError) {
      for stretch in plan.stretches where !stretch.bytes.isEmpty { try stretch.file.syncData() }
    } catch {
      throw sealFailure(error)
    }
  }

  /// The ranges of a plan, hashed by as many threads as there are processors.
  private func hash(_ plan: SealPlan) throws(JournalError) -> [SealedRange] {
    do throws(SystemError) {
      var pieces: [SealPlan.Stretch] = []
      for stretch in plan.stretches { pieces += try Self.pieces(of: stretch) }
      return try plan.repeated + Self.ranges(of: pieces)
    } catch {
      throw sealFailure(error)
    }
  }

  private static func pieces(of stretch: SealPlan.Stretch) throws(SystemError) -> [SealPlan.Stretch] {
    let length = max(pieceLength, Int64(stretch.bytes.count) / pieceCount + 1)
    var pieces: [SealPlan.Stretch] = []
    var start = stretch.bytes.lowerBound
    repeat {
      var end = stretch.bytes.upperBound
      if end - start > length, let feed = try stretch.file.bytes(1 << 20, at: start + length).firstIndex(of: 0x0A) {
        end = min(end, start + length + Int64(feed) + 1)
      }
      pieces.append(
        SealPlan.Stretch(stream: stretch.stream, segment: stretch.segment, file: stretch.file, bytes: start..<end))
      start = end
    } while start < stretch.bytes.upperBound
    return pieces
  }

  private static func ranges(of pieces: [SealPlan.Stretch]) throws(SystemError) -> [SealedRange] {
    let work = Monitor((next: 0, done: [SealedRange?](repeating: nil, count: pieces.count), failure: SystemError?.none))
    Threads.run(min(pieces.count, Threads.processors)) {
      while true {
        let place = work.with { state in
          defer { state.next += 1 }
          return state.failure == nil ? state.next : pieces.count
        }
        guard place < pieces.count else { return }
        do throws(SystemError) {
          let range = try SealedRange(pieces[place])
          work.with { $0.done[place] = range }
        } catch {
          work.with { $0.failure = $0.failure ?? error }
        }
      }
    }
    let (done, failure) = work.with { ($0.done, $0.failure) }
    if let failure { throw failure }
    return done.compactMap { $0 }
  }
}

extension SealedRange {
  /// Hashes a stretch.
  fileprivate init(_ stretch: SealPlan.Stretch) throws(SystemError) {
    let (digest, lines) = try stretch.file.measure(stretch.bytes)
    self.init(
      stream: stretch.stream, segment: stretch.segment, file: stretch.file.name,
      firstLine: stretch.bytes.upperBound > 0 ? try stretch.file.firstLine() : nil,
      lastLine: try stretch.file.line(endingAt: stretch.bytes.upperBound), bytes: stretch.bytes, lines: lines,
      digest: digest)
  }
}
