package import TrackCore

/// What happened lately.
package struct RecentActivity: Hashable, Sendable {
  /// One start or ending.
  package struct Entry: Hashable, Sendable {
    /// When it happened.
    package let time: Timestamp
    /// The execution.
    package let execution: String
    /// Its task, where a line tells.
    package let task: String?
    /// The droid that started it.
    package let droid: String
    /// What happened: nil is a start.
    package let outcome: TrackedExecution.Outcome?
    /// From its start to its ending in seconds.
    package let duration: Double?
    /// What went wrong.
    package let error: String?
  }

  /// From when on.
  package let since: Timestamp
  /// Executions started, by how they stand now.
  package let tally: Tally
  /// Executions of any start that ended or were given up since then.
  package let endings: Int
  /// The droids that started, reported or ended anything.
  package let droids: Int
  /// The newest starts and endings, the newest first, at most `limit`.
  package let entries: [Entry]

  /// The number of starts and endings told.
  package static let limit = 50

  init(_ census: Census, _ executions: Executions, droids: [DroidSummary], since: Timestamp) {
    self.since = since
    tally = census.recentTally
    endings = census.recentEndings
    self.droids = droids.count { $0.lastSeen.map { $0 >= since } ?? false }
    entries = census.recentEntries(of: executions)
  }
}

extension Census {
  /// The newest starts and endings, the newest first.
  fileprivate func recentEntries(of executions: Executions) -> [RecentActivity.Entry] {
    recent.sorted { one, other in
      one / 2 == other / 2 ? one > other : executions.precedes(one / 2, other / 2)
    }.map { entry in
      let execution = executions[entry.position / 2]
      let isEnding = entry.position % 2 == 1
      return RecentActivity.Entry(
        time: Timestamp(microseconds: entry.key), execution: executions.id(of: execution),
        task: executions.tasks[execution.task],
        droid: executions.droids[execution.droid] ?? DroidID.unknown.text,
        outcome: isEnding ? execution.outcome : nil, duration: isEnding ? execution.duration : nil,
        error: isEnding ? executions.error(of: execution) : nil)
    }
  }
}
