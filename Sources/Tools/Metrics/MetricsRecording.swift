import TrackCore
import TrackMetrics

/// Records the figures of a report, and in the audit stream that they were recorded, as the original did.
struct MetricsRecording {
  let journal: Journal
  /// Whether nothing is recorded while the last record is younger than `metrics_interval`.
  let onlyIfDue: Bool

  /// What was recorded; nothing when it is not due.
  func record(_ report: Report) throws -> [Outcome] {
    if onlyIfDue, let last = report.data.lastMetrics {
      let age = report.generatedAt.seconds(since: last)
      guard age < 0 || age >= journal.configuration.tracking.metricsInterval.seconds else { return [] }
    }
    // Figures of what happened to be readable would be false ones.
    if let unreadable = report.data.unreadable.first {
      let reason = "\(excerpt(unreadable.name)) cannot be read: \(unreadable.reason)"
      throw ToolError(status: .inputOutput, message: "cannot record metrics: \(reason)")
    }
    let figures = try journal.record(.metrics(report.performanceMetrics))
    let tally = report.executions.tally
    let details: JSONObject = [
      "total_tasks": .number(JSONNumber(tally.completed)), "active_tasks": .number(JSONNumber(tally.open)),
      "droids_tracked": .number(JSONNumber(report.droids.count)),
    ]
    return [figures, try journal.record(.audit(action: "performance_metrics_generated", details: details))]
  }
}
