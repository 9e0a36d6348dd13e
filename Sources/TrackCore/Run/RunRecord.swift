/// What the journal is told of one attempt; without a journal, or with one that fails, nothing, and the work goes on.
struct RunRecord {
  private var journal: Journal?
  private let droid: DroidID?
  /// The execution, while it is open.
  private(set) var execution: ExecutionID?
  private(set) var run: RunID?
  /// What could not be recorded.
  private(set) var failure: JournalError?

  /// How long a beat may wait for the lock: meanwhile signals wait, too.
  private static let patience: Duration = .milliseconds(50)

  /// Opens an execution; nil `journal` leaves all of it out.
  init(_ journal: Journal?, droid: DroidID?) {
    self.journal = journal
    self.droid = droid
  }

  /// Whether beats are of use.
  var isOpen: Bool { execution != nil }

  /// Records the start.
  mutating func start(_ start: Start, _ program: inout Program, tell: (RunNews) -> Void) {
    guard let journal else { return }
    do {
      let outcome = try journal.start(start)
      execution = outcome.execution
      run = outcome.run
      // What came with another trace, or with none that is valid, says nothing of this one (W3C Trace Context).
      if let own = outcome.traceParent, !own.continues(program.value(of: "TRACEPARENT")) { program.unset("TRACESTATE") }
      for (name, value) in [
        ("DROID_EXECUTION_ID", outcome.execution?.text), ("DROID_RUN_ID", outcome.run?.text),
        ("DROID_ID", outcome.droid?.text), ("TRACEPARENT", outcome.traceParent?.description),
      ] {
        if let value { program.set(name, value) }
      }
      tell(.recorded(outcome))
    } catch {
      failure = error
      tell(.failed(error))
    }
  }

  /// Tells the ledger that the work goes on; that it cannot be told now is the next beat's business.
  func touch() {
    guard let execution, let journal = patientJournal else { return }
    _ = try? journal.touch(execution)
  }

  /// Tells what the work uses.
  func report(_ use: ResourceUse) {
    guard let execution, let journal = patientJournal else { return }
    _ = try? journal.report(SelfReport(use), of: .execution(execution), by: droid)
  }

  private var patientJournal: Journal? {
    try? journal?.following(execution: execution, run: run, wait: Self.patience)
  }

  /// Records the ending.
  mutating func end(_ ending: Ending, result: JSONObject?, details: EndingDetails, tell: (RunNews) -> Void) {
    guard let journal, let execution else { return }
    do {
      tell(.recorded(try journal.end(ending, of: .execution(execution), result: result, details: details, by: droid)))
    } catch {
      failure = error
      tell(.failed(error))
    }
  }

  /// The journal for the next attempt, which belongs to the same run and not to this execution, which is over.
  func following(of environment: ExecutionID?) -> Journal? {
    guard let journal, let execution else { return journal }
    let outer = execution == environment ? nil : environment
    return (try? journal.following(execution: outer, run: run, wait: journal.wait)) ?? journal
  }
}
