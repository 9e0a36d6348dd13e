import TrackCore

/// A selection of executions, with its names looked up once.
struct ExecutionFilter {
  private let since: Int64
  private let until: Int64
  private let hasWindow: Bool
  private let droid: NameTable.Index?
  private let task: NameTable.Index?
  private let isEmpty: Bool
  private let includesSessions: Bool

  init(_ selection: Selection, _ executions: Executions) {
    since = selection.since?.microseconds ?? .min
    until = selection.until?.microseconds ?? .max
    includesSessions = selection.includesSessions
    hasWindow = selection.since != nil || selection.until != nil
    droid = selection.droid.flatMap { executions.droids.index(of: $0) }
    task = selection.task.flatMap { executions.tasks.index(of: $0) }
    isEmpty = (selection.droid != nil && droid == nil) || (selection.task != nil && task == nil)
  }

  /// Whether the execution belongs to the selection; a session only where sessions are asked for.
  @inline(__always) func admits(_ execution: TrackedExecution) -> Bool {
    (includesSessions || !execution.isSession) && holds(execution)
  }

  /// Whether the execution, a session or not, is of the time, the droid and the task that are selected.
  @inline(__always) func holds(_ execution: TrackedExecution) -> Bool {
    guard !isEmpty, droid.map({ $0 == execution.droid }) ?? true, task.map({ $0 == execution.task }) ?? true else {
      return false
    }
    guard hasWindow else { return true }
    guard let time = (execution.started ?? execution.ended)?.microseconds else { return false }
    return since <= time && time < until
  }
}
