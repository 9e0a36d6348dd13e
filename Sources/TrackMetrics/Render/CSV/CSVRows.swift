import TrackCore

/// The cells of each section's rows, in the order of `Section.csvColumns`.
extension CSVWriter {
  mutating func file(_ file: Fold.File) {
    text(file.name)
    text(file.stream.map { String($0.fileName.dropLast(7)) })
    integer(file.lines)
  }

  mutating func executions(_ executions: ExecutionSummary) {
    tally(executions.tally)
    durations(executions.durations)
    integer(executions.withoutStart)
    integer(executions.sharedIDs.count)
    integer(executions.surplusEndings)
    integer(executions.sessions.started)
  }

  mutating func droid(_ droid: DroidSummary) {
    text(droid.droid)
    tally(droid.tally)
    number(droid.success?.low)
    number(droid.success?.high)
    number(droid.share)
    durations(droid.durations)
    integer(droid.selfReports)
    integer(droid.auditNotes)
    time(droid.lastSeen)
  }

  mutating func task(_ task: TaskSummary) {
    text(task.task)
    tally(task.tally)
    durations(task.durations)
    text(task.droids.joined(separator: " "))
    time(task.lastStarted)
    text(task.lastOutcome.wireName)
  }

  mutating func category(_ category: ResultSummary.Category) {
    text(category.name)
    integer(category.count)
    integer(category.invalid)
    integer(category.failures)
  }

  mutating func resources(_ resources: ResourceSummary) {
    text(resources.droid)
    for usage in [resources.cpuPercent, resources.memoryMegabytes, resources.diskMegabytes] {
      integer(usage?.count ?? 0)
      number(usage?.p50)
      number(usage?.p95)
      number(usage?.maximum)
    }
  }

  mutating func open(_ execution: OpenExecution) {
    identity(execution.id, execution.task, execution.droid)
    time(execution.started)
    seconds(execution.age)
    seconds(execution.limit)
    bool(execution.hasOwnLimit)
    bool(execution.isStuck)
    time(execution.lastReport?.time)
    number(execution.lastReport?.progress)
    text(execution.lastReport?.message)
  }

  mutating func recent(_ entry: RecentActivity.Entry) {
    time(entry.time)
    identity(entry.execution, entry.task, entry.droid)
    text(entry.outcome.map(\.wireName) ?? "started")
    seconds(entry.duration)
    text(entry.error)
  }

  mutating func failure(_ failure: Failure) {
    identity(failure.id, failure.task, failure.droid)
    time(failure.ended)
    text(failure.isTimeout ? Status.timeout.rawValue : Status.failed.rawValue)
    seconds(failure.duration)
    text(failure.error)
  }

  mutating func issue(_ issue: Issue) {
    text(issue.kind.rawValue)
    text(issue.severity.rawValue)
    text(issue.droid)
    text(issue.summary)
    number(issue.value)
    number(issue.threshold)
    integer(issue.executionCount)
    text(issue.executions.joined(separator: " "))
    text(issue.advice)
  }

  private mutating func identity(_ id: String, _ task: String?, _ droid: String) {
    text(id)
    text(task)
    text(droid)
  }

  private mutating func tally(_ tally: Tally) {
    for count in [
      tally.started, tally.completed, tally.failed, tally.timedOut, tally.abandoned, tally.open, tally.late,
    ] { integer(count) }
    for rate in [tally.successRate, tally.completionRate, tally.abandonmentRate] { number(rate) }
  }

  private mutating func durations(_ durations: DurationSummary?) {
    integer(durations?.count ?? 0)
    let figures = [
      durations?.total, durations?.mean, durations?.p50, durations?.p90, durations?.p95, durations?.p99,
      durations?.maximum,
    ]
    for figure in figures { seconds(figure) }
  }
}
