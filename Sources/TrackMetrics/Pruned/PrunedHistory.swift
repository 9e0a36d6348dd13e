package import TrackCore

/// The figures of all segments that were pruned, by the time in which their executions started.
package struct PrunedHistory: Hashable, Sendable {
  /// What one pruning took, or several that lie side by side.
  struct Record: Hashable, Sendable {
    /// When the first and the last of its executions started, or ended where no start is known.
    var span: ClosedRange<Timestamp>?
    var figures: PrunedFigures
  }

  /// The records, in the order of pruning.
  private(set) var records: [Record] = []
  /// How many files they were read from.
  private(set) var segmentCount = 0
  /// So many are kept apart; of more the oldest are added up.
  private static let limit = 64
  /// Figures are kept of so many tasks at most, those with the most attempts, while totals know of all.
  static let taskLimit = 100_000

  /// What of it belongs to a selection.
  package struct Part: Hashable, Sendable {
    /// The figures that do.
    package var figures = PrunedFigures()
    /// How many executions may belong to it in part, which the figures cannot tell.
    package var undecided = 0

    package init() {}
  }

  package init() {}

  /// What belongs to a selection: figures know no lines, so they belong to it as a whole, or it cannot be told.
  package func part(of selection: Selection) -> Part {
    var part = Part()
    let isDivided = selection.droid != nil || selection.task != nil || selection.run != nil
    for record in records {
      guard let span = record.span, selection.isTimed else {
        if isDivided { part.undecided += record.figures.tally.started } else { part.figures.add(record.figures) }
        continue
      }
      let (since, until) = (selection.since ?? span.lowerBound, selection.until)
      if span.upperBound < since || until.map({ span.lowerBound >= $0 }) ?? false { continue }
      if !isDivided, span.lowerBound >= since, until.map({ span.upperBound < $0 }) ?? true {
        part.figures.add(record.figures)
      } else {
        part.undecided += record.figures.tally.started
      }
    }
    return part
  }

  /// Adds what was pruned elsewhere.
  mutating func append(_ other: PrunedHistory) {
    records += other.records
    segmentCount += other.segmentCount
  }

  mutating func append(_ record: Record) {
    records.append(record)
    defer { forgetTasks() }
    while records.count > Self.limit {
      let second = records.remove(at: 1)
      records[0].figures.add(second.figures)
      records[0].figures.forgetOldHours()
      guard let other = second.span else { continue }
      let own = records[0].span ?? other
      records[0].span = min(own.lowerBound, other.lowerBound)...max(own.upperBound, other.upperBound)
    }
  }

  /// Lets go of the tasks with the fewest attempts where there are too many.
  private mutating func forgetTasks() {
    let limit = Self.taskLimit / records.count
    for place in records.indices where records[place].figures.tasks.count > limit {
      let busiest = records[place].figures.tasks
        .sorted { ($1.value.tally.started, $0.key) < ($0.value.tally.started, $1.key) }.prefix(limit)
      records[place].figures.tasks = Dictionary(uniqueKeysWithValues: busiest.map { ($0.key, $0.value) })
    }
  }

  init(records: [Record]) { self.records = records }
}

extension PrunedHistory {
  /// Makes what files that are about to be removed count for part of the figures of those that were: a `PruningFigures`.
  package static func figures(
    _ directory: String, _ going: Set<String>, _ known: JSONValue
  ) throws(JournalError) -> JSONValue {
    guard var history = PrunedHistory(known) else {
      throw .fileSystem(
        verb: "prune", path: "\(directory)/\(Aggregates.fileName)", .damaged("its figures are damaged"))
    }
    let source = LogSource(path: directory)
    // Opened once, so that what is written meanwhile is in neither of the counts.
    var found = Fold()
    let files = LogFiles([source], &found).found
    // One that stays unread is in neither of the counts.
    if let unreadable = found.unreadable.first(where: { going.contains(Path.name($0.name)) }) {
      throw .fileSystem(
        verb: "prune", path: directory, .damaged("\(unreadable.name) cannot be read: \(unreadable.reason)"))
    }
    func isGoing(_ file: LogFiles.Found) -> Bool { file.path.map { going.contains(Path.name($0)) } ?? false }
    let reader = MetricsReader()
    let before = PrunedFigures(reader.fold(files))
    let left = reader.fold(files.filter { !isGoing($0) })
    let going = reader.fold(files.filter { isGoing($0) && $0.stream == .events }).executions
    let figures = PrunedFigures.difference(before: before, after: PrunedFigures(left))
    history.append(Record(span: going.span(without: left.executions) ?? going.span(), figures: figures))
    return history.value
  }

  /// The figures among aggregates.
  init(_ aggregates: Aggregates) throws(SystemError) {
    guard let history = PrunedHistory(aggregates.figures) else { throw .damaged("its figures are damaged") }
    self = history
    segmentCount = aggregates.segments.count
  }
}

extension Executions {
  /// The first and the last of the times that executions belong to, those left out that `others` know: they were carried
  /// forward.
  fileprivate func span(without others: Executions? = nil) -> ClosedRange<Timestamp>? {
    guard let last = lazy.compactMap(\.time).max() else { return nil }
    // What began later is none of these, and need not be asked for its id.
    let carried = others.map { others in
      Set(others.lazy.filter { $0.time.map { $0 <= last } ?? true }.map { others.id(of: $0) })
    }
    var span: ClosedRange<Timestamp>?
    for execution in self {
      guard let time = execution.time, carried.map({ !$0.contains(id(of: execution)) }) ?? true else { continue }
      span = span.map { Swift.min($0.lowerBound, time)...Swift.max($0.upperBound, time) } ?? time...time
    }
    return span
  }
}

extension TrackedExecution {
  /// The time that it belongs to.
  fileprivate var time: Timestamp? { started ?? ended }
}
