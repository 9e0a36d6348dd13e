extension Section {
  /// The names of the section's columns, in the order in which `CSVRows` writes them.
  var csvColumns: [String] {
    switch self {
    case .data: ["file", "stream", "lines"]
    case .executions: Self.tally + Self.durations + ["without_start", "shared_ids", "surplus_endings", "sessions"]
    case .droids:
      ["droid"] + Self.tally + ["success_low", "success_high", "share"] + Self.durations
        + ["self_reports", "audit_notes", "last_seen"]
    case .tasks: ["task"] + Self.tally + Self.durations + ["droids", "last_started", "last_outcome"]
    case .results: ["category", "count", "invalid", "failures"]
    case .resources:
      ["droid"]
        + ["cpu_percent", "memory_mb", "disk_io_mb"].flatMap { name in
          ["count", "p50", "p95", "max"].map { "\(name)_\($0)" }
        }
    case .open:
      Self.identity + [
        "started_at", "age_seconds", "limit_seconds", "own_limit", "stuck", "last_report_timestamp",
        "last_report_progress", "last_report_message",
      ]
    case .recent: ["timestamp"] + Self.identity + ["outcome", "duration_seconds", "error"]
    case .failures: Self.identity + ["timestamp", "status", "duration_seconds", "error"]
    case .issues:
      ["kind", "severity", "droid_id", "summary", "value", "threshold", "execution_count", "executions", "advice"]
    }
  }

  private static let identity = ["execution_id", "task_id", "droid_id"]
  private static let tally = [
    "started", "completed", "failed", "timed_out", "abandoned", "open", "late", "success_rate", "completion_rate",
    "abandonment_rate",
  ]
  private static let durations = ["count", "total", "mean", "p50", "p90", "p95", "p99", "max"].map { "durations_\($0)" }
}
