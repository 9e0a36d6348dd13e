/// Where the durations of each droid lie, as small histograms over one axis.
struct DurationChart {
  let droids: [DroidSummary]
  /// How many droids have durations but no row.
  let omitted: Int
  private let scale: DurationScale?

  /// The number of droids drawn.
  static let limit = 24
  private static let height = 30.0

  /// A chart of those droids of `all` that have ended the most executions.
  init(_ all: [DroidSummary]) {
    let measured = all.filter { $0.histogram != nil && $0.durations != nil }
    droids = Array(measured.prefix(Self.limit))
    omitted = measured.count - droids.count
    scale = DurationScale(holding: droids.flatMap(Self.extent))
  }

  private static func extent(_ droid: DroidSummary) -> [Double] {
    guard let histogram = droid.histogram else { return [] }
    let filled = histogram.counts.indices.filter { histogram.counts[$0] > 0 && $0 + 1 < histogram.edges.count }
    guard let first = filled.first, let last = filled.last else { return [] }
    return [histogram.edges[first], histogram.edges[last + 1]]
  }

  /// Writes the chart and the table of its figures.
  func write(to page: inout Markup) {
    guard let scale else { return page.element(.p, .class("empty"), text: "No duration is known yet.") }
    page.element(.figure) { figure in
      figure.element(.figcaption) { caption in
        caption.element(.strong, text: "How long executions took")
        caption.text(", on a logarithmic axis. Bars: the droid's own executions, the fullest bin at full height. ")
        caption.text("Full line: median. Dashed line: 95th percentile.")
      }
      for droid in droids { row(droid, scale, &figure) }
      figure.laneAxis(narrow: scale.ticks(gap: 16), wide: scale.ticks(gap: 8))
      if omitted > 0 {
        figure.element(.p, .class("more"), text: "\(countText(omitted)) more droids are in the figures only.")
      }
      table(to: &figure)
    }
  }

  private func row(_ droid: DroidSummary, _ scale: DurationScale, _ figure: inout Markup) {
    guard let histogram = droid.histogram, let durations = droid.durations else { return }
    figure.element(.div, .class("lane")) { lane in
      lane.element(.div, .class("lane-name"), text: cut(droid.droid, 48))
      lane.element(
        .svg, .class("plot-area"), .height(Self.height), .role("img"), .label("Durations of \(cut(droid.droid))")
      ) { plot in
        plot.element(.title, text: Self.told(durations))
        axisTicks(scale).writeGrid(to: &plot)
        bars(histogram, scale, &plot)
        plot.element(
          .line, .x1(.percent(0)), .x2(.percent(100)), .y1(Self.height - 0.5), .y2(Self.height - 0.5), .class("floor"))
        mark(durations.p95, "point dashed", scale, &plot)
        mark(durations.p50, "point", scale, &plot)
      }
      lane.element(.div, .class("lane-figures")) { figures in
        figures.element(.span, text: "p50 \(durationText(durations.p50))")
        figures.element(.span, text: "p95 \(durationText(durations.p95))")
      }
    }
  }

  private static func told(_ durations: DurationSummary) -> String {
    "\(countText(durations.count)) durations: median \(durationText(durations.p50)), 95th percentile "
      + "\(durationText(durations.p95)), longest \(durationText(durations.maximum))"
  }

  private func bars(_ histogram: DurationHistogram, _ scale: DurationScale, _ plot: inout Markup) {
    let most = Double(max(1, histogram.counts.max() ?? 1))
    for (bin, count) in histogram.counts.enumerated() where count > 0 && bin + 1 < histogram.edges.count {
      let from = scale.place(of: histogram.edges[bin])
      let height = max(1.5, Double(count) / most * (Self.height - 4))
      plot.element(
        .rect, .x(.percent(from)), .y(Self.height - height),
        .width(.percent(max(0.4, scale.place(of: histogram.edges[bin + 1]) - from))), .height(height), .class("bin"))
    }
  }

  private func mark(_ seconds: Double, _ look: StaticString, _ scale: DurationScale, _ plot: inout Markup) {
    let place = min(99.8, max(0.2, scale.place(of: seconds)))
    plot.element(.line, .x1(.percent(place)), .x2(.percent(place)), .y1(0), .y2(Self.height), .class(look))
  }

  private func axisTicks(_ scale: DurationScale) -> HorizontalAxis {
    HorizontalAxis(narrow: scale.ticks(gap: 16), wide: scale.ticks(gap: 8), height: Self.height)
  }

  private func table(to figure: inout Markup) {
    figure.foldedTable("The same as a table") {
      var table = DataTable(
        caption: "Durations per droid",
        columns: [.text("Droid"), .number("Ended")] + ["mean", "p50", "p90", "p95", "p99", "max"].map { .number($0) })
      for droid in droids {
        guard let durations = droid.durations else { continue }
        let figures = [
          durations.mean, durations.p50, durations.p90, durations.p95, durations.p99, durations.maximum,
        ]
        table.add([.name(droid.droid), .count(durations.count)] + figures.map { .duration($0) })
      }
      return table
    }
  }
}
