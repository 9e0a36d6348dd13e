/// What came of a request.
public struct Outcome: Hashable, Sendable {
  /// The execution it was about; nil for events of none.
  public internal(set) var execution: ExecutionID?
  /// The run of that execution.
  public internal(set) var run: RunID?
  /// The droid of that execution.
  public internal(set) var droid: DroidID?
  /// The trace and span of that execution: what work inside it is to get as `TRACEPARENT`.
  public internal(set) var traceParent: TraceParent?
  /// The events that were recorded, in the order of writing.
  public internal(set) var events: [Event] = []
  /// What the caller should hear of.
  public internal(set) var notices: [Notice] = []
}

extension Outcome {
  /// What came of something that happened to an execution.
  init(about execution: Execution, _ events: [Event], notices: [Notice] = []) {
    self.init(
      execution: execution.id, run: execution.run, droid: execution.droid, traceParent: execution.trace.own,
      events: events, notices: notices)
  }
}

extension Outcome {
  /// Takes back a notice, which the caller has heard before.
  package mutating func forget(_ notice: Notice) { notices.removeAll { $0 == notice } }
}

/// Something worth a line on stderr that is no error.
public enum Notice: Hashable, Sendable, CustomStringConvertible {
  /// `DROID_EXECUTION_ID` names no open execution and was passed over.
  case staleEnvironment(String)
  /// A variable holds no valid id and was passed over.
  case invalidVariable(name: String, problem: String)
  /// Of several open executions the newest was taken.
  case tookNewest(ExecutionID, passedOver: [ExecutionID])
  /// An execution of the same task was closed because its owner is gone or its time is over.
  case closedStale(ExecutionID, AbandonReason)
  /// An execution of the same task was given up for the new one.
  case superseded(ExecutionID)
  /// An execution of the same task is open besides the new one.
  case stillOpen(ExecutionID, droid: DroidID)
  /// The lock was not had in time; the request waits in the spool.
  case spooled
  /// A process that was named as owner does not run, so there is none.
  case ownerNotFound(Int32)

  /// One line for a person.
  public var description: String {
    switch self {
    case .staleEnvironment(let id): "DROID_EXECUTION_ID '\(excerpt(id))' is not open, passed over"
    case .invalidVariable(let name, let problem): "\(name) passed over: \(problem)"
    case .tookNewest(let id, let others):
      "several executions are open, took the newest \(id), passed over \(others.map(\.text).joined(separator: ", "))"
    case .closedStale(let id, let reason): "closed \(id): \(reason.rawValue)"
    case .superseded(let id): "closed \(id): superseded"
    case .stillOpen(let id, let droid): "\(id) of \(droid) is still open"
    case .spooled: "journal is locked, the event is spooled and will be merged by the next writer"
    case .ownerNotFound(let pid): "process \(pid) does not run, recorded without an owner"
    }
  }
}
