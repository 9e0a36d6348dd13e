/// Several projects side by side.
package struct Comparison: Hashable, Sendable {
  /// One project.
  package struct Project: Hashable, Sendable {
    /// How it is named: its path from where one stands, or what tells it from the others.
    package let label: String
    /// Its report.
    package let report: Report

    /// Makes a project of its parts.
    package init(label: String, report: Report) {
      self.label = label
      self.report = report
    }
  }

  /// What is usual among the projects: the median of each figure over the projects that know it (type 7, as all
  /// quantiles here); nil where none does.
  ///
  /// Every project counts once, however many executions it has, so that one large project does not judge itself.
  package struct Baseline: Hashable, Sendable {
    /// completed / ended.
    package let successRate: Double?
    /// (completed + failed + timed out) / started.
    package let completionRate: Double?
    /// abandoned / started.
    package let abandonmentRate: Double?
    /// The median duration in seconds.
    package let p50: Double?
    /// The 95th percentile of durations in seconds.
    package let p95: Double?
    /// Executions started.
    package let started: Double?
  }

  /// The projects, in the order in which they were named.
  package let projects: [Project]
  /// What is usual among them.
  package let baseline: Baseline

  /// Compares projects; of those with the same label the later ones get a number, so that outputs can tell them apart.
  package init(_ projects: [Project]) {
    func median(_ figure: (Report) -> Double?) -> Double? {
      let known = projects.compactMap { figure($0.report) }.sorted()
      return known.isEmpty ? nil : quantile(0.5, of: known)
    }
    var labels: Set<String> = []
    self.projects = projects.map { project in
      var (label, number) = (project.label, 1)
      while !labels.insert(label).inserted {
        number += 1
        label = "\(project.label) (\(number))"
      }
      return Project(label: label, report: project.report)
    }
    baseline = Baseline(
      successRate: median(\.executions.tally.successRate), completionRate: median(\.executions.tally.completionRate),
      abandonmentRate: median(\.executions.tally.abandonmentRate), p50: median { $0.executions.durations?.p50 },
      p95: median { $0.executions.durations?.p95 }, started: median { Double($0.executions.tally.started) })
  }
}
