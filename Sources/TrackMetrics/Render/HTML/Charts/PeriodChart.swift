import TrackCore

/// What ended when, as stacked bars by day or by hour, and the success rate below them.
struct PeriodChart {
  let periods: [ActivitySummary.Period]
  /// Whether the periods are hours.
  let isHourly: Bool

  private static let barHeight = 150.0
  private static let rateHeight = 90.0
  /// The outcomes of a bar, from its foot up.
  static let outcomes: [TrackedExecution.Outcome] = [.completed, .failed, .timeout, .abandoned]

  /// The days, or the hours where there are not yet three days.
  init(_ activity: ActivitySummary) {
    isHourly = activity.days.count < 3 && activity.hours.count > 1
    periods = isHourly ? activity.hours : activity.days
  }

  /// Writes both charts and the table of their figures.
  func write(to page: inout Markup) {
    page.element(.figure) { figure in
      figure.element(.figcaption) { caption in
        caption.element(.strong, text: "Endings per \(unit)")
        caption.text(" by what became of the execution; \(unit)s are UTC")
        caption.legend(Self.outcomes)
      }
      figure.element(.div, .class("plot")) { bars(to: &$0) }
      figure.element(.figcaption) { caption in
        caption.element(.strong, text: "Success rate per \(unit)")
        caption.text(", completed of ended; the bars are 95 % intervals (Wilson), a larger dot stands for more endings")
      }
      figure.element(.div, .class("plot")) { rates(to: &$0) }
      table(to: &figure)
    }
  }

  private var unit: String { isHourly ? "hour" : "day" }

  private var axis: (narrow: [Tick], wide: [Tick]) { (ticks(4), ticks(9)) }

  /// Labels under at most `count` of the bars, evenly spread.
  private func ticks(_ count: Int) -> [Tick] {
    let step = max(1, (periods.count + count - 1) / count)
    return stride(from: 0, to: periods.count, by: step).map { place in
      let begin = periods[place].begin
      let isMidnight = begin.calendarFields.hour == 0
      return Tick(place: middle(place), label: isHourly && !isMidnight ? hourText(begin) : dayText(begin))
    }
  }

  private var band: Double { 100 / Double(max(1, periods.count)) }

  /// The width of a bar; a single day is no wall.
  private var breadth: Double { min(7, band * 0.76) }

  private func middle(_ place: Int) -> Double { (Double(place) + 0.5) * band }

  // MARK: Bars

  private func bars(to page: inout Markup) {
    let scale = LinearScale(countingTo: periods.map(\.endings).max() ?? 0)
    let values = ValueAxis(
      ticks: scale.values(count: 4).map { Tick(place: scale.place(of: $0), label: countText(Int($0))) },
      height: Self.barHeight)
    values.write(to: &page)
    page.element(
      .svg, .class("plot-area"), .height(Self.barHeight + ValueAxis.margin + HorizontalAxis.room), .role("img"),
      .label("Endings per \(unit), \(span)")
    ) { plot in
      values.writeGrid(to: &plot)
      for (place, period) in periods.enumerated() where period.endings > 0 { bar(period, place, scale, values, &plot) }
      HorizontalAxis(narrow: axis.narrow, wide: axis.wide, height: Self.barHeight + ValueAxis.margin).writeLabels(
        to: &plot)
    }
  }

  private func bar(
    _ period: ActivitySummary.Period, _ place: Int, _ scale: LinearScale, _ values: ValueAxis, _ plot: inout Markup
  ) {
    plot.element(.g) { bar in
      bar.element(.title, text: told(period))
      var floor = 0.0
      for outcome in Self.outcomes {
        let count = period.count(of: outcome)
        guard count > 0 else { continue }
        let top = floor + scale.place(of: Double(count))
        bar.element(
          .rect, .x(.percent(middle(place) - breadth / 2)), .y(values.y(top)), .width(.percent(breadth)),
          .height(values.y(floor) - values.y(top)), .class(outcome.mark))
        floor = top
      }
    }
  }

  private func told(_ period: ActivitySummary.Period) -> String {
    let counts = Self.outcomes.filter { period.count(of: $0) > 0 }
      .map { "\(countText(period.count(of: $0))) \($0.word)" }
    return "\(name(of: period)): \(counts.joined(separator: ", "))"
  }

