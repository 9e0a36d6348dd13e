import TrackCore

/// Every execution of a fold, and the names that they refer to.
///
/// A collection of small values, not of texts: the report counts by index and asks for the id, the error and the last
/// report of the few executions that it names. It makes each value as it is asked for it. The tables may hold names that
/// no execution has, and the order is that of the lines.
package struct Executions: RandomAccessCollection, Sendable {
  /// The droids.
  package var droids: NameTable { names.droids }
  /// The tasks.
  package var tasks: NameTable { names.tasks }
  /// The reasons of abandonments.
  package var reasons: NameTable { names.reasons }
  /// The templates of errors.
  package var errors: NameTable { names.errors }
  /// The categories of results.
  package var categories: NameTable { names.categories }
  /// What validations found wrong with a result, a problem a line.
  package var problems: NameTable { names.problems }
  /// The ids that stand for several executions, in order.
  package private(set) var sharedIDs: [String] = []
  /// Endings beyond the first of an execution, which change nothing.
  package private(set) var surplusEndings = 0

  private let table: ExecutionTable
  private var names: FoldNames
  private let pages: LinePages
  private let texts: LineTexts
  private let unknownDroid: NameTable.Index
  private let unknownReason: NameTable.Index
  /// The row of each position, or the bitwise complement of a place in `matched`; nil when every row is one execution.
  private var places: [Int32]?
  /// The executions of rows whose notes stand apart.
  private var matched: [TrackedExecution] = []

  init(_ fold: Fold) {
    table = fold.table
    var names = fold.names
    unknownDroid = names.droids.intern(DroidID.unknown.text)
    unknownReason = names.reasons.intern("unknown")
    self.names = names
    pages = fold.pages
    texts = fold.texts
    let isPlain = table.apart.isEmpty && (0..<table.count).allSatisfy { table[$0].isExecution }
    if !isPlain { place() }
  }

  package var startIndex: Int { 0 }
  package var endIndex: Int { places?.count ?? table.count }

  package subscript(position: Int) -> TrackedExecution {
    @inline(__always) get {
      guard let places else { return execution(table[position], row: position) }
      let place = Int(places[position])
      return place >= 0 ? execution(table[place], row: place) : matched[~place]
    }
  }

  /// Its id, as written.
  package func id(of execution: TrackedExecution) -> String { table.id(execution.row, tasks: tasks) }

  /// What went wrong, as written; nil where no error is told.
  ///
  /// Of a log that is gone, its template.
  package func error(of execution: TrackedExecution) -> String? {
    guard execution.error != .none else { return nil }
    let ending = table.notes(execution.row).first {
      $0.kind != nil && $0.kind?.outcome == execution.outcome && Timestamp(known: $0.time) == execution.ended
    }
    let text = ending.flatMap { texts.record(at: $0.reference, pages)?.details.text(WireKey.error) }
    return text ?? errors[execution.error]
  }

  /// The newest report on it.
  ///
  /// What it says is told of open executions only, and not where an id stands for several.
  package func lastReport(of execution: TrackedExecution) -> ReportNote? {
    guard let time = execution.lastReported else { return nil }
    let row = table[execution.row]
    if !row.has(.ending), !row.has(.apart), let report = texts.report(at: row.reference, pages), report.time == time {
      return report
    }
    return ReportNote(time: time, progress: nil, message: nil)
  }

  /// Finds the executions where not every row is one.
  private mutating func place() {
    var places: [Int32] = []
    places.reserveCapacity(table.count)
    for row in 0..<table.count {
      let known = table[row]
      guard known.has(.apart) else {
        if known.isExecution { places.append(Int32(truncatingIfNeeded: row)) }
        continue
      }
      let record = table.record(row, names)
      for execution in record.executions {
        places.append(~Int32(truncatingIfNeeded: matched.count))
        matched.append(self.execution(execution, known, row: row))
      }
      if record.starts.count > 1 { sharedIDs.append(table.id(row, tasks: tasks)) }
      surplusEndings += record.surplusEndings
    }
    sharedIDs.sort()
    self.places = places
  }

  /// The execution of a row that holds its notes itself.
  @inline(__always) private func execution(_ row: ExecutionRow, row place: Int) -> TrackedExecution {
    let hasEnding = row.has(.ending)
    let outcome = hasEnding ? row.kind.outcome : .open
    var duration: Double?
    if hasEnding {
      if !row.duration.isNaN {
        duration = row.duration
      } else if row.started != ScannedLine.absentTime, row.ended != ScannedLine.absentTime {
        duration = Swift.max(0, Timestamp(microseconds: row.ended).seconds(since: Timestamp(microseconds: row.started)))
      }
    }
    let isAbandoned = outcome == .abandoned
    return TrackedExecution(
      row: place, task: row.has(.startTask) || row.has(.endingTask) ? row.task : .none,
      droid: row.droid == .none ? unknownDroid : row.droid, started: Timestamp(known: row.started),
      ended: Timestamp(known: row.ended), outcome: outcome,
      reason: isAbandoned ? (row.word == .none ? unknownReason : row.word) : .none,
      error: isAbandoned ? .none : row.word, isLate: row.has(.late) && !isAbandoned, duration: duration,
      limit: row.limit.isNaN ? nil : Double(row.limit), lastReported: Timestamp(known: row.reported),
      hasStart: row.has(.start), resultSuccess: row.has(.resultTold) ? !row.has(.resultFailed) : nil,
      category: row.category, problems: problems(of: place), isSession: row.has(.session))
  }

  /// One of the executions of a row whose notes stand apart.
  private func execution(_ matched: MatchedExecution, _ row: ExecutionRow, row place: Int) -> TrackedExecution {
    let (start, ending) = (matched.start, matched.ending)
    var measured = ending?.duration
    if measured == nil, let from = start?.time, let to = ending?.time {
      measured = Swift.max(0, to.seconds(since: from))
    }
    let outcome = ending?.kind.outcome ?? .open
    return TrackedExecution(
      row: place, task: (start?.task ?? ending?.task).flatMap { tasks.index(of: $0) } ?? .none,
      droid: (start?.droid ?? ending?.droid).flatMap { droids.index(of: $0) } ?? unknownDroid, started: start?.time,
      ended: ending?.time, outcome: outcome,
      reason: outcome == .abandoned ? ending?.reason.flatMap { reasons.index(of: $0) } ?? unknownReason : .none,
      error: ending?.error.flatMap { errors.index(of: $0) } ?? .none, isLate: matched.isLate, duration: measured,
      limit: start?.limit, lastReported: Timestamp(known: row.reported), hasStart: start != nil,
      resultSuccess: row.has(.resultTold) ? !row.has(.resultFailed) : nil, category: row.category,
      problems: problems(of: place), isSession: start?.isSession ?? false)
  }

  @inline(__always) private func problems(of row: Int) -> NameTable.Index {
    table.problems.isEmpty ? .none : table.problems[UInt32(truncatingIfNeeded: row)] ?? .none
  }
}

extension ExecutionRow {
  /// Whether the row tells of an execution, and not only of reports or results.
  fileprivate var isExecution: Bool { !has(.apart) && (has(.start) || has(.ending)) }
}

extension EndingKind {
  fileprivate var outcome: TrackedExecution.Outcome {
    switch self {
    case .completed: .completed
    case .failed: .failed
    case .timeout: .timeout
    case .abandoned: .abandoned
    }
  }
}
