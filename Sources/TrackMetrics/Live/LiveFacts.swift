package import TrackCore

/// What a live view shows of a fold: what runs, how long that usually takes, and what ended last.
///
/// It holds times and no ages, so that it stays true while nothing is recorded and only the clock goes on.
package struct LiveFacts: Hashable, Sendable {
  /// An execution that nobody has ended.
  package struct Running: Hashable, Sendable {
    /// Its id.
    package let id: String
    /// Its task, where a line tells.
    package let task: String?
    /// The droid that started it.
    package let droid: String
    /// When it started, where a line tells.
    package let started: Timestamp?
    /// The seconds it may take: its own limit, else the default one.
    package let limit: Double
    /// The newest report on it.
    package let report: ReportNote?
    /// How long such work usually takes; nil where too little of it was completed.
    package let usual: Usual?
  }

  /// How long completed executions took, as the median.
  package struct Usual: Hashable, Sendable {
    /// The median in seconds.
    package let seconds: Double
    /// How many completed executions it rests on.
    package let count: Int
    /// What they have in common with the one that runs.
    package let basis: Basis
  }

  /// What completed executions have in common with one that runs, the closest first.
  package enum Basis: Hashable, Sendable {
    case taskAndDroid, task, droid
  }

  /// An execution that ended.
  package struct Ending: Hashable, Sendable {
    /// Its id.
    package let id: String
    /// Its task, where a line tells.
    package let task: String?
    /// The droid that started it.
    package let droid: String
    /// When it ended.
    package let time: Timestamp
    /// What became of it.
    package let outcome: TrackedExecution.Outcome
    /// From its start to its ending in seconds.
    package let duration: Double?
    /// What went wrong.
    package let error: String?
  }

  /// The open executions, the newest first, at most `runningLimit`.
  package let running: [Running]
  /// How many are open.
  package let openCount: Int
  /// How many sessions of agents' harnesses are open and not among them.
  package let sessionCount: Int
  /// The newest endings, the newest first, at most `endingLimit`.
  package let endings: [Ending]
  /// How all executions fared.
  package let tally: Tally

  /// The number of open executions held.
  package static let runningLimit = 200
  /// The number of endings held.
  package static let endingLimit = 100
  /// The completed executions that a median must rest on.
  package static let minimumHistory = 3
}

extension LiveFacts {
  /// Takes from `fold` what a live view shows.
  /// - Parameter defaultLimit: the seconds that an execution without a limit of its own may take.
  /// - Parameter includesSessions: whether sessions count as executions; else those that are open are only counted.
  package init(fold: Fold, defaultLimit: Double, includesSessions: Bool = false) {
    let executions = fold.executions
    var open: [TrackedExecution] = []
    var ended: [(time: Timestamp, execution: TrackedExecution)] = []
    var tally = Tally()
    var sessionCount = 0
    for execution in executions {
      if execution.isSession, !includesSessions {
        if execution.outcome == .open { sessionCount += 1 }
        continue
      }
      tally.add(execution)
      if execution.outcome == .open {
        open.append(execution)
      } else if let time = execution.ended {
        ended.append((time, execution))
      }
    }
    open.sort { ($0.started?.microseconds ?? .min, $0.row) > ($1.started?.microseconds ?? .min, $1.row) }
    ended.sort { ($0.time, $0.execution.row) > ($1.time, $1.execution.row) }
    let shown = Array(open.prefix(Self.runningLimit))
    let history = History(of: shown, in: executions, includesSessions: includesSessions)
    running = shown.map { Running($0, of: executions, defaultLimit: defaultLimit, usual: history.usual(of: $0)) }
    openCount = open.count
    self.sessionCount = sessionCount
    endings = ended.prefix(Self.endingLimit).map { Ending($0.execution, at: $0.time, of: executions) }
    self.tally = tally
  }
}

extension LiveFacts.Running {
  fileprivate init(
    _ execution: TrackedExecution, of executions: Executions, defaultLimit: Double, usual: LiveFacts.Usual?
  ) {
    id = executions.id(of: execution)
    task = executions.tasks[execution.task]
    droid = executions.droids[execution.droid] ?? DroidID.unknown.text
    started = execution.started
    limit = execution.limit ?? defaultLimit
    report = executions.lastReport(of: execution)
    self.usual = usual
  }
}

extension LiveFacts.Ending {
  fileprivate init(_ execution: TrackedExecution, at time: Timestamp, of executions: Executions) {
    id = executions.id(of: execution)
    task = executions.tasks[execution.task]
    droid = executions.droids[execution.droid] ?? DroidID.unknown.text
    self.time = time
    outcome = execution.outcome
    duration = execution.duration
    error = outcome == .failed || outcome == .timeout ? executions.error(of: execution) : nil
  }
}

/// The durations of completed executions of the tasks and droids that are at work.
private struct History {
  private struct Work: Hashable {
    let task: NameTable.Index
    let droid: NameTable.Index
  }

  private var both: [Work: [Double]] = [:]
  private var tasks: [NameTable.Index: [Double]] = [:]
  private var droids: [NameTable.Index: [Double]] = [:]

  init(of open: [TrackedExecution], in executions: Executions, includesSessions: Bool) {
    for execution in open {
      if execution.task != .none { tasks[execution.task] = [] }
      droids[execution.droid] = []
    }
    guard !open.isEmpty else { return }
    for execution in executions where execution.outcome == .completed {
      guard includesSessions || !execution.isSession else { continue }
      guard let duration = execution.duration else { continue }
      let isTaskAtWork = tasks[execution.task] != nil
      tasks[execution.task]?.append(duration)
      guard droids[execution.droid] != nil else { continue }
      droids[execution.droid]?.append(duration)
      if isTaskAtWork { both[Work(task: execution.task, droid: execution.droid), default: []].append(duration) }
    }
  }

  func usual(of execution: TrackedExecution) -> LiveFacts.Usual? {
    usual(both[Work(task: execution.task, droid: execution.droid)], .taskAndDroid) ?? usual(
      tasks[execution.task], .task)
      ?? usual(droids[execution.droid], .droid)
  }

  private func usual(_ durations: [Double]?, _ basis: LiveFacts.Basis) -> LiveFacts.Usual? {
    guard let durations, durations.count >= LiveFacts.minimumHistory else { return nil }
    var statistics = OrderStatistics(durations)
    return LiveFacts.Usual(seconds: statistics.median(), count: durations.count, basis: basis)
  }
}
