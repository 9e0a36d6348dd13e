import Testing
import TrackCore
import TrackMetrics

/// The formats for other programs, as wholes and at their bounds.
@Suite struct FormatTests {
  private let comparison = Comparison([
    Comparison.Project(label: "shop", report: BusyProject.report()),
    Comparison.Project(label: "quiet", report: report([started("a", at: ago(100))])),
  ])

  @Test("each section as CSV", arguments: Section.allCases)
  func csv(section: Section) throws {
    let text = String(decoding: CSVRenderer.render(BusyProject.report(), section: section), as: UTF8.self)
    try Fixture.expect(text.replacing("\r\n", with: "\n"), equals: "csv/\(section.rawValue).csv")
    #expect(text.hasSuffix("\r\n"))
  }

  @Test("Markdown, metrics and JSON of a project and of two")
  func others() throws {
    let report = BusyProject.report()
    try Fixture.expect(MarkdownRenderer.render(report), equals: "busy.md")
    try Fixture.expect(OpenMetricsRenderer.render(report), equals: "busy.prom")
    try Fixture.expect(MarkdownRenderer.render(comparison), equals: "comparison.md")
    try Fixture.expect(OpenMetricsRenderer.render(comparison), equals: "comparison.prom")
    let json = String(decoding: JSONRenderer.render(comparison), as: UTF8.self)
    try Fixture.expect(json, equals: "comparison.json")
    #expect(String(decoding: CSVRenderer.render(comparison), as: UTF8.self).hasPrefix("project,droid,"))
  }

  @Test("the baseline is the median of the projects that know a figure")
  func baseline() {
    func project(_ completed: Int, _ failed: Int) -> Comparison.Project {
      let lines =
        (0..<completed).flatMap { [started("c\($0)", at: ago(100)), ended("c\($0)", at: ago(50))] }
        + (0..<failed).flatMap { [started("f\($0)", at: ago(100)), ended("f\($0)", "failed", at: ago(50))] }
      return Comparison.Project(label: "p", report: report(lines))
    }
    #expect(Comparison([project(1, 1), project(4, 0), project(3, 1)]).baseline.successRate == 0.75)
    #expect(Comparison([project(1, 1), project(4, 0)]).baseline.successRate == 0.75)
    #expect(Comparison([project(0, 0), project(1, 3)]).baseline.successRate == 0.25)
    #expect(Comparison([]).baseline.started == nil)
  }

  @Test("projects of one name are told apart")
  func names() {
    let same = Comparison.Project(label: "shop", report: report([started("a", at: ago(100))]))
    #expect(Comparison([same, same, same]).projects.map(\.label) == ["shop", "shop (2)", "shop (3)"])
  }

  @Test("droids beyond the limit are one label, whatever they are called")
  func labels() {
    let droids = (0..<30).map { "droid-\($0)" } + ["other", String(repeating: "n", count: 129)]
    let report = report(droids.map { started("e\($0)", droid: $0, at: ago(100)) })
    let text = OpenMetricsRenderer.render(report, droidLimit: 10)
    let open = text.split(separator: "\n").filter { $0.contains("droid_executions{") && $0.contains("\"open\"") }
    #expect(open.count == 11)
    #expect(open.last == "droid_track_droid_executions{droid=\"other\",outcome=\"open\"} 22")
    #expect(!text.contains("\"e0\"") && !text.contains("nnn"))
  }

  @Test("a summary for GitHub is cut at a section, and says so")
  func bounded() {
    let long = String(repeating: "@", count: 300)
    let droids = (0..<200).map { "\($0)" + long }
    let report = report(
      droids.flatMap {
        [started("e" + $0, task: $0, droid: $0, at: ago(9_000)), ended("e" + $0, "failed", at: ago(9))]
      })
    let text = MarkdownRenderer.render(report)
    #expect(text.utf8.count <= MarkdownRenderer.limit)
    #expect(
      text.hasSuffix("*Cut here: the rest of the report would not fit. Ask for fewer sections, or for the JSON.*\n"))
    #expect(text.split(separator: "<details>").dropFirst().allSatisfy { $0.contains("</details>") })
  }
}
