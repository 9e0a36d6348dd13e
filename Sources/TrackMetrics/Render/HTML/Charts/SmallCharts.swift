/// A rate with its confidence interval on a line from 0 to 100 %.
struct IntervalBar {
  let estimate: RateEstimate

  /// Writes the drawing, which fits in a line of text.
  func write(to page: inout Markup) {
    page.element(
      .svg, .class("interval"), .width(.pixels(80)), .height(14), .role("img"),
      .label("\(percentText(estimate.rate)), 95 % interval \(told)")
    ) { bar in
      bar.element(.title, text: "95 % interval \(told), of \(countText(estimate.count)) ended")
      bar.element(.rect, .x(.pixels(0)), .y(6), .width(.pixels(80)), .height(2), .class("track"))
      bar.element(
        .rect, .x(.percent(estimate.low * 100)), .y(3), .width(.percent(max(1, (estimate.high - estimate.low) * 100))),
        .height(8), .class("range"))
      bar.element(
        .line, .x1(.percent(position)), .x2(.percent(position)), .y1(0), .y2(14), .class("point"))
    }
  }

  private var told: String { "\(percentText(estimate.low)) to \(percentText(estimate.high))" }

  /// A mark at an end of the line stays within the drawing.
  private var position: Double { min(98.5, max(1.5, estimate.rate * 100)) }
}

/// Success rates over time, as large as a word.
struct Sparkline {
  let rates: [Double?]

  private static let width = 84.0
  private static let height = 22.0

  /// Writes the drawing; nothing where no rate is known.
  func write(to page: inout Markup) {
    let known = rates.compactMap(\.self)
    guard let first = known.first, let last = known.last else { return page.text("–") }
    page.element(
      .svg, .class("spark"), .width(.pixels(Self.width)), .height(Self.height), .role("img"),
      .label("Success rate from \(percentText(first)) to \(percentText(last))")
    ) { drawing in
      drawing.element(
        .title,
        text: "Success rate over time: " + rates.map { $0.map(percentText) ?? "none ended" }.joined(separator: ", "))
      drawing.element(.line, .x1(.pixels(0)), .x2(.percent(100)), .y1(y(0)), .y2(y(0)), .class("floor"))
      drawing.element(.line, .x1(.pixels(0)), .x2(.percent(100)), .y1(y(1)), .y2(y(1)), .class("grid"))
      lines(&drawing)
    }
  }

  private func lines(_ drawing: inout Markup) {
    var run: [(x: Double, y: Double)] = []
    for (place, rate) in rates.enumerated() {
      if let rate {
        run.append((x(place), y(rate)))
      } else {
        end(run, &drawing)
        run = []
      }
    }
    end(run, &drawing)
    if let last = rates.lastIndex(where: { $0 != nil }), let rate = rates[last] {
      drawing.element(.circle, .cx(.pixels(x(last))), .cy(y(rate)), .r(2.5), .class("dot"))
    }
  }

  private func end(_ run: [(x: Double, y: Double)], _ drawing: inout Markup) {
    drawing.trend(run)
    if run.count == 1 { drawing.element(.circle, .cx(.pixels(run[0].x)), .cy(run[0].y), .r(1.5), .class("dot")) }
  }

  private func x(_ place: Int) -> Double {
    3 + (Self.width - 6) * (rates.count > 1 ? Double(place) / Double(rates.count - 1) : 1)
  }

  private func y(_ rate: Double) -> Double { 3 + (Self.height - 6) * (1 - rate) }
}
