package import TrackCore

/// One task over all its attempts.
package struct TaskSummary: Hashable, Sendable {
  /// Its id, as written.
  package let task: String
  /// How its attempts fared; an attempt is an execution.
  package let tally: Tally
  /// How long its ended attempts took; nil when no duration is known.
  package let durations: DurationSummary?
  /// The droids that attempted it, in order, at most ten.
  package let droids: [String]
  /// When it was last started.
  package let lastStarted: Timestamp?
  /// What became of the attempt that was started last.
  package let lastOutcome: TrackedExecution.Outcome
}

/// The tasks, those with the most attempts first.
package struct TaskSection: Hashable, Sendable {
  /// How many tasks there are.
  package let count: Int
  /// How many were attempted more than once.
  package let retried: Int
  /// The tasks told, at most `limit`: the most attempts first, then those started last, then by name.
  package let shown: [TaskSummary]

  /// The number of tasks told.
  package static let limit = 1_000
  /// The number of a task's droids told.
  static let droidLimit = 10

  init(_ census: TaskCensus, _ executions: Executions, _ pruned: PrunedFigures, _ selection: Selection) {
    let census = census.adding(pruned.tasks, executions.tasks)
    count = census.attempts.count { $0 > 0 }
    retried = census.attempts.count { $0 > 1 }
    let names = census.names
    let chosen = census.shown(names)
    var places = Array(repeating: Int16(-1), count: census.attempts.count)
    for (place, task) in chosen.enumerated() { places[Int(task.value)] = Int16(place) }
    var attempts = chosen.map { _ in Attempts() }
    let filter = ExecutionFilter(selection, executions)
    for position in executions.indices {
      let execution = executions[position]
      guard execution.task != .none, filter.admits(execution) else { continue }
      let place = Int(places[Int(execution.task.value)])
      if place >= 0 { attempts[place].add(execution, at: position, of: executions) }
    }
    shown = zip(chosen, attempts).map { task, attempts in
      let name = names[task] ?? ""
      return TaskSummary(name, attempts, pruned.tasks[name], executions)
    }
  }
}

extension TaskSummary {
  fileprivate init(_ task: String, _ attempts: Attempts, _ pruned: PrunedFigures.Task?, _ executions: Executions) {
    let pruned = pruned ?? PrunedFigures.Task()
    self.task = task
    tally = attempts.tally + pruned.tally
    durations = DurationSummary(attempts.durations, pruned.durations)
    let droids = pruned.droids.union(attempts.droids.compactMap { executions.droids[$0] })
    self.droids = Array(droids.sorted().prefix(TaskSection.droidLimit))
    let started = attempts.last.flatMap { executions[$0].started }
    if let last = pruned.lastStarted, started.map({ $0 < last }) ?? true {
      (lastStarted, lastOutcome) = (last, pruned.lastOutcome)
    } else {
      (lastStarted, lastOutcome) = (started, attempts.last.map { executions[$0].outcome } ?? .open)
    }
  }
}

/// The attempts of a task that is told.
private struct Attempts {
  var tally = Tally()
  var durations: [Double] = []
  var droids: Set<NameTable.Index> = []
  /// The position of the attempt that was started last.
  var last: Int?

  mutating func add(_ execution: TrackedExecution, at position: Int, of executions: Executions) {
    tally.add(execution)
    droids.insert(execution.droid)
    if execution.outcome.isEnded, let duration = execution.duration { durations.append(duration) }
    guard let known = last else {
      last = position
      return
    }
    let (old, new) = (executions[known].started?.microseconds ?? .min, execution.started?.microseconds ?? .min)
    if new > old || (new == old && executions.precedes(known, position)) { last = position }
  }
}
