import TrackCore

extension JSONWriter {
  mutating func droid(_ droid: DroidSummary) {
    member("droid", droid.droid)
    tally(droid.tally)
    interval("success", droid.success)
    member("share", droid.share)
    array("trend", droid.trend) { if let rate = $1 { $0.number(rate) } else { $0.value(.null) } }
    durations(droid.durations)
    histogram(droid.histogram)
    member("self_reports", droid.selfReports)
    member("audit_notes", droid.auditNotes)
    member("last_seen", droid.lastSeen)
  }

  mutating func tasks(_ tasks: TaskSection) {
    member("count", tasks.count)
    member("retried", tasks.retried)
    objects("tasks", tasks.shown) {
      $0.member("task", $1.task)
      $0.tally($1.tally)
      $0.durations($1.durations)
      $0.member("droids", $1.droids)
      $0.member("last_started", $1.lastStarted)
      $0.member("last_outcome", $1.lastOutcome.wireName)
    }
  }

  mutating func results(_ results: ResultSummary) {
    member("results", results.results)
    member("successes", results.successes)
    member("validated", results.validated)
    member("valid", results.valid)
    member("validation_rate", results.validationRate)
    objects("categories", results.categories) {
      $0.member("category", $1.name)
      $0.member("count", $1.count)
      $0.member("invalid", $1.invalid)
      $0.member("failures", $1.failures)
    }
    objects("problems", results.problems) { $0.count($1, of: "problem") }
    objects("errors", results.errors) { $0.count($1, of: "template") }
  }

  private mutating func count(_ count: DataSummary.Count, of key: String) {
    member(key, count.name)
    member("count", count.count)
  }

  mutating func resources(_ resources: ResourceSummary) {
    member("droid", resources.droid)
    usage("cpu_percent", resources.cpuPercent)
    usage("memory_mb", resources.memoryMegabytes)
    usage("disk_io_mb", resources.diskMegabytes)
  }

  private mutating func usage(_ key: String, _ usage: ResourceSummary.Usage?) {
    object(key, usage) {
      $0.member("count", $1.count)
      $0.member("p50", $1.p50)
      $0.member("p95", $1.p95)
      $0.member("max", $1.maximum)
    }
  }
}
