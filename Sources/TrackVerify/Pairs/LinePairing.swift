import TrackCore

/// Holds the lines of a journal to each other: each start and its ending, each event and its copies in other streams.
struct LinePairing {
  let files: [JournalFile]
  var findings = FindingList()
  private var executions = ExecutionPairs()
  /// Endings and their results; reports and their copies.
  private(set) var results = EventMatches()
  private(set) var reports = EventMatches()
  private(set) var lineCount = 0
  /// What kept a file from being read to its end.
  private(set) var failure: SystemError?
  private(set) var foreignCounts: [Int]

  init(_ files: [JournalFile]) {
    self.files = files
    foreignCounts = files.map { _ in 0 }
  }

  /// Takes in the lines of a stretch.
  mutating func take(_ buffer: LineBuffer, _ file: Int) {
    lineCount += buffer.lineCount
    foreignCounts[file] += buffer.foreignCount
    for problem in buffer.problems { add(problem, file) }
    failure = failure ?? buffer.failure
    if let offset = buffer.unfinished {
      note(.tornTail, file, offset, "a last line without line feed, torn or being written", .warning)
    }
    for line in buffer.facts { pair(line, file) }
  }

  private mutating func add(_ problem: LineProblem, _ file: Int) {
    switch problem.kind {
    case .damaged: note(.damagedLine, file, problem.offset, problem.text)
    case .schema: note(.schema, file, problem.offset, problem.text)
    case .repeated: note(.repeatedKey, file, problem.offset, problem.text)
    }
  }

  private mutating func note(
    _ code: Finding.Code, _ file: Int, _ offset: Int64, _ text: String, _ severity: Finding.Severity = .error
  ) {
    findings.add(Finding(code, severity, file: files[file].name, text), at: file, offset)
  }

  // MARK: - Pairs

  @inline(__always) private mutating func pair(_ line: LineFacts, _ file: Int) {
    let stream = files[file].stream
    switch line.kind {
    case .started where stream == .events: start(line, file)
    case .completed where stream == .events:
      complete(line, file)
      matchResult(line, file, isInEvents: true, content: line.status == 0 ? 1 : 0)
    case .abandoned where stream == .events: abandon(line, file)
    case .result where stream == .results:
      matchResult(line, file, isInEvents: false, content: UInt64(line.success))
    case .selfReport where stream == .events: matchReport(line, file, isInEvents: true)
    case .selfReport where stream == .droidStatus:
      matchReport(line, file, isInEvents: false)
    default: break
    }
  }

  private mutating func start(_ line: LineFacts, _ file: Int) {
    let place = executions.row(line.execution)
    let known = executions[place].start
    if known == 0 {
      executions[place].start = line.event
    } else if known != line.event {
      note(.secondStart, file, line.offset, "a second start of \(FindingList.execution)")
    }
  }

  private mutating func complete(_ line: LineFacts, _ file: Int) {
    let place = executions.row(line.execution)
    var row = executions[place]
    if row.completion == 0 {
      if row.abandonment != 0, !line.isLate {
        note(
          .secondEnding, file, line.offset,
          "an ending of \(FindingList.execution), which was abandoned before, and not marked as late")
      }
      row.completion = line.event
      row.setEnding(file: file, offset: line.offset, isLate: line.isLate)
      executions[place] = row
    } else if row.completion != line.event {
      note(.secondEnding, file, line.offset, "a second ending of \(FindingList.execution)")
    }
  }

  private mutating func abandon(_ line: LineFacts, _ file: Int) {
    let place = executions.row(line.execution)
    var row = executions[place]
    if row.abandonment == 0 {
      if row.completion != 0, !row.isLate {
        note(.secondEnding, file, line.offset, "\(FindingList.execution) is abandoned after it had ended")
      }
      row.abandonment = line.event
      if row.completion == 0 { row.setEnding(file: file, offset: line.offset, isLate: false) }
      executions[place] = row
    } else if row.abandonment != line.event {
      note(.secondEnding, file, line.offset, "a second abandonment of \(FindingList.execution)")
    }
  }

  @inline(__always)
  private mutating func matchResult(_ line: LineFacts, _ file: Int, isInEvents: Bool, content: UInt64) {
    let waiting = EventMatches.Waiting(
      isInEvents: isInEvents, content: content, file: UInt32(file), offset: line.offset)
    if let other = results.take(line.event, waiting) { compare(waiting, other) }
  }

  @inline(__always)
  private mutating func matchReport(_ line: LineFacts, _ file: Int, isInEvents: Bool) {
    let waiting = EventMatches.Waiting(
      isInEvents: isInEvents, content: line.content, file: UInt32(file), offset: line.offset)
    if let other = reports.take(line.event, waiting) { compare(waiting, other) }
  }

  /// Two lines of one event must say the same; the one that is not in `events` is told.
  private mutating func compare(_ one: EventMatches.Waiting, _ other: EventMatches.Waiting) {
    guard one.content != other.content else { return }
    let (copy, original) = one.isInEvents ? (other, one) : (one, other)
    note(
      .contradiction, Int(copy.file), copy.offset,
      "it says something else than \(files[Int(original.file)].name) says of the same event")
  }

  // MARK: - The end

  /// What is open: started and not ended.
  var openCount: Int { executions.rows.count { $0.start != 0 && $0.completion == 0 && $0.abandonment == 0 } }
  /// All executions.
  var executionCount: Int { executions.rows.count }

  /// Judges what only the end can tell; where segments of `events` were pruned, starts may be in them.
  mutating func finish(startsMayBePruned: Bool) {
    for row in executions.rows {
      let (file, offset) = row.endingPlace
      if row.start == 0, row.ending != 0, !startsMayBePruned {
        note(.endingWithoutStart, file, offset, "an ending of \(FindingList.execution), which never started")
      }
      if row.isLate, row.abandonment == 0, row.start != 0 {
        note(
          .lateWithoutAbandonment, file, offset, "a late ending of \(FindingList.execution), which was not abandoned")
      }
    }
  }

  /// Reports an event of one stream whose counterpart stands nowhere.
  mutating func report(_ line: EventMatches.Waiting, isResult: Bool, isExpected: Bool) {
    let file = Int(line.file)
    switch (isResult, line.isInEvents) {
    case (true, true):
      note(
        .missingResult, file, line.offset, "its result is not in results.ndjson", isExpected ? .error : .warning)
    case (false, true): note(.missingReport, file, line.offset, "it is not in droid_status.ndjson")
    case (true, false):
      note(.strayResult, file, line.offset, "a result of an ending that is not in events.ndjson")
    case (false, false): note(.strayReport, file, line.offset, "a report that is not in events.ndjson")
    }
  }

  /// Settles a waiting line whose counterpart was found in a second look.
  mutating func settle(_ event: UInt64, isResult: Bool) {
    if isResult { results.settle(event) } else { reports.settle(event) }
  }
}
