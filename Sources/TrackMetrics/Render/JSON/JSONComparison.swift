import TrackCore

extension JSONWriter {
  /// The members of a comparison.
  mutating func comparison(_ comparison: Comparison, sections: Set<Section>) {
    member("version", JSONRenderer.version)
    member("generated_at", comparison.projects.first?.report.generatedAt)
    object("baseline") {
      $0.member("projects", comparison.projects.count)
      $0.member("started", comparison.baseline.started)
      $0.member("success_rate", comparison.baseline.successRate)
      $0.member("completion_rate", comparison.baseline.completionRate)
      $0.member("abandonment_rate", comparison.baseline.abandonmentRate)
      $0.member("p50", seconds: comparison.baseline.p50)
      $0.member("p95", seconds: comparison.baseline.p95)
    }
    objects("projects", comparison.projects) {
      $0.member("label", $1.label)
      $0.report($1.report, sections: sections)
    }
  }
}
