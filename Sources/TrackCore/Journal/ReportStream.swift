/// Self-reports of one execution that come one after the other, recorded many at a time.
///
/// ```swift
/// var stream = try journal.stream(of: .task(TaskID("1.1")))
/// for line in lines {
///   try stream.add(ReadReport(line.report, at: machine.now()))
///   if stream.isFull { try stream.record() }
/// }
/// try stream.record()
/// ```
///
/// The execution is found once. What takes time (redaction, writing the lines) is done while reports are added, without
/// the lock; what is added waits in memory until `record`, which takes the lock for one write a stream.
public struct ReportStream {
  /// What came of recording.
  public struct Recorded: Hashable, Sendable {
    /// How many reports there were.
    public let count: Int
    /// Their lines in the journal where those are kept; empty when they were spooled, or are of a type that is not
    /// recorded.
    public let lines: [UInt8]
    /// What the caller should hear of.
    public let notices: [Notice]
  }

  /// Whose reports they are.
  private enum Subject {
    /// The lock was not had in time to find out.
    case unknown
    /// The droid's alone.
    case droid
    case execution(Execution)

    var execution: Execution? { if case .execution(let execution) = self { execution } else { nil } }
  }

  /// The bytes of lines that are recorded at a time: so much holds the lock for about a millisecond.
  static let maximumLength = 128 * 1024

  private let journal: Journal
  private let writer: Writer
  private var selection: Selection
  private var subject = Subject.unknown
  private var notices: [Notice]
  private var reports: [TimedReport] = []
  /// What all lines share; nil until one has been written.
  private var identity: WrittenMembers?
  private var lines = JSONWriter(capacity: Self.maximumLength + EventEncoder.maximumLineLength)
  private var slice = TimeSlice()
  /// The last id that was given, and of what time.
  private var last: (id: EventID, time: Timestamp)?
  /// When the first and the last of `reports` were read.
  private var times: (first: Instant, last: Instant)?

  fileprivate init(_ journal: Journal, _ selection: Selection, _ writer: Writer, _ notices: [Notice])
    throws(JournalError)
  {
    (self.journal, self.selection, self.writer, self.notices) = (journal, selection, writer, notices)
    try findSubject()
  }

  /// The execution, once it is known; nil also where the reports are of a droid alone.
  public var execution: Execution? { subject.execution }

  /// Whether `record` hands out the lines.
  public var keepsLines = false

  /// How many reports wait to be recorded.
  public var count: Int { reports.count }

  /// Whether it is time to record.
  public var isFull: Bool { lines.bytes.count >= Self.maximumLength }

  /// A report as it would be recorded.
  public func clean(_ report: SelfReport) throws(JournalError) -> SelfReport { try journal.clean(report) }

  /// Adds a report, without looking at the journal.
  package mutating func add(_ reading: ReadReport) throws(JournalError) {
    let report = try clean(reading.report)
    let time = reading.time.wall
    // Also from one recording to the next: entries of one time are merged in the order of their ids.
    let id = last?.time == time ? last?.id.successor ?? .random(at: time) : .random(at: time)
    last = (id, time)
    let timed = TimedReport(id: id, time: time, report: report)
    times = (times?.first ?? reading.time, reading.time)
    reports.append(timed)
    write(timed)
  }

  /// Records what was added, or spools it when the lock is not had in time; in either case nothing waits any more.
  ///
  /// - Throws: what keeps it from being recorded; a refusal (`isRefusal`) when the execution has ended.
  @discardableResult
  public mutating func record() throws(JournalError) -> Recorded {
    defer { notices = [] }
    guard let first = reports.first, let times else { return Recorded(count: 0, lines: [], notices: notices) }
    defer { clear() }
    if case .unknown = subject, try findSubject() { rewrite() }
    if case .unknown = subject { return try spool(request(first, at: times.first)) }
    slice.renew()
    let (lines, execution) = (lines.bytes, execution?.id)
    let recorded = try journal.transact(isStrict: false) { (transaction, isRepeated) throws(JournalError) in
      if isRepeated, try transaction.recordedOutcome(of: request(first, at: times.first)) != nil { return true }
      try transaction.report(lines: lines, of: execution, at: times.last)
      return true
    }
    guard recorded != nil else { return try spool(request(first, at: times.first)) }
    return Recorded(count: reports.count, lines: keepsLines ? lines : [], notices: notices)
  }

  /// What waits as a request, `first` first.
  private func request(_ first: TimedReport, at time: Instant) -> Request {
    let further = Array(reports.dropFirst())
    return Request(
      id: first.id, time: time,
      kind: .report(ReportRequest(selection: selection, writer: writer, report: first.report, further: further)))
  }

  private mutating func spool(_ request: Request) throws(JournalError) -> Recorded {
    let outcome = try journal.spool(request, notices)
    return Recorded(count: reports.count, lines: [], notices: outcome.notices)
  }

  /// Finds whose reports they are; false when the lock was not had in time.
  @discardableResult
  private mutating func findSubject() throws(JournalError) -> Bool {
    let selection = selection
    let found = try journal.transact(isStrict: false) { (transaction, _) throws(JournalError) in
      try transaction.subject(of: selection)
    }
    guard let found else { return false }
    notices += found.notices
    subject = found.record.map { .execution($0.execution) } ?? .droid
    // What is spooled from now on is of this one, whatever else is open when it is merged.
    if let execution = found.record?.execution {
      self.selection = Selection(named: execution.id, caller: selection.caller)
    }
    return true
  }

  private mutating func write(_ report: TimedReport) {
    let event = report.event(of: subject.execution, writer: writer)
    guard journal.context.records(event) else { return }
    let identity = identity ?? EventEncoder.identity(of: event)
    self.identity = identity
    journal.context.encoder.write(event, identity, to: &lines)
  }

  /// Writes the lines again when it is known whose reports they are.
  private mutating func rewrite() {
    (identity, lines) = (nil, JSONWriter())
    for report in reports { write(report) }
  }

  private mutating func clear() {
    reports.removeAll(keepingCapacity: true)
    lines.removeAll()
    times = nil
  }
}

extension Journal {
  /// Begins to record reports that come one after the other, where `report(_:of:by:)` would record one.
  public func stream(of target: Target = .current, by droid: DroidID? = nil) throws(JournalError) -> ReportStream {
    try check(target, by: droid)
    var notices: [Notice] = []
    let writer = writer(droid, &notices)
    return try ReportStream(self, selection(target, writer.droid, &notices), writer, notices)
  }
}
