import TrackCore

// The figures of lines that are there.

extension PrunedFigures {
  /// Counts what a fold holds.
  init(_ fold: Fold) {
    self.init()
    let executions = fold.executions
    var (counting, sessions) = (Counting(executions), Counting(executions))
    for position in executions.indices {
      let execution = executions[position]
      if execution.isSession { sessions.add(execution) } else { counting.add(execution) }
    }
    counting.name(&self, executions)
    if sessions.figures.tally.started > 0 {
      self.sessions = [PrunedFigures()]
      sessions.name(&self.sessions[0], executions)
    }
    surplusEndings = executions.surplusEndings
    eventTypes = fold.eventTypes
    reportKinds = fold.selfReports
    (first, last) = (fold.first, fold.last)
    for (hour, count) in fold.selfReportHours { hours[hour, default: Hour()][5] += count }
    for (name, droid) in fold.droids {
      droids[name, default: Droid()].selfReports = droid.selfReports
      droids[name, default: Droid()].auditNotes = droid.auditNotes
      droids[name, default: Droid()].lastSeen = [droid.lastSeen, droids[name]?.lastSeen].compactMap(\.self).max()
    }
    for (name, notes) in fold.resources {
      for kind in ResourceNotes.Kind.allCases {
        droids[name, default: Droid()].resources[kind.rawValue] = DurationFigures(notes[kind].distribution)
      }
    }
    forgetOldHours()
  }

  /// Lets go of the hours that the report does not tell any more.
  mutating func forgetOldHours() {
    guard let last else { return }
    forgetHours(before: ActivitySummary.hour(of: last) - Int64(24 * ActivitySummary.dayCount))
  }

  private mutating func forgetHours(before oldest: Int64) {
    hours = hours.filter { $0.key >= oldest }
    for place in sessions.indices { sessions[place].forgetHours(before: oldest) }
  }
}

extension DurationFigures {
  init(_ distribution: Distribution) {
    for (value, count) in distribution.weighted { sketch.add(value, times: count) }
    maximum = distribution.maximum
  }
}

/// Counts executions by the places of names.
private struct Counting {
  var figures = PrunedFigures()
  var droids: [PrunedFigures.Droid]
  var tasks: [PrunedFigures.Task]
  var taskDroids: [Set<UInt32>]
  var reasons: [Int]
  var errors: [Int]
  var problems: [Int]
  var categories: [SIMD4<Int>]

  init(_ executions: Executions) {
    droids = Array(repeating: PrunedFigures.Droid(), count: executions.droids.count)
    tasks = Array(repeating: PrunedFigures.Task(), count: executions.tasks.count)
    taskDroids = Array(repeating: [], count: executions.tasks.count)
    reasons = Array(repeating: 0, count: executions.reasons.count)
    errors = Array(repeating: 0, count: executions.errors.count)
    problems = Array(repeating: 0, count: executions.problems.count)
    categories = Array(repeating: SIMD4(), count: executions.categories.count)
  }

  mutating func add(_ execution: TrackedExecution) {
    figures.tally.add(execution)
    if !execution.hasStart { figures.withoutStart += 1 }
    let droid = Int(execution.droid.value)
    droids[droid].tally.add(execution)
    if let ended = execution.ended, execution.outcome.isEnded {
      droids[droid].lastSeen = max(droids[droid].lastSeen ?? ended, ended)
    }
    if execution.outcome.isEnded, let duration = execution.duration {
      droids[droid].durations.add(duration)
      droids[droid].bins[DurationHistogram.bin(of: duration)] += 1
    }
    if execution.reason != .none { reasons[Int(execution.reason.value)] += 1 }
    let hasFailed = execution.outcome == .failed || execution.outcome == .timeout
    if hasFailed, execution.error != .none { errors[Int(execution.error.value)] += 1 }
    addResult(of: execution, hasFailed: hasFailed)
    addHours(of: execution)
    if execution.task != .none { addAttempt(execution, to: Int(execution.task.value)) }
  }

  private mutating func addResult(of execution: TrackedExecution, hasFailed: Bool) {
    if let success = execution.resultSuccess { figures.results &+= SIMD4(1, success ? 1 : 0, 0, 0) }
    guard execution.category != .none else { return }
    let isValid = execution.problems == .none
    figures.results &+= SIMD4(0, 0, 1, isValid ? 1 : 0)
    categories[Int(execution.category.value)] &+= SIMD4(1, isValid ? 0 : 1, hasFailed ? 1 : 0, 0)
    if !isValid { problems[Int(execution.problems.value)] += 1 }
  }

  private mutating func addHours(of execution: TrackedExecution) {
    if let started = execution.started {
      figures.hours[ActivitySummary.hour(of: started), default: PrunedFigures.Hour()][0] += 1
    }
    guard let ended = execution.ended, execution.outcome != .open else { return }
    let place =
      switch execution.outcome {
      case .open, .completed: 1
      case .failed: 2
      case .timeout: 3
      case .abandoned: 4
      }
    figures.hours[ActivitySummary.hour(of: ended), default: PrunedFigures.Hour()][place] += 1
  }

  private mutating func addAttempt(_ execution: TrackedExecution, to task: Int) {
    tasks[task].tally.add(execution)
    taskDroids[task].insert(execution.droid.value)
    if execution.outcome.isEnded, let duration = execution.duration { tasks[task].durations.add(duration) }
    guard let started = execution.started, tasks[task].lastStarted.map({ $0 <= started }) ?? true else { return }
    (tasks[task].lastStarted, tasks[task].lastOutcome) = (started, execution.outcome)
  }

  /// Gives the figures their names.
  func name(_ named: inout PrunedFigures, _ executions: Executions) {
    named = figures
    named.droids = executions.droids.dictionary(droids) { $0.tally.started > 0 ? $0 : nil }
    named.reasons = executions.reasons.dictionary(reasons) { $0 > 0 ? $0 : nil }
    named.errors = executions.errors.dictionary(errors) { $0 > 0 ? $0 : nil }
    named.problems = executions.problems.dictionary(problems) { $0 > 0 ? $0 : nil }
    named.categories = executions.categories.dictionary(categories) { $0 != .zero ? $0 : nil }
    for place in tasks.indices where tasks[place].tally.started > 0 {
      guard let name = executions.tasks[NameTable.Index(value: UInt32(place))] else { continue }
      var task = tasks[place]
      task.droids = Set(taskDroids[place].compactMap { executions.droids[NameTable.Index(value: $0)] })
      named.tasks[name] = task
    }
  }
}
