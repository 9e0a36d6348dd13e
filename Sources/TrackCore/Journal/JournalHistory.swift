/// What `events` tells of executions, read from its beginning, the files that rotations made of it first.
struct JournalHistory {
  /// Where a line stands: in which of the files, and where in it.
  private struct Place: Comparable {
    let file: Int
    let offset: Int64

    static func < (left: Place, right: Place) -> Bool { (left.file, left.offset) < (right.file, right.offset) }
  }

  private struct Life {
    var execution: Execution?
    /// Where its start stands.
    var place = Place(file: 0, offset: 0)
    var lastReport: Instant?
    var conclusion: LedgerConclusion?
  }

  private var lives: [String: Life] = [:]

  /// Reads the stream; a line that is none is passed over.
  ///
  /// Starts and endings first. Self-reports, most of a journal, matter only to executions that are open, so they are read
  /// from the start of the oldest of those on.
  init(of log: borrowing LogDirectory) throws(SystemError) {
    var names = try RotatedFiles(of: .events, in: log).files.map(\.name)
    if try log.directory.status(Stream.events.fileName) != nil { names.append(Stream.events.fileName) }
    let paths = names.map { "\(log.directory.path)/\($0)" }
    try read(paths, from: Place(file: 0, offset: 0), holding: "task.execution.")
    let open = lives.values.filter { $0.execution != nil && $0.conclusion == nil }
    if let oldest = open.map(\.place).min() { try read(paths, from: oldest, holding: EventType.selfReport) }
  }

  private mutating func read(_ paths: [String], from place: Place, holding text: String) throws(SystemError) {
    let wanted = Array(text.utf8)
    for file in place.file..<max(place.file, paths.count) {
      do {
        try read(paths[file], file, from: file == place.file ? place.offset : 0, holding: wanted)
      } catch {
        // Work must not wait for somebody to mend an old file; the one that is written to has to be readable.
        guard error.isLasting, file < paths.count - 1 else { throw error }
      }
    }
  }

  private mutating func read(
    _ path: String, _ file: Int, from offset: Int64, holding wanted: [UInt8]
  ) throws(SystemError) {
    var reader = try LineReader(path: path, from: offset)
    while let line = try reader.next() {
      guard line.isTerminated, line.bytes.contains(wanted, in: line.range),
        let record = try? EventRecord(line: line.bytes, in: line.range)
      else { continue }
      follow(record, at: Place(file: file, offset: line.offset))
    }
  }

  /// The records the ledger keeps: all open executions and the ones that ended last.
  func records(now: Instant) -> [LedgerRecord] {
    var open: [LedgerRecord] = []
    var closed: [(time: Timestamp, record: LedgerRecord)] = []
    for life in lives.values {
      guard let execution = life.execution else { continue }
      let record = LedgerRecord(
        execution: execution, state: life.conclusion == nil ? .open : .closed, lastReport: life.lastReport,
        conclusion: life.conclusion, redo: nil)
      if let ended = life.conclusion?.conclusion.time {
        if now.wall.seconds(since: ended) < LedgerRebuild.rememberedTime.seconds { closed.append((ended, record)) }
      } else {
        open.append(record)
      }
    }
    closed.sort { $0.time > $1.time }
    return open + closed.prefix(LedgerRebuild.rememberedCount).map(\.record)
  }

  private mutating func follow(_ record: EventRecord, at place: Place) {
    guard let id = record.execution, let time = record.timestamp else { return }
    switch record.type {
    case EventType.started:
      guard lives[id]?.execution == nil else { break }
      lives[id, default: Life()].execution = record.startedExecution(at: time)
      lives[id, default: Life()].place = place
    case EventType.completed:
      lives[id, default: Life()].conclusion = record.conclusion(at: time, else: .completed)
    case EventType.abandoned:
      // A late ending stands for good; the abandonment may be read after it when lines were shipped twice.
      if lives[id]?.conclusion == nil {
        lives[id, default: Life()].conclusion = record.conclusion(at: time, else: .abandoned)
      }
    case EventType.selfReport:
      if lives[id]?.lastReport.map({ $0.wall < time }) ?? true { lives[id]?.lastReport = Instant(wall: time) }
      // Who joined an execution became its owner.
      if record.details.text(WireKey.eventType) == SelfReportKind.taskStart.rawValue,
        let owner = record.details.object(WireKey.owner)?.process
      {
        lives[id]?.execution?.owner = owner
      }
    default: break
    }
  }
}

extension EventRecord {
  fileprivate func startedExecution(at time: Timestamp) -> Execution? {
    guard let id = execution.flatMap({ try? ExecutionID($0) }), let task = task.flatMap({ try? TaskID($0) }) else {
      return nil
    }
    let parent: ExecutionID? = details.identifier(WireKey.parentExecutionID)
    return Execution(
      id: id, task: task, droid: droid.flatMap { try? DroidID($0) } ?? .unknown,
      run: run.flatMap { try? RunID($0) } ?? RunID(startedAt: time, random: 0), started: Instant(wall: time),
      host: host ?? "", limit: details.duration(WireKey.timeoutSeconds),
      parent: parent, owner: details.object(WireKey.owner)?.process,
      trace: details.trace ?? TraceContext(derivedFrom: id.text, run: run, parent: parent?.text),
      kind: details.text(WireKey.kind).flatMap { WorkKind(rawValue: $0) })
  }

  /// How the execution ended; a line whose status is none of ours, as others write, says what its type says.
  fileprivate func conclusion(at time: Timestamp, else usual: Status) -> LedgerConclusion {
    let told = status.flatMap { Status(rawValue: $0) } ?? usual
    // The original's lines have no id; theirs only has to differ from every new one.
    return LedgerConclusion(
      conclusion: Conclusion(status: told.isEnding ? told : usual, time: time),
      event: id ?? EventID(time: time, random: (0, 0)))
  }
}
