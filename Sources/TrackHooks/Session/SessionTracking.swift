package import TrackCore

/// Records what the hooks of a session tell.
///
/// One call of a hook is one event: what is known of the session is read under its lock, changed, and kept. The journal
/// is asked for starts, endings and a report now and then; what it refuses is told in the log, never to the harness.
///
/// Hooks of one session run at once, dozens of them where it gives work to as many agents. So the lock is held for the
/// record alone where that can be: what a delegation has to tell the journal is told when the lock is let go of, by an id
/// that the record knows already.
package struct SessionTracking: ~Copyable {
  let harness: Harness
  let journal: Journal
  let files: SessionFiles
  /// The process whose life is the session's life.
  let owner: Int32?
  let now: Timestamp
  /// Whether `DROID_ID` names the droid.
  let namesDroid: Bool
  /// The file of `export` lines, where the harness has one.
  let environmentFile: String?
  var record = SessionRecord()
  /// What the journal is told of delegations once the record is kept.
  var errands: [Errand] = []

  /// How long the journal is waited for: a harness waits for its hooks.
  package static let patience: Duration = .milliseconds(50)
  /// How long other hooks of the session are waited for, each of which takes about a millisecond, before a count is
  /// given up.
  private static let countPatience: Duration = .milliseconds(500)
  /// The same of what opens or ends an execution; a harness gives a hook up after 10 s.
  private static let openingPatience: Duration = .seconds(5)
  /// How often counts are reported.
  private static let reportInterval = 60.0
  /// How often the ledger is told that a session is at work.
  private static let touchInterval = 5.0

  package init(
    _ harness: Harness, in journal: Journal, files: consuming SessionFiles, owner: Int32?, now: Timestamp,
    namesDroid: Bool, environmentFile: String?
  ) {
    self.harness = harness
    self.journal = journal
    self.files = files
    self.owner = owner
    self.now = now
    self.namesDroid = namesDroid
    self.environmentFile = environmentFile
  }

  /// Takes in an event.
  package mutating func take(_ event: HookEvent) {
    switch event.kind {
    case .passedOver: return
    case .canary(let mark):
      return attempt("leave a mark") { (self) throws(SystemError) in try self.files.leave(canary: mark) }
    default: break
    }
    // A harness that names no session has one a process.
    let session = event.session ?? owner.map { "process \($0)" } ?? "unnamed"
    let lock = lock(session, wait: event.kind.opensOrEnds ? Self.openingPatience : Self.countPatience)
    if lock == nil, !event.kind.opensOrEnds { return note("'\(session)' is busy, an event was not counted") }
    record = files.record(of: session)
    let before = record
    if let transcript = event.transcript { record.transcript = transcript }
    handle(event)
    // Without the lock the record is another's to change: what it does not know of, the session's end finds.
    if lock != nil, record != before {
      attempt("keep counts") { (self) throws(SystemError) in try self.files.put(self.record) }
    }
    if case .sessionEnd = event.kind { endWhatIsLeft() }
    lock?.release()
    for errand in errands { run(errand) }
  }

  /// The lock of a session's record; nil when it was not had in time, or cannot be had at all.
  private func lock(_ session: String, wait: Duration) -> FileLock? {
    do { return try files.lock(session, wait: wait) } catch { return nil }
  }

  private mutating func handle(_ event: HookEvent) {
    switch event.kind {
    case .sessionStart(let source, let model): return begin(event, source: source, model: model)
    case .sessionEnd(let reason): return end(reason: reason)
    case .unknown(let name):
      if record.tellsFirst("event \(name)") { note("event '\(name)' is not known and is passed over") }
      return
    default: break
    }
    guard !record.isEnded else {
      if record.tellsFirst("ended") { note("'\(record.session)' has ended, what it tells is passed over") }
      return
    }
    if record.execution == nil, !recover() { open(event, source: "unseen", model: nil) }
    guard record.execution != nil else { return }
    count(event)
  }

  private mutating func count(_ event: HookEvent) {
    let time = now
    switch event.kind {
    case .prompt: record.counters.prompts += 1
    case .turnEnds: record.counters.turns += 1
    case .compacting: record.counters.compactions += 1
    case .waiting: return wait()
    case .toolBegins(let call):
      guard record.counters.begin(call, at: time) else { return }
      noteCall(of: event.agent)
      if ToolRole(of: call.tool) == .delegates { delegate(call, in: event.agent) }
    case .toolEnds(var call, let failed):
      call.paths = call.paths.map { files.clean($0) }
      guard record.counters.end(call, failed: failed, at: time) else { return }
      if ToolRole(of: call.tool) == .delegates { returned(call, failed: failed) }
    case .subagentBegins(let type): subagentBegins(event.agent, type)
    case .subagentEnds(let type): subagentEnds(event.agent, type)
    default: return
    }
    record.isChanged = true
    beat(resuming: record.isWaiting && event.kind.isWork)
  }

  /// Tells that the session is at work: by a report when one is due or the work goes on again, else to the ledger alone.
  private mutating func beat(resuming isResumed: Bool) {
    if isResumed || isDue(record.reported, Self.reportInterval) { report(.executing) } else { touch() }
  }

  /// The harness asks for a person: told at once, and once.
  private mutating func wait() {
    if record.isWaiting { touch() } else { report(.waiting) }
  }

  private mutating func touch() {
    guard let execution = record.execution, !record.isGivenUp, isDue(record.touched, Self.touchInterval) else { return }
    record.touched = now
    attempt("tell the ledger") { (self) throws(JournalError) in _ = try self.journal.touch(execution) }
  }

  private mutating func report(_ status: Status) {
    guard let execution = record.execution, !record.isGivenUp else { return }
    var report = SelfReport(kind: .status)
    report.status = status
    report.fields = record.counters.report(record.transcript.flatMap { SessionTokens.beside($0) })
    do {
      _ = try journal.report(report, of: .execution(execution), by: record.droid)
      record.reported = now
      record.touched = now
      record.isWaiting = status == .waiting
      record.isChanged = false
    } catch {
      if case .badData = error { record.isGivenUp = true }
      note("\(error)")
    }
  }

  private func isDue(_ last: Timestamp?, _ interval: Double) -> Bool {
    guard let last else { return true }
    let age = now.seconds(since: last)
    return age >= interval || age < 0
  }

  // MARK: - Trouble

  func note(_ text: String) { files.note(text, at: now) }

  /// Does what may fail without harm, and tells the log when it does.
  private func attempt<Failure: Error>(_ what: String, _ body: (borrowing Self) throws(Failure) -> Void) {
    do { try body(self) } catch { note("cannot \(what): \(error)") }
  }
}

extension HookEvent.Kind {
  /// Whether it shows that nobody is waited for any more; the end of a turn does not.
  fileprivate var isWork: Bool {
    switch self {
    case .prompt, .toolBegins, .toolEnds: true
    default: false
    }
  }

  /// Whether it opens or ends an execution, which must not be missed.
  fileprivate var opensOrEnds: Bool {
    switch self {
    case .sessionStart, .sessionEnd, .subagentBegins, .subagentEnds: true
    case .toolBegins(let call), .toolEnds(let call, _): ToolRole(of: call.tool) == .delegates
    default: false
    }
  }
}
