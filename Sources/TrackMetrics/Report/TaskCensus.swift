import TrackCore

/// What is counted of every task: as little as picks those that are told.
struct TaskCensus {
  private(set) var attempts: [UInt32]
  /// When each was last started or ended, in microseconds.
  private(set) var last: [Int64]

  /// The names of the tasks, where they are not those of the executions alone.
  private(set) var names = NameTable()

  init(count: Int) {
    attempts = Array(repeating: 0, count: count)
    last = Array(repeating: .min, count: count)
  }

  mutating func add(_ execution: TrackedExecution) {
    guard execution.task != .none else { return }
    let task = Int(execution.task.value)
    attempts[task] += 1
    guard let time = execution.started ?? execution.ended else { return }
    last[task] = max(last[task], time.microseconds)
  }

  /// The same with the attempts of which the lines are gone; `tasks` are the names of those that are there.
  func adding(_ pruned: [String: PrunedFigures.Task], _ tasks: NameTable) -> TaskCensus {
    var census = self
    census.names = tasks
    for (name, task) in pruned where task.tally.started > 0 {
      let place = Int(census.names.intern(name).value)
      census.attempts.extend(to: place, with: 0)
      census.last.extend(to: place, with: .min)
      census.attempts[place] += UInt32(clamping: task.tally.started)
      census.last[place] = max(census.last[place], task.lastStarted?.microseconds ?? .min)
    }
    return census
  }

  /// The tasks with the most attempts; of as many, those that were started last, then by name.
  func shown(_ names: NameTable) -> [NameTable.Index] {
    var ranking = Ranking<Order>(TaskSection.limit)
    func name(_ task: Int) -> String { names[NameTable.Index(value: UInt32(task))] ?? "" }
    func precedes(_ one: Int, _ other: Int) -> Bool { name(one) < name(other) }
    for task in attempts.indices.reversed() where attempts[task] > 0 {
      ranking.offer(Order(attempts: attempts[task], last: last[task]), task, precedes: precedes)
    }
    return ranking.sorted(precedes: precedes).map { NameTable.Index(value: UInt32($0.position)) }
  }

  private struct Order: Comparable {
    let attempts: UInt32
    let last: Int64

    static func < (left: Self, right: Self) -> Bool { (left.attempts, left.last) < (right.attempts, right.last) }
  }
}
