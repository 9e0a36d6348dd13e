import TrackCore

extension JSONWriter {
  /// The members of all executions together.
  mutating func executions(_ executions: ExecutionSummary) {
    tally(executions.tally)
    member("ended", executions.tally.ended)
    object("sessions") { $0.sessions(executions.sessions) }
    member("abandoned_by_reason", executions.abandonedByReason)
    member("without_start", executions.withoutStart)
    member("shared_ids", executions.sharedIDs.count)
    member("surplus_endings", executions.surplusEndings)
    durations(executions.durations)
    histogram(executions.histogram)
    objects("longest", executions.longest) {
      $0.identity($1.id, $1.task, $1.droid)
      $0.member(WireKey.durationSeconds, seconds: $1.duration)
      $0.member("outcome", $1.outcome.wireName)
      $0.member("ended_at", $1.ended)
    }
    object("activity") {
      $0.objects("hours", executions.activity.hours) { $0.period($1) }
      $0.objects("days", executions.activity.days) { $0.period($1) }
    }
  }

  /// Counts only: how a session ends says nothing of success.
  private mutating func sessions(_ tally: Tally) {
    member("started", tally.started)
    member("completed", tally.completed)
    member("failed", tally.failed)
    member("timed_out", tally.timedOut)
    member("abandoned", tally.abandoned)
    member("open", tally.open)
  }

  private mutating func period(_ period: ActivitySummary.Period) {
    member("begin", period.begin)
    member("started", period.started)
    member("completed", period.completed)
    member("failed", period.failed)
    member("timed_out", period.timedOut)
    member("abandoned", period.abandoned)
    member("self_reports", period.selfReports)
  }

  mutating func timeline(_ entry: TimelineEntry) {
    identity(entry.id, entry.task, entry.droid)
    member("started_at", entry.started)
    member("ended_at", entry.ended)
    member("outcome", entry.outcome.wireName)
  }

  mutating func open(_ execution: OpenExecution) {
    identity(execution.id, execution.task, execution.droid)
    member("started_at", execution.started)
    member("age_seconds", seconds: execution.age)
    member("limit_seconds", seconds: execution.limit)
    member("own_limit", execution.hasOwnLimit)
    member("stuck", execution.isStuck)
    object("last_report", execution.lastReport) {
      $0.member(WireKey.timestamp, $1.time)
      $0.member(WireKey.progress, $1.progress)
      $0.member(WireKey.message, $1.message)
    }
  }

  mutating func failure(_ failure: Failure) {
    identity(failure.id, failure.task, failure.droid)
    member(WireKey.timestamp, failure.ended)
    member(WireKey.status, failure.isTimeout ? Status.timeout.rawValue : Status.failed.rawValue)
    member(WireKey.durationSeconds, seconds: failure.duration)
    member(WireKey.error, failure.error)
  }

  mutating func recent(_ recent: RecentActivity) {
    member("since", recent.since)
    tally(recent.tally)
    member("endings", recent.endings)
    member("droids", recent.droids)
    objects("entries", recent.entries) {
      $0.member(WireKey.timestamp, $1.time)
      $0.identity($1.execution, $1.task, $1.droid)
      $0.member("outcome", $1.outcome.map(\.wireName) ?? "started")
      $0.member(WireKey.durationSeconds, seconds: $1.duration)
      $0.member(WireKey.error, $1.error)
    }
  }
}
