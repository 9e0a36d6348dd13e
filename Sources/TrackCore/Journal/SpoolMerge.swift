extension Transaction {
  /// Brings the spooled requests in, so that nothing is decided without them.
  ///
  /// They are carried out in the order of their own times, which stay the times of their events, but a start before what
  /// is said of its execution. One whose event is in the journal is dropped; one that is refused is audited; one that
  /// cannot be read or written now stays for the next writer, and is an error only where `isStrict`.
  mutating func merge(_ spool: borrowing Spool, _ sanitizer: Sanitizer, isStrict: Bool) throws(JournalError) {
    let entries = try entries(of: spool, isStrict: isStrict)
    guard !entries.isEmpty else { return }
    // What a merger that died had begun is finished first, so that its entry is known by its event.
    _ = try openRecords { _ in true }
    // An entry is durable, so what it becomes must be before the entry goes.
    let durability = self.durability
    self.durability = .all
    defer { self.durability = durability }
    // What is about a task or an execution waits for what came before it.
    var waiting = Concerns()
    for (name, entry) in inOrderOfLife(entries) {
      guard !waiting.overlap(entry.request.concerns) else { continue }
      do throws(JournalError) {
        if try !isRecorded(entry) { try carryOut(sanitizer.sanitized(entry.request), from: name) }
      } catch {
        guard !isStrict else { throw error }
        waiting.add(entry.request.concerns)
        continue
      }
      do { try spool.remove(name) } catch { throw stateFailure(error) }
    }
  }

  /// Carries a spooled request out; one that is refused is audited.
  private mutating func carryOut(_ request: Request, from name: String) throws(JournalError) {
    do throws(JournalError) {
      _ = try carryOut(request)
    } catch {
      guard error.isRefusal else { throw error }
      try audit(.spoolRefused(entry: name, reason: error.description))
    }
  }

  /// What came of a request that an earlier attempt brought into the journal; nil when none did.
  mutating func recordedOutcome(of request: Request) throws(JournalError) -> Outcome? {
    guard try isRecorded(RequestCoding.Entry(request: request, size: 0)) else { return nil }
    guard case .start(let start) = request.kind else { return Outcome() }
    if let record = try knownRecord(start.execution) { return Outcome(about: record.execution, []) }
    guard let joined = start.environment, let record = try knownRecord(joined) else { return Outcome() }
    return Outcome(about: record.execution, [])
  }

  /// Carries out a request.
  mutating func carryOut(_ request: Request) throws(JournalError) -> Outcome {
    switch request.kind {
    case .start(let start): try self.start(start, id: request.id, at: request.time)
    case .report(let report): try self.report(report, id: request.id, at: request.time)
    case .end(let end): try self.end(end, id: request.id, at: request.time)
    case .note(let note): try self.note(note, id: request.id, at: request.time)
    }
  }

  /// The entries of the spool; what is none is put aside and audited.
  ///
  /// One that cannot be read now may be what any other waits for, a start for its ending: then none is merged.
  private mutating func entries(of spool: borrowing Spool, isStrict: Bool) throws(JournalError) -> [SpoolEntry] {
    var entries: [SpoolEntry] = []
    var damaged: [String] = []
    do throws(SystemError) {
      for name in try spool.names() {
        do throws(SystemError) {
          if let entry = try spool.entry(name) {
            entries.append((name, entry))
          } else {
            damaged.append(name)
          }
        } catch {
          guard !isStrict else { throw error }
          return []
        }
      }
    } catch {
      throw stateFailure(error)
    }
    for name in damaged {
      do throws(JournalError) { try refuse(damaged: name, in: spool) } catch { guard !isStrict else { throw error } }
    }
    return entries
  }

  /// Puts what is no entry aside; audited first, so that a writer that dies in between does not take it away in silence.
  private mutating func refuse(damaged name: String, in spool: borrowing Spool) throws(JournalError) {
    try audit(.spoolRefused(entry: name, reason: "it is damaged"))
    do { try spool.setAside(name) } catch { throw stateFailure(error) }
  }

  /// Whether the request's event is in the journal: its writer died, or the one who merged it did.
  private mutating func isRecorded(_ entry: RequestCoding.Entry) throws(JournalError) -> Bool {
    if case .start(let start) = entry.request.kind, try knownRecord(start.execution) != nil { return true }
    do {
      let search = try StreamSearch(
        entry.request.stream, in: log, from: entry.size, since: entry.request.time.wall)
      // A merger that is killed may leave the first lines of a batch without the rest.
      for id in entry.request.outermostIDs where try !search.contains(id) { return false }
      return true
    } catch {
      throw .fileSystem(verb: "read", path: "\(log.directory.path)/\(entry.request.stream.fileName)", error)
    }
  }

  /// Appends an audit line of the journal's own.
  mutating func audit(_ action: AuditAction) throws(JournalError) {
    try apply([Change(effect: .none, events: [context.audit(action)])])
  }
}

