extension Transaction {
  /// Records self-reports: of an execution, or of the droid alone when no task is named and none is under way.
  mutating func report(_ request: ReportRequest, id: EventID, at time: Instant) throws(JournalError) -> Outcome {
    let (record, notices) = try subject(of: request.selection)
    let first = TimedReport(id: id, time: time.wall, report: request.report)
    let events = ([first] + request.further).map { $0.event(of: record?.execution, writer: request.writer) }
    guard let record else {
      try apply([Change(effect: .none, events: events)])
      return Outcome(events: events, notices: notices)
    }
    let last = time.seen(in: context.machine.boot).moved(to: request.further.last?.time, until: context.machine.now())
    try apply([Change(effect: .report(record, at: last), events: events)])
    return Outcome(about: record.execution, events, notices: notices)
  }

  /// Records self-reports whose lines are written already, of an execution or of a droid alone.
  ///
  /// `time` is that of the last of them.
  mutating func report(lines: [UInt8], of id: ExecutionID?, at time: Instant) throws(JournalError) {
    guard let id else { return try apply([Change(effect: .none, reports: lines)]) }
    guard let record = try knownRecord(id) else { throw .noExecution("\(id) is not known here") }
    try checkOpen(record)
    try apply([Change(effect: .report(record, at: time.seen(in: context.machine.boot)), reports: lines)])
  }

  /// The open execution that reports are of; nil when they are of the droid alone.
  mutating func subject(
    of selection: Selection
  ) throws(JournalError) -> (record: LedgerRecord?, notices: [Notice]) {
    let resolution = try resolution(of: selection)
    guard let record = resolution.record else {
      if let task = selection.task { throw .noExecution("none of task \(task) is open") }
      return (nil, resolution.notices)
    }
    try checkOpen(record)
    return (record, resolution.notices)
  }

  private func checkOpen(_ record: LedgerRecord) throws(JournalError) {
    guard let conclusion = record.conclusion?.conclusion else { return }
    throw .badData(
      verb: "report on", object: record.execution.id.text,
      reason: "already \(conclusion.status.rawValue) at \(conclusion.time)")
  }

  /// Notes that an execution is at work, without a line.
  /// - Returns: whether it is open.
  mutating func touch(_ id: ExecutionID, at time: Instant) throws(JournalError) -> Bool {
    guard try openRecord(id) != nil else { return false }
    do { try ledger.touch(id, at: time) } catch { throw stateFailure(error) }
    return true
  }

  /// A report without a task is never refused for want of an execution: it is then the droid's own.
  private mutating func resolution(of selection: Selection) throws(JournalError) -> Resolution {
    guard selection.task == nil, selection.named == nil else { return try resolve(selection) }
    do {
      var resolution = try resolve(selection)
      if resolution.record?.conclusion != nil { resolution.record = nil }
      return resolution
    } catch JournalError.ambiguous {
      return Resolution()
    }
  }
}

extension Instant {
  /// A moment shortly after this one, of which only the wall clock was kept.
  ///
  /// What passed by that clock is added to the others, up to `now`: it may have been set meanwhile.
  fileprivate func moved(to wall: Timestamp?, until now: Instant) -> Instant {
    guard let wall else { return self }
    guard !boot.isEmpty else { return Instant(wall: wall) }
    // So many seconds at most fit as nanoseconds, whatever a damaged entry says.
    let passed = min(max(0, wall.seconds(since: self.wall)), now.limitSeconds(since: self), 1e9)
    let nanoseconds = Int64(passed * 1e9)
    return Instant(
      wall: wall, boot: boot, monotonic: monotonic &+ nanoseconds, boottime: boottime &+ nanoseconds)
  }
}

extension TimedReport {
  /// The report as an event of an execution, or of its writer alone.
  func event(of execution: Execution?, writer: Writer) -> Event {
    Event(
      id: id, timestamp: time, run: writer.run ?? execution?.run, task: execution?.task,
      droid: writer.droid ?? execution?.droid ?? writer.fallback, execution: execution?.id,
      payload: .selfReport(report))
  }
}
