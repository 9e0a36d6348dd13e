package import TrackCore

extension Report {
  /// The bytes that droids may take in a `performance.metrics` line, whose length is limited to 64 KiB.
  private static let droidBudget = 40 * 1024

  /// The own keys of a `performance.metrics` event: the original's, `version`, `window`, and what came since.
  ///
  /// `failed_executions` does not hold the timed-out ones. When not all droids fit in a line, those with the most
  /// executions are told and `droids_omitted` counts the others.
  package var performanceMetrics: JSONObject {
    var performance: [(key: String, value: JSONValue)] = []
    var budget = Self.droidBudget
    for droid in droids where droid.tally.started > 0 {
      let entry = JSONValue.object(droid.performance)
      budget -= encodedLength(entry) + encodedLength(.string(droid.droid))
      guard budget >= 0 else { break }
      performance.append((droid.droid, entry))
    }
    let tally = executions.tally
    return JSONObject([
      (WireKey.generatedAt, .string(generatedAt.description)),
      (WireKey.totalTasksCompleted, integer(tally.completed)),
      (WireKey.activeTasks, integer(tally.open)),
      (WireKey.droidPerformance, .object(JSONObject(performance))),
      (WireKey.recentFailures, .array(recentFailures.map(\.figures))),
      ("version", 1),
      ("window", .object(window)),
      ("started", integer(tally.started)),
      ("failed", integer(tally.failed)),
      ("timed_out", integer(tally.timedOut)),
      ("abandoned", integer(tally.abandoned)),
      ("late", integer(tally.late)),
      ("stuck", integer(stuckCount)),
      ("success_rate", number(tally.successRate)),
      ("completion_rate", number(tally.completionRate)),
      ("abandonment_rate", number(tally.abandonmentRate)),
      ("durations", executions.durations.map { .object($0.figures) } ?? .null),
      ("bad_lines", integer(data.problems.count)),
      ("issues", integer(issueCount)),
      ("droids_omitted", integer(droids.count { $0.tally.started > 0 } - performance.count)),
    ])
  }
}

extension Report {
  /// The time that the figures speak of: what was selected, else from the first line to the report itself.
  private var window: JSONObject {
    let (since, until) = (selection.since ?? data.first, selection.until ?? generatedAt)
    return JSONObject([
      ("since", since.map { .string($0.description) } ?? .null), ("until", .string(until.description)),
    ])
  }
}

extension DroidSummary {
  fileprivate var performance: JSONObject {
    JSONObject([
      ("total_executions", integer(tally.started)),
      ("successful_executions", integer(tally.completed)),
      ("failed_executions", integer(tally.failed)),
      ("total_duration", seconds(durations?.total ?? 0)),
      ("avg_duration", seconds(durations?.mean ?? 0)),
      ("success_rate", number(tally.successRate)),
      ("timed_out_executions", integer(tally.timedOut)),
      ("abandoned_executions", integer(tally.abandoned)),
      ("open_executions", integer(tally.open)),
    ])
  }
}

extension DurationSummary {
  /// The figures by name.
  var figures: JSONObject {
    JSONObject([
      ("count", integer(count)), ("total", seconds(total)), ("mean", seconds(mean)), ("p50", seconds(p50)),
      ("p90", seconds(p90)), ("p95", seconds(p95)), ("p99", seconds(p99)), ("max", seconds(maximum)),
    ])
  }
}

/// An integer as JSON.
func integer(_ value: Int) -> JSONValue { .number(JSONNumber(value)) }

/// A number as JSON; null when it is unknown.
func number(_ value: Double?) -> JSONValue { value.flatMap { JSONNumber($0) }.map { .number($0) } ?? .null }

/// Seconds as JSON, to the microsecond, which is as far as the clock goes; null when unknown.
func seconds(_ value: Double?) -> JSONValue { number(value.map { ($0 * 1e6).rounded() / 1e6 }) }

private func encodedLength(_ value: JSONValue) -> Int {
  var writer = JSONWriter()
  writer.value(value)
  return writer.bytes.count + 4
}
