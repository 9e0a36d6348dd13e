/// What a caller asks of the journal, complete: it can be carried out now or, from the spool, later.
///
/// Everything that needs no look at the journal is decided when the request is made; its time is the time of its events
/// whenever they are written.
struct Request: Hashable, Sendable {
  /// The id of its (first) event.
  let id: EventID
  /// When it was made.
  let time: Instant
  let kind: Kind

  enum Kind: Hashable, Sendable {
    case start(StartRequest)
    case report(ReportRequest)
    case end(EndRequest)
    case note(NoteRequest)
  }
}

/// A new execution.
struct StartRequest: Hashable, Sendable {
  let execution: ExecutionID
  let task: TaskID
  let droid: DroidID
  /// `DROID_RUN_ID`.
  let run: RunID?
  /// The run it opens when it belongs to none.
  let newRun: RunID
  let details: StartDetails
  /// `DROID_EXECUTION_ID`.
  let environment: ExecutionID?
  let mode: StartMode
  /// What it brings along for its trace; nil in the spool of a version that knew of none.
  let trace: TraceRequest?
}

extension StartRequest {
  /// The same start with its run, its mode and its place in a trace decided; nil `trace` leaves that open.
  func pinned(run: RunID, mode: StartMode, trace context: TraceContext?) -> StartRequest {
    var details = details
    details.trace = context
    return StartRequest(
      execution: execution, task: task, droid: droid, run: run, newRun: newRun, details: details,
      environment: environment, mode: mode, trace: trace)
  }
}

/// How a start treats executions that are open.
public enum StartMode: String, Hashable, Sendable {
  /// It goes on with the execution of the environment when that was started for it, else opens a new one.
  case join
  /// It always opens a new one.
  case new
  /// It opens a new one and gives up the open ones of the same task.
  case supersede
}

/// A self-report, and those that were read right after it.
struct ReportRequest: Hashable, Sendable {
  let selection: Selection
  let writer: Writer
  let report: SelfReport
  var further: [TimedReport] = []
}

/// A self-report with an event and a time of its own.
struct TimedReport: Hashable, Sendable {
  let id: EventID
  let time: Timestamp
  var report: SelfReport
}

/// An ending.
struct EndRequest: Hashable, Sendable {
  let selection: Selection
  let writer: Writer
  let ending: Ending
  let result: JSONObject?
  let details: EndingDetails
}

/// An event that changes no execution.
struct NoteRequest: Hashable, Sendable {
  let task: TaskID?
  let execution: ExecutionID?
  let writer: Writer
  let note: Note
}

/// An event that is recorded as it is told.
public enum Note: Hashable, Sendable {
  /// One of the orchestrator's events; `status` nil leaves the type's own.
  case orchestrator(OrchestratorEventType, status: String?, fields: JSONObject)
  /// `audit.recorded`
  case audit(action: String, details: JSONObject)
  /// `performance.metrics`
  case metrics(JSONObject)
}

/// Who writes, as far as the request knows.
struct Writer: Hashable, Sendable {
  /// `--droid` or `DROID_ID`.
  let droid: DroidID?
  /// The droid when the ledger does not know one either.
  let fallback: DroidID
  /// `DROID_RUN_ID`.
  let run: RunID?
}

/// Which execution is meant.
struct Selection: Hashable, Sendable {
  /// `--execution`.
  var named: ExecutionID?
  /// The TASK given.
  var task: TaskID?
  /// `DROID_EXECUTION_ID`.
  var environment: ExecutionID?
  /// `.factory/current_execution.json`.
  var file: ExecutionID?
  /// `--droid` or `DROID_ID`, which narrows.
  var droid: DroidID?
  /// Who asks: an owner ends its own executions.
  var caller: Caller
}

/// The process that asks, as it was when it asked: a request may be carried out elsewhere and later.
struct Caller: Hashable, Sendable {
  let pid: Int32
  let boot: String
  let pidNamespace: UInt64

  /// Whether this is the process `owner`.
  func isOwner(_ owner: ProcessIdentity) -> Bool {
    pid == owner.pid && boot == owner.boot && pidNamespace == owner.pidNamespace
  }
}