  private func name(of period: ActivitySummary.Period) -> String {
    isHourly ? "\(dayText(period.begin)) \(hourText(period.begin))" : dayText(period.begin)
  }

  private var span: String {
    guard let first = periods.first, let last = periods.last else { return "none" }
    return "\(name(of: first)) to \(name(of: last))"
  }

  // MARK: Success rates

  private func rates(to page: inout Markup) {
    let values = ValueAxis(
      ticks: [0, 50, 100].map { Tick(place: $0, label: "\(Int($0)) %") }, height: Self.rateHeight)
    values.write(to: &page)
    page.element(
      .svg, .class("plot-area"), .height(Self.rateHeight + ValueAxis.margin + HorizontalAxis.room), .role("img"),
      .label("Success rate per \(unit), \(span)")
    ) { plot in
      values.writeGrid(to: &plot)
      whiskers(values, &plot)
      line(values, &plot)
      dots(values, &plot)
      HorizontalAxis(narrow: axis.narrow, wide: axis.wide, height: Self.rateHeight + ValueAxis.margin).writeLabels(
        to: &plot)
    }
  }

  /// A line through neighbouring periods that have a rate; broken where nothing ended.
  private func line(_ values: ValueAxis, _ plot: inout Markup) {
    let height = Self.rateHeight + ValueAxis.margin
    plot.stretched(width: 100, height: height, .width(.percent(100)), .height(height)) { drawing in
      var run: [(x: Double, y: Double)] = []
      for (place, period) in periods.enumerated() {
        if let rate = period.successRate {
          run.append((middle(place), values.y(rate * 100)))
        } else {
          drawing.trend(run)
          run = []
        }
      }
      drawing.trend(run)
    }
  }

  /// The 95 % interval of each rate: where few executions ended, a rate says little.
  private func whiskers(_ values: ValueAxis, _ plot: inout Markup) {
    for (place, period) in periods.enumerated() {
      guard let estimate = RateEstimate(period.completed, of: period.ended) else { continue }
      plot.element(
        .line, .x1(.percent(middle(place))), .x2(.percent(middle(place))), .y1(values.y(estimate.high * 100)),
        .y2(values.y(estimate.low * 100)), .class("whisker"))
    }
  }

  private func dots(_ values: ValueAxis, _ plot: inout Markup) {
    let most = Double(periods.map(\.ended).max() ?? 1)
    for (place, period) in periods.enumerated() {
      guard let rate = period.successRate else { continue }
      let radius = 1.5 + 2.5 * (Double(period.ended) / most).squareRoot()
      plot.element(.circle, .cx(.percent(middle(place))), .cy(values.y(rate * 100)), .r(radius), .class("dot")) {
        $0.element(
          .title, text: "\(name(of: period)): \(percentText(rate)), \(period.completed) of \(countText(period.ended))")
      }
    }
  }

  private func table(to figure: inout Markup) {
    figure.foldedTable("The same as a table") {
      var table = DataTable(
        caption: "Endings per \(unit)",
        columns: [
          .text(isHourly ? "Hour" : "Day"), .number("Started"), .number("Completed"), .number("Failed"),
          .number("Timed out"), .number("Abandoned"), .number("Success"),
        ])
      for period in periods.reversed() where period.started + period.endings > 0 {
        table.add([
          .text(name(of: period)), .count(period.started), .count(period.completed), .count(period.failed),
          .count(period.timedOut), .count(period.abandoned), .percent(period.successRate),
        ])
      }
      return table
    }
  }
}

extension ActivitySummary.Period {
  /// Those that somebody ended in it.
  fileprivate var ended: Int { completed + failed + timedOut }
  /// All that came to an end in it.
  fileprivate var endings: Int { ended + abandoned }
  /// completed / ended; nil when none ended.
  fileprivate var successRate: Double? { ended > 0 ? Double(completed) / Double(ended) : nil }

  fileprivate func count(of outcome: TrackedExecution.Outcome) -> Int {
    switch outcome {
    case .open: 0
    case .completed: completed
    case .failed: failed
    case .timeout: timedOut
    case .abandoned: abandoned
    }
  }
}

extension Markup {
  /// Draws a line through points; a point alone is left to its dot.
  mutating func trend(_ points: [(x: Double, y: Double)]) {
    if points.count > 1 { element(.polyline, .points(points), .class("trend")) }
  }
}