/// A spooled request and the name of its file.
typealias SpoolEntry = (name: String, entry: RequestCoding.Entry)

/// What requests are about.
private struct Concerns {
  /// Tasks and executions by name.
  var names: Set<String> = []
  /// Whether one of them may be about any execution, such as the only open one.
  var isAny = false

  func overlap(_ other: Concerns) -> Bool {
    if isAny && !other.isNone || other.isAny && !isNone { return true }
    return !names.isDisjoint(with: other.names)
  }

  mutating func add(_ other: Concerns) {
    names.formUnion(other.names)
    isAny = isAny || other.isAny
  }

  private var isNone: Bool { names.isEmpty && !isAny }
}

/// Sorts entries by time.
///
/// Where a clock went back, what is said of an execution still comes after its start, and its ending after its reports.
func inOrderOfLife(_ entries: [SpoolEntry]) -> [SpoolEntry] {
  var tasks: [ExecutionID: TaskID] = [:]
  var starts: [ExecutionID: Timestamp] = [:]
  for (_, entry) in entries {
    guard case .start(let start) = entry.request.kind else { continue }
    tasks[start.execution] = start.task
    starts[start.execution] = entry.request.time.wall
  }
  var reports: [ExecutionID: Timestamp] = [:]
  for (_, entry) in entries {
    guard case .report = entry.request.kind, let subject = entry.request.subject(tasks) else { continue }
    reports[subject] = max(reports[subject] ?? entry.request.time.wall, entry.request.time.wall)
  }
  func place(_ request: Request) -> (Timestamp, Int) {
    let own = request.time.wall
    let subject = request.subject(tasks)
    let start = subject.flatMap { starts[$0] } ?? own
    let report = subject.flatMap { reports[$0] } ?? own
    return switch request.kind {
    case .start: (own, 0)
    case .report: (max(own, start), 1)
    case .note: (own, 1)
    case .end: (max(own, start, report), 2)
    }
  }
  return entries.sorted { left, right in
    let (a, b) = (place(left.entry.request), place(right.entry.request))
    return (a.0, a.1, left.name) < (b.0, b.1, right.name)
  }
}

extension Request {
  /// What a request says of which execution; nil for a note.
  private var selection: Selection? {
    switch kind {
    case .report(let report): report.selection
    case .end(let end): end.selection
    case .start, .note: nil
    }
  }

  /// The execution a request is certainly about; nil where it is found by its task alone.
  ///
  /// Inside an orchestrator's execution most requests are about another one, of their own task.
  fileprivate func subject(_ spooled: [ExecutionID: TaskID]) -> ExecutionID? {
    if case .start(let start) = kind { return start.execution }
    guard let selection else { return nil }
    if let named = selection.named { return named }
    guard let environment = selection.environment else { return nil }
    return selection.task == nil || selection.task == spooled[environment] ? environment : nil
  }

  /// The tasks and executions a request may be about.
  fileprivate var concerns: Concerns {
    if case .start(let start) = kind { return Concerns(names: [start.execution.text, start.task.text]) }
    guard let selection else { return Concerns() }
    let executions = [selection.named, selection.environment].compactMap { $0 }
    let tasks = executions.compactMap(\.taskText) + [selection.task?.text].compactMap { $0 }
    return Concerns(
      names: Set(executions.map(\.text) + tasks), isAny: selection.named == nil && selection.task == nil)
  }

  /// The ids of its first event and, where it has several that are appended at once, of its last.
  fileprivate var outermostIDs: [EventID] {
    guard case .report(let report) = kind, let last = report.further.last else { return [id] }
    return [id, last.id]
  }

  /// The stream its first event goes to.
  var stream: Stream {
    guard case .note(let note) = kind else { return .events }
    return switch note.note {
    case .orchestrator: .events
    case .audit: .audit
    case .metrics: .performance
    }
  }
}

extension JournalError {
  /// Whether the state directory was removed, or is being removed, while we work in it.
  var tellsOfRemoval: Bool {
    guard case .fileSystem(_, _, let cause) = self else { return false }
    return cause.isAbsence || cause.isOccupied
  }

  /// Whether the request itself is at fault, so that trying again would not help.
  package var isRefusal: Bool {
    switch self {
    case .invalidIdentifier, .badData, .noExecution, .ambiguous, .alreadyEnded, .notOwner, .wrongTask: true
    case .noProject, .configuration, .cannotCreate, .unsafe, .fileSystem, .lockTimeout: false
    }
  }
}
