import TrackCore

/// What one droid did, in the last window and before it.
struct DroidHistory {
  /// A completed execution whose duration is known.
  struct Completion {
    let position: Int
    let task: NameTable.Index
    let duration: Double
    /// Whether it ended in the last window.
    let isRecent: Bool
  }

  /// How executions ended in a time.
  struct Endings {
    var ended = 0
    var completed = 0

    var rate: Double { ended > 0 ? Double(completed) / Double(ended) : 0 }
  }

  let droid: NameTable.Index
  /// When its executions started in microseconds, ascending.
  private(set) var starts: [Int64] = []
  private(set) var openCount = 0
  private(set) var recent = Endings()
  private(set) var earlier = Endings()
  private(set) var completions: [Completion] = []
  /// Executions that failed or timed out, and when in microseconds, where that is known.
  private(set) var failures: [(position: Int, ended: Int64)] = []
  /// When the last completed execution ended, in microseconds.
  private(set) var lastCompleted = Int64.min

  /// - Parameters:
  ///   - since: where the last window begins.
  ///   - now: where it ends; what is later has not happened.
  init(_ droid: NameTable.Index, _ executions: Executions, _ histories: DroidHistories, since: Int64, now: Int64) {
    self.droid = droid
    let positions = histories.positions(of: droid)
    starts.reserveCapacity(positions.count)
    completions.reserveCapacity(positions.count)
    for position in positions {
      let execution = executions[position]
      if let start = execution.started?.microseconds, start <= now { starts.append(start) }
      if execution.outcome == .open { openCount += 1 }
      guard execution.outcome.isEnded, let ended = execution.ended?.microseconds else { continue }
      if execution.outcome.isFailure { failures.append((position, ended)) }
      guard ended <= now else { continue }
      let isCompleted = execution.outcome == .completed
      if ended >= since {
        recent.ended += 1
        if isCompleted { recent.completed += 1 }
      } else {
        earlier.ended += 1
        if isCompleted { earlier.completed += 1 }
      }
      guard isCompleted else { continue }
      lastCompleted = max(lastCompleted, ended)
      if let duration = execution.duration {
        completions.append(
          Completion(position: position, task: execution.task, duration: duration, isRecent: ended >= since))
      }
    }
    starts.sort()
  }
}
