/// The axis below a plot: more ticks where the window is wide.
struct HorizontalAxis {
  /// Ticks for a plot of 300 pixels.
  let narrow: [Tick]
  /// Ticks for a plot of 700 pixels and more.
  let wide: [Tick]
  /// The height of the plot above it, in pixels.
  let height: Double

  /// The room that the labels take below the plot, in pixels.
  static let room = 22.0

  /// Writes the lines across the plot.
  func writeGrid(to page: inout Markup) {
    page.element(.g, .class("narrow")) { grid(narrow, to: &$0) }
    page.element(.g, .class("wide")) { grid(wide, to: &$0) }
  }

  /// Writes the labels.
  func writeLabels(to page: inout Markup) {
    page.element(.g, .class("narrow")) { labels(narrow, edge: 7, to: &$0) }
    page.element(.g, .class("wide")) { labels(wide, edge: 3, to: &$0) }
  }

  private func grid(_ ticks: [Tick], to page: inout Markup) {
    for tick in ticks {
      page.element(.line, .x1(.percent(tick.place)), .x2(.percent(tick.place)), .y1(0), .y2(height), .class("grid"))
    }
  }

  private func labels(_ ticks: [Tick], edge: Double, to page: inout Markup) {
    for tick in ticks {
      page.element(
        .text, .x(.percent(tick.place)), .y(height + 16), .class(Self.anchor(at: tick.place, edge)), text: tick.label)
    }
  }

  /// A label at an end of the axis stands within the plot.
  private static func anchor(at place: Double, _ edge: Double) -> StaticString {
    switch place {
    case ..<edge: "tick start"
    case (100 - edge)...: "tick end"
    default: "tick middle"
    }
  }
}

/// The labels to the left of a plot: a drawing of its own, of fixed width.
struct ValueAxis {
  /// What is told, with its height above the plot's floor in percent.
  let ticks: [Tick]
  /// The height of the plot, in pixels.
  let height: Double

  /// The room above the plot, so that the uppermost label is not cut, in pixels.
  static let margin = 8.0

  /// Where a value at `percent` of the plot's height stands, from above, in pixels.
  func y(_ percent: Double) -> Double { Self.margin + height * (1 - percent / 100) }

  /// Writes the labels.
  func write(to page: inout Markup) {
    page.element(
      .svg, .class("value-axis"), .width(.pixels(44)), .height(height + Self.margin + HorizontalAxis.room), .hidden
    ) { axis in
      for tick in ticks {
        axis.element(.text, .x(.pixels(38)), .y(y(tick.place) + 4), .class("tick end"), text: tick.label)
      }
    }
  }

  /// Writes the lines that the labels name, in the drawing of the plot.
  func writeGrid(to page: inout Markup) {
    for tick in ticks {
      let y = y(tick.place)
      page.element(
        .line, .x1(.percent(0)), .x2(.percent(100)), .y1(y), .y2(y), .class(tick.place == 0 ? "floor" : "grid"))
    }
  }
}

extension Markup {
  /// Writes the axis below lanes, in the lanes' columns.
  mutating func laneAxis(narrow: [Tick], wide: [Tick]) {
    element(.div, .class("lane lane-axis")) { lane in
      lane.element(.div, .class("lane-name"))
      lane.element(.svg, .class("plot-area"), .height(HorizontalAxis.room), .hidden) {
        HorizontalAxis(narrow: narrow, wide: wide, height: 0).writeLabels(to: &$0)
      }
      lane.element(.div, .class("lane-figures"))
    }
  }
}
