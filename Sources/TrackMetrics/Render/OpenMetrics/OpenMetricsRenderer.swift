/// Makes metrics of a report, in a form that is both Prometheus's text format 0.0.4 and OpenMetrics 1.0.
///
/// What is written is what the two have in common: `HELP` and `TYPE` before each metric, gauges only, no timestamps,
/// and `# EOF` last, which the older format reads as a comment. So node_exporter's textfile collector takes the file
/// (as `*.prom`) and an OpenMetrics parser does too. Counts are gauges, since a report of a window, or of logs whose
/// old parts are gone, tells fewer than the one before. Task and execution ids are no labels; droids are at most
/// `droidLimit`, the others are summed up as `droid="other"`.
package enum OpenMetricsRenderer {
  /// The number of droids with a label of their own.
  package static let droidLimit = 100

  /// The report as metrics.
  package static func render(_ report: Report, droidLimit: Int = droidLimit) -> String {
    render([(nil, MetricsView(report, droidLimit: droidLimit))])
  }

  /// The metrics of several projects, each sample with the label `project`; at most `droidLimit` droids in each.
  package static func render(_ comparison: Comparison, droidLimit: Int = droidLimit) -> String {
    render(comparison.projects.map { ($0.label, MetricsView($0.report, droidLimit: droidLimit)) })
  }

  /// The metrics of several reports, each sample with the label `project` where one is given.
  static func render(_ views: [(project: String?, view: MetricsView)]) -> String {
    var text = ""
    for family in MetricFamily.all {
      let lines = views.flatMap { project, view in
        family.samples(view).map { line($0, of: family, project) }
      }
      guard !lines.isEmpty else { continue }
      text += "# HELP \(family.name) \(family.help)\n# TYPE \(family.name) gauge\n" + lines.joined()
    }
    return text + "# EOF\n"
  }

  private static func line(_ sample: MetricFamily.Sample, of family: MetricFamily, _ project: String?) -> String {
    let labels = (project.map { [(name: "project", value: $0)] } ?? []) + sample.labels
    let pairs = labels.map { "\($0.name)=\"\(escaped($0.value))\"" }
    let set = pairs.isEmpty ? "" : "{\(pairs.joined(separator: ","))}"
    return "\(family.name)\(set) \(number(sample.value))\n"
  }

  /// A label's value: backslash and quote escaped; a line feed and other controls are told as `\u{a}` before.
  private static func escaped(_ text: String) -> String {
    visible(text).reduce(into: "") { $0 += $1 == "\\" || $1 == "\"" ? "\\\($1)" : String($1) }
  }

  private static func number(_ value: Double) -> String {
    if let whole = Int(exactly: value), abs(whole) < 1 << 53 { return String(whole) }
    return value.description
  }
}
