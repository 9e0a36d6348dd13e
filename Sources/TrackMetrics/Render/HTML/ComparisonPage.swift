import TrackCore

/// The page of several projects side by side, with the median of the projects as what is usual.
struct ComparisonPage {
  let comparison: Comparison

  private static let limit = 100
  private static let detailLimit = 25

  private var shown: ArraySlice<Comparison.Project> { comparison.projects.prefix(Self.limit) }

  /// Writes the body's content.
  func write(to body: inout Markup) {
    body.element(.header) { header in
      header.element(.h1, text: quantity(comparison.projects.count, "project"))
      if let time = comparison.projects.first?.report.generatedAt {
        header.element(.p, .class("made")) { $0.element(.time, .time(time), text: timeText(time)) }
      }
      header.element(.nav, .label("Sections")) { nav in
        for (anchor, title) in [(Anchor.success, "Side by side"), (.durations, "Durations"), (.issues, "Issues")] {
          nav.element(.a, .href(anchor), text: title)
        }
      }
    }
    body.element(.main) { main in
      main.section(.success, "Side by side") { table(to: &$0) }
      main.section(.durations, "Durations") { durations(to: &$0) }
      main.section(.issues, "Issues") { issues(to: &$0) }
      main.definitions()
    }
  }

  // MARK: Figures

  private func table(to section: inout Markup) {
    var table = DataTable(
      caption: "Projects; success rates with their 95 % interval (Wilson)",
      columns: [
        .text("Project"), .number("Executions"), .number("Droids"), .number("Success"), .text("0 – 100 %"),
        .number("Against median"), .number("Completion"), .number("Abandoned"), .number("p50"), .number("p95"),
        .number("Open"), .number("Issues"),
      ])
    for project in shown { table.add(cells(project)) }
    let usual = comparison.baseline
    table.add([
      .text("Median of the projects"), .text(usual.started.map { countText(Int($0.rounded())) } ?? "–"), .text(""),
      .percent(usual.successRate), .text(""), .text(""), .percent(usual.completionRate),
      .percent(usual.abandonmentRate), .duration(usual.p50), .duration(usual.p95), .text(""), .text(""),
    ])
    table.write(to: &section)
    section.more(comparison.projects.count - Self.limit, "project")
  }

  private func cells(_ project: Comparison.Project) -> [DataTable.Cell] {
    let (report, tally) = (project.report, project.report.executions.tally)
    let estimate = RateEstimate(tally.completed, of: tally.ended)
    return [
      .name(project.label), .count(tally.started), .count(report.droids.count), .percent(estimate?.rate),
      .drawing { page in
        if let estimate { IntervalBar(estimate: estimate).write(to: &page) } else { page.text("–") }
      },
      .text(difference(estimate?.rate)), .percent(tally.completionRate), .percent(tally.abandonmentRate),
      .duration(report.executions.durations?.p50), .duration(report.executions.durations?.p95),
      .count(report.openCount), .count(report.issues.count),
    ]
  }

  /// How far a success rate lies from the usual one, in percentage points.
  private func difference(_ rate: Double?) -> String {
    guard let rate, let usual = comparison.baseline.successRate else { return "–" }
    let tenths = Int(((rate - usual) * 1_000).rounded())
    let sign = tenths > 0 ? "+" : tenths < 0 ? "−" : ""
    return "\(sign)\(abs(tenths) / 10).\(abs(tenths) % 10)"
  }

  // MARK: Durations

  private func durations(to section: inout Markup) {
    let known = shown.filter { $0.report.executions.durations != nil }
    let bounds = known.compactMap(\.report.executions.durations).flatMap { [$0.p50, $0.p99] }
    guard let scale = DurationScale(holding: bounds + [comparison.baseline.p50].compactMap(\.self)) else {
      return section.empty("No duration is known yet.")
    }
    section.element(.figure) { figure in
      figure.element(.figcaption) { caption in
        caption.element(.strong, text: "How long executions took")
        caption.text(", on a logarithmic axis. Full line: median; bar: from there to the 95th percentile. ")
        caption.text("Dashed line: the usual median.")
      }
      for project in known { lane(project, scale, &figure) }
      figure.laneAxis(narrow: scale.ticks(gap: 16), wide: scale.ticks(gap: 8))
    }
  }

  private func lane(_ project: Comparison.Project, _ scale: DurationScale, _ figure: inout Markup) {
    guard let durations = project.report.executions.durations else { return }
    figure.element(.div, .class("lane")) { lane in
      lane.element(.div, .class("lane-name"), text: cut(project.label, 48))
      lane.element(
        .svg, .class("plot-area"), .height(18), .role("img"),
        .label("\(cut(project.label)): median \(durationText(durations.p50)), p95 \(durationText(durations.p95))")
      ) { plot in
        let (from, to) = (scale.place(of: durations.p50), scale.place(of: durations.p95))
        plot.element(.line, .x1(.percent(0)), .x2(.percent(100)), .y1(9), .y2(9), .class("grid"))
        plot.element(
          .rect, .x(.percent(from)), .y(4), .width(.percent(max(0.3, to - from))), .height(10), .class("bin"))
        plot.element(.line, .x1(.percent(from)), .x2(.percent(from)), .y1(1), .y2(17), .class("point"))
        if let usual = comparison.baseline.p50 {
          let place = scale.place(of: usual)
          plot.element(.line, .x1(.percent(place)), .x2(.percent(place)), .y1(0), .y2(18), .class("point dashed"))
        }
      }
      lane.element(.div, .class("lane-figures")) { figures in
        figures.element(.span, text: "p50 \(durationText(durations.p50))")
        figures.element(.span, text: "p95 \(durationText(durations.p95))")
      }
    }
  }

  // MARK: Issues

  private func issues(to section: inout Markup) {
    let troubled = comparison.projects.filter { !$0.report.issues.isEmpty }
    guard !troubled.isEmpty else { return section.empty("None found in any project.") }
    for project in troubled.prefix(Self.detailLimit) {
      section.element(.h3, text: "\(cut(project.label)): \(quantity(project.report.issues.count, "issue"))")
      IssuesSection(issues: project.report.issues).writeList(to: &section, limit: 5)
    }
    section.more(troubled.count - Self.detailLimit, "project")
  }
}
