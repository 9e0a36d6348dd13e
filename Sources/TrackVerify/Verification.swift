package import TrackCore

/// What is to be proven of a journal.
package struct VerifyOptions: Sendable {
  /// Only that the sealed bytes are what was sealed.
  package var sealsOnly = false
  /// A head that was kept elsewhere.
  package var head: SealHead?
  /// Whether the configuration has results recorded.
  package var expectsResults = true
  /// How many threads work.
  package var threads: Int

  /// Everything.
  package init(threads: Int = Threads.processors) { self.threads = threads }
}

/// What a look at a journal found.
package struct Verification: Sendable {
  /// The findings that are told: of lines the first hundred of each kind.
  package private(set) var findings: [Finding] = []
  package private(set) var errorCount = 0
  package private(set) var warningCount = 0
  package private(set) var fileCount = 0
  package private(set) var byteCount: Int64 = 0
  package private(set) var lineCount = 0
  /// Lines that other programs wrote, which are not held to the rules.
  package private(set) var foreignCount = 0
  package private(set) var executionCount = 0
  package private(set) var openCount = 0
  package private(set) var sealCount = 0
  package private(set) var sealedBytes: Int64 = 0
  /// The end of the chain of seals.
  package private(set) var head: SealHead?
  /// Files that were not looked at because they are compressed.
  package private(set) var compressed: [String] = []
  /// The events whose lines in other streams can be derived, by stream.
  package private(set) var missing: [TrackCore.Stream: Set<EventID>] = [:]
  /// The files that hold lines which are none.
  package private(set) var damagedFiles: Set<String> = []

  /// Looks at a journal.
  /// - Throws: `SystemError` when it cannot be read.
  package init(of journal: JournalSnapshot, _ options: VerifyOptions = VerifyOptions()) throws(SystemError) {
    do throws(SystemError) {
      try self.init(whole: journal, options)
    } catch  where error.isDamage {
      // A compressed file that could be opened is damaged in the middle: a finding, like one that could not.
      try self.init(whole: try journal.withoutDamagedFiles(), options)
    }
  }

  private init(whole journal: JournalSnapshot, _ options: VerifyOptions) throws(SystemError) {
    fileCount = journal.files.count
    byteCount = journal.files.reduce(0) { $0 + $1.file.size }
    compressed = journal.compressed
    for (name, reason) in journal.unreadable {
      add([Finding(.unreadable, file: name, "it cannot be read: \(reason)")])
    }
    let chain = try SealReader(journal.directory).chain()
    (head, sealCount) = (chain.head, chain.records.count)
    if !options.sealsOnly {
      let segments = try Aggregates.undamaged(in: journal.directory).segments
      try checkLines(of: journal.files, options, pruned: Set(chain.pruned.map(\.stream)), segments)
    }
    var seals = SealCheck(chain, journal.files + journal.setAside, threads: options.threads)
    try seals.run(since: options.head)
    add(seals.findings)
    sealedBytes = seals.hashedBytes
  }

  /// Looks at the lines of files by themselves.
  package init(linesOf files: JournalSnapshot) throws(SystemError) {
    (fileCount, byteCount) = (files.files.count, files.files.reduce(0) { $0 + $1.file.size })
    for (name, reason) in files.unreadable {
      add([Finding(.unreadable, file: name, "it cannot be read: \(reason)")])
    }
    try checkLines(of: files.files, VerifyOptions(), pruned: [.events], [])
  }

  private mutating func add(_ found: [Finding]) {
    findings += found
    errorCount += found.count { $0.severity == .error }
    warningCount += found.count { $0.severity == .warning }
  }

  private mutating func checkLines(
    of files: [JournalFile], _ options: VerifyOptions, pruned: Set<TrackCore.Stream>, _ segments: [PrunedSegment]
  ) throws(SystemError) {
    var pairing = LinePairing(files)
    LineWalk(files: files, threads: options.threads).run { buffer, file in pairing.take(buffer, file) }
    if let failure = pairing.failure { throw failure }
    try SecondLook(files: files, threads: options.threads).settle(&pairing)
    let horizon = try PrunedHorizon(files, pruned: pruned, segments: segments)
    for waiting in pairing.results.leftover where try !horizon.hides(waiting, .results) {
      pairing.report(waiting, isResult: true, isExpected: options.expectsResults)
      if waiting.isInEvents, options.expectsResults { try note(waiting, .results, files) }
    }
    for waiting in pairing.reports.leftover where try !horizon.hides(waiting, .droidStatus) {
      pairing.report(waiting, isResult: false, isExpected: true)
      if waiting.isInEvents { try note(waiting, .droidStatus, files) }
    }
    pairing.finish(startsMayBePruned: pruned.contains(.events))
    let located = try pairing.findings.located(in: files)
    findings += located
    errorCount += pairing.findings.errorCount
    warningCount += pairing.findings.warningCount
    damagedFiles = Set(located.filter { $0.code == .damagedLine }.map(\.file))
    lineCount = pairing.lineCount
    foreignCount = pairing.foreignCounts.reduce(0, +)
    (executionCount, openCount) = (pairing.executionCount, pairing.openCount)
  }

  /// Notes an event whose line in `stream` can be derived.
  private mutating func note(
    _ waiting: EventMatches.Waiting, _ stream: TrackCore.Stream, _ files: [JournalFile]
  ) throws(SystemError) {
    guard let id = try files[Int(waiting.file)].record(at: waiting.offset)?.id else { return }
    missing[stream, default: []].insert(id)
  }
}
