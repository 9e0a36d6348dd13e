/// What `events` tells of executions that are open and of those that ended last: what the ledger keeps.
///
/// It is read once from its beginning, the files that rotations made of it first. An execution's lines are put together
/// whatever their order, for pruning carries the start of one that is open behind its reports. Of those that ended earlier,
/// of which there may be millions, only the hash of the id is held, so that a start that is repeated opens none of them again.
struct JournalHistory {
  fileprivate struct Life {
    /// The line of its start.
    var start: [UInt8]?
    /// The line of its ending, and the time it tells.
    var ending: [UInt8]?
    var ended = Timestamp(microseconds: .min)
    var lastReport: Timestamp?
    /// Who joined it last, and so became its owner.
    var joined: (time: Timestamp, owner: ProcessIdentity)?
  }

  /// Executions without an ending, by the hash of their id.
  private var open: [Int: Life] = [:]
  /// Those that ended last.
  private var closed: [Int: Life] = [:]
  /// All that ended.
  private var over: Set<Int> = []

  /// Reads the stream; a line that is none is passed over.
  init(of log: borrowing LogDirectory) throws(SystemError) {
    var names = try RotatedFiles(of: .events, in: log).files.map(\.name)
    if try log.directory.status(Stream.events.fileName) != nil { names.append(Stream.events.fileName) }
    for (place, name) in names.enumerated() {
      do throws(SystemError) { try read("\(log.directory.path)/\(name)") } catch {
        // Work must not wait for somebody to mend an old file; the one that is written to has to be readable.
        guard error.isLasting, place < names.count - 1 else { throw error }
      }
    }
  }

  private mutating func read(_ path: String) throws(SystemError) {
    var reader = try LineReader(path: path)
    while let line = try reader.next() {
      if let told = HistoryLine(line) { follow(told, line) }
    }
  }

  private mutating func follow(_ told: HistoryLine, _ line: LineReader.Line) {
    let id = told.execution
    switch told.kind {
    case .started:
      if over.contains(id) { closed[id]?.take(start: line) } else { open[id, default: Life()].take(start: line) }
    case .completed: end(id, told, line)
    case .abandoned:
      // A late ending stands for good; the abandonment may be read after it when lines were shipped twice.
      if !over.contains(id) { end(id, told, line) }
    case .reported, .joined:
      guard open[id] != nil || !over.contains(id) else { return }
      open[id, default: Life()].take(report: line, told)
    }
  }

  private mutating func end(_ id: Int, _ told: HistoryLine, _ line: LineReader.Line) {
    if over.insert(id).inserted { closed[id] = open.removeValue(forKey: id) ?? Life() }
    closed[id]?.ending = Array(line.bytes[line.range])
    closed[id]?.ended = told.time
    if closed.count >= 2 * LedgerRebuild.rememberedCount { forget() }
  }

  /// Lets go of those that ended before the last ones.
  private mutating func forget() {
    let last = closed.sorted { $1.value.ended < $0.value.ended }.prefix(LedgerRebuild.rememberedCount)
    closed = Dictionary(uniqueKeysWithValues: last.map { ($0.key, $0.value) })
  }

  /// The records the ledger keeps: all open executions and the ones that ended last.
  func records(now: Instant) -> [LedgerRecord] {
    let ended = closed.values.filter {
      $0.start != nil && now.wall.seconds(since: $0.ended) < LedgerRebuild.rememberedTime.seconds
    }
    let last = ended.sorted { $1.ended < $0.ended }.compactMap(\.record).prefix(LedgerRebuild.rememberedCount)
    return open.values.compactMap(\.record) + last
  }
}

extension JournalHistory.Life {
  /// The execution as its start tells it; nil where that was not read, or is none.
  private var execution: Execution? {
    guard let start, let record = try? EventRecord(line: start), let time = record.timestamp else { return nil }
    return record.startedExecution(at: time)
  }

  /// The first start counts that tells of an execution.
  fileprivate mutating func take(start line: LineReader.Line) {
    if start == nil || execution == nil { start = Array(line.bytes[line.range]) }
  }

  fileprivate mutating func take(report line: LineReader.Line, _ told: HistoryLine) {
    if lastReport.map({ $0 < told.time }) ?? true { lastReport = told.time }
    guard told.kind == .joined, joined.map({ $0.time <= told.time }) ?? true,
      let owner = (try? EventRecord(line: line.bytes, in: line.range))?.joinedOwner
    else { return }
    joined = (told.time, owner)
  }

  fileprivate var record: LedgerRecord? {
    guard var execution else { return nil }
    if let joined { execution.owner = joined.owner }
    let conclusion = ending.flatMap { try? EventRecord(line: $0) }?.conclusion(at: ended)
    return LedgerRecord(
      execution: execution, state: conclusion == nil ? .open : .closed,
      lastReport: lastReport.map { Instant(wall: $0) },
      conclusion: conclusion, redo: nil)
  }
}

extension EventRecord {
  /// Who became the owner of the execution by joining it; nil when the event is no such report.
  var joinedOwner: ProcessIdentity? {
    guard details.text(WireKey.eventType) == SelfReportKind.taskStart.rawValue else { return nil }
    return details.object(WireKey.owner)?.process
  }

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
  fileprivate func conclusion(at time: Timestamp) -> LedgerConclusion {
    let usual: Status = type == EventType.abandoned ? .abandoned : .completed
    let told = status.flatMap { Status(rawValue: $0) } ?? usual
    // The original's lines have no id; theirs only has to differ from every new one.
    return LedgerConclusion(
      conclusion: Conclusion(status: told.isEnding ? told : usual, time: time),
      event: id ?? EventID(time: time, random: (0, 0)))
  }
}
