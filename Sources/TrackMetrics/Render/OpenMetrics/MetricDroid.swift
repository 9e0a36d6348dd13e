import TrackCore

/// A droid, or all those that have no label of their own, as metrics tell them.
struct MetricDroid: Sendable {
  /// The value of the label `droid`.
  let label: String
  private(set) var counts: [TrackedExecution.Outcome: Int] = [:]
  private(set) var selfReports = 0
  private(set) var lastSeen: Timestamp?
  /// How long its executions took; not told of several droids, whose quantiles cannot be put together.
  private(set) var durations: DurationSummary?

  /// The label of all droids that have none of their own.
  static let other = "other"
  /// The scalars of the longest label; a longer name is summed up in `other`.
  private static let longest = 128

  private init(label: String) { self.label = label }

  /// completed / ended; nil when none has ended.
  var successRate: Double? {
    let ended = self[.completed] + self[.failed] + self[.timeout]
    return ended > 0 ? Double(self[.completed]) / Double(ended) : nil
  }

  /// How many executions have come to `outcome`.
  subscript(outcome: TrackedExecution.Outcome) -> Int { counts[outcome] ?? 0 }

  /// At most `limit` droids by name, in the report's order, and one for all others where there are any.
  static func of(_ droids: [DroidSummary], limit: Int) -> [MetricDroid] {
    var named: [MetricDroid] = []
    var others = MetricDroid(label: other)
    var labels: Set<String> = [other]
    var hasOthers = false
    for droid in droids {
      let label = visible(droid.droid)
      if named.count < limit, label.unicodeScalars.count <= longest, labels.insert(label).inserted {
        var own = MetricDroid(label: label)
        own.add(droid)
        own.durations = droid.durations
        named.append(own)
      } else {
        others.add(droid)
        hasOthers = true
      }
    }
    return hasOthers ? named + [others] : named
  }

  private mutating func add(_ droid: DroidSummary) {
    let tally = droid.tally
    counts[.open, default: 0] += tally.open
    counts[.completed, default: 0] += tally.completed
    counts[.failed, default: 0] += tally.failed
    counts[.timeout, default: 0] += tally.timedOut
    counts[.abandoned, default: 0] += tally.abandoned
    selfReports += droid.selfReports
    lastSeen = [lastSeen, droid.lastSeen].compactMap(\.self).max()
  }
}
