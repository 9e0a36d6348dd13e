/// A metric: its name, what it means, and its samples in a report.
struct MetricFamily: Sendable {
  /// One value, told apart by its labels.
  struct Sample: Sendable {
    let labels: [(name: String, value: String)]
    let value: Double

    init(_ value: Double, _ labels: (name: String, value: String)...) {
      self.labels = labels
      self.value = value
    }

    /// A sample of an unknown value is no sample.
    init?(_ value: Double?, _ labels: (name: String, value: String)...) {
      guard let value, value.isFinite else { return nil }
      self.labels = labels
      self.value = value
    }
  }

  /// The name, of `[a-z_]`, ending in the unit.
  let name: String
  /// What it means, in one line.
  let help: String
  /// Its samples in a report.
  let samples: @Sendable (MetricsView) -> [Sample]
}

/// A report as metrics look at it: the droids of most executions by name, the others as one.
struct MetricsView: Sendable {
  let report: Report
  let droids: [MetricDroid]

  init(_ report: Report, droidLimit: Int) {
    self.report = report
    droids = MetricDroid.of(report.droids, limit: droidLimit)
  }
}
