import TrackCore

/// Who ran when and how it ended: a lane per droid, a bar per execution.
struct TimelineChart {
  /// The executions of a droid, in rows of which none holds two at a time as far as `rowLimit` allows.
  fileprivate struct Lane {
    let droid: String
    var entries: [(entry: TimelineEntry, row: Int)] = []
    /// When the last bar of each row ends.
    var rowEnds: [Timestamp] = []
  }

  private let lanes: [Lane]
  private let scale: TimeScale
  private let now: Timestamp
  /// How many droids of the timeline have no lane.
  private let omitted: Int
  private let title: String

  /// The number of lanes drawn.
  static let laneLimit = 30
  private static let rowLimit = 4
  private static let rowHeight = 12.5
  private static let barHeight = 10.0

  /// The timelines of `entries`, which come in the order of their starts: the last day, then all of them.
  ///
  /// Where everything happened within two days, or nothing on the last one, there is one timeline.
  static func charts(_ entries: [TimelineEntry], now: Timestamp) -> [TimelineChart] {
    let title = entries.count == 1 ? "The only execution" : "The newest \(quantity(entries.count, "execution"))"
    let all = TimelineChart(entries, title: title, from: entries.first?.started ?? now, now: now)
    let yesterday = Timestamp(microseconds: now.microseconds - 86_400_000_000)
    let lately = entries.filter { $0.end(now) >= yesterday }
    guard now.seconds(since: all.scale.from) > 172_800, !lately.isEmpty else { return [all] }
    return [TimelineChart(lately, title: "The last 24 hours", from: yesterday, now: now), all]
  }

  private init(_ entries: [TimelineEntry], title: String, from start: Timestamp, now: Timestamp) {
    self.now = now
    self.title = title
    let end = entries.map { $0.end(now) }.max() ?? now
    scale = TimeScale(from: start, to: end)
    var lanes: [Lane] = []
    var places: [String: Int] = [:]
    for entry in entries {
      let place = places[entry.droid] ?? lanes.count
      if place == lanes.count {
        lanes.append(Lane(droid: entry.droid))
        places[entry.droid] = place
      }
      lanes[place].add(entry, now, least: (end.microseconds - start.microseconds) / 200, rows: Self.rowLimit)
    }
    // The busiest lanes, in the order in which the droids came in.
    let busiest = Set(
      lanes.indices.sorted { (lanes[$1].entries.count, $0) < (lanes[$0].entries.count, $1) }.prefix(Self.laneLimit))
    self.lanes = lanes.indices.filter(busiest.contains).map { lanes[$0] }
    omitted = lanes.count - self.lanes.count
  }

  /// Writes the chart and the table of its figures.
  func write(to page: inout Markup) {
    guard !lanes.isEmpty else { return page.element(.p, .class("empty"), text: "No execution with a known start.") }
    page.element(.figure, .class("runs")) { figure in
      figure.element(.figcaption) { caption in
        caption.element(.strong, text: title)
        caption.text(" by droid, from \(timeText(scale.from)) to \(timeText(scale.to)). ")
        caption.text("Tall bars failed or timed out, hollow ones were abandoned, fading ones are open.")
        caption.legend([.completed, .failed, .timeout, .abandoned, .open])
      }
      for lane in lanes { write(lane, to: &figure) }
      figure.laneAxis(narrow: scale.ticks(count: 4), wide: scale.ticks(count: 8))
      if omitted > 0 { figure.element(.p, .class("more"), text: "\(countText(omitted)) more droids are not drawn.") }
      table(to: &figure)
    }
  }

  private func write(_ lane: Lane, to figure: inout Markup) {
    let height = Double(lane.rowEnds.count) * Self.rowHeight + 5
    figure.element(.div, .class("lane")) { row in
      row.element(.div, .class("lane-name"), text: cut(lane.droid, 48))
      row.element(.svg, .class("plot-area"), .height(height), .role("img"), .label(told(lane))) { plot in
        axisTicks(height).writeGrid(to: &plot)
        plot.element(.line, .x1(.percent(0)), .x2(.percent(100)), .y1(height - 0.5), .y2(height - 0.5), .class("floor"))
        for (entry, place) in lane.entries { bar(entry, Double(place) * Self.rowHeight + 2, &plot) }
      }
      row.element(.div, .class("lane-figures")) { $0.element(.span, text: quantity(lane.entries.count, "execution")) }
    }
  }

  private func told(_ lane: Lane) -> String {
    let counts = TrackedExecution.Outcome.allCases.compactMap { outcome -> String? in
      let count = lane.entries.count { $0.entry.outcome == outcome }
      return count > 0 ? "\(count) \(outcome.word)" : nil
    }
    return "\(cut(lane.droid)): \(counts.joined(separator: ", "))"
  }

  private func bar(_ entry: TimelineEntry, _ y: Double, _ plot: inout Markup) {
    let from = scale.place(of: entry.started)
    let width = max(0.35, scale.place(of: entry.end(now)) - from)
    let inset = entry.outcome == .failed || entry.outcome == .timeout ? 0 : 2.0
    plot.element(
      .rect, .x(.percent(min(from, 99.65))), .y(y + inset), .width(.percent(width)),
      .height(Self.barHeight - 2 * inset),
      .class(entry.outcome.mark)
    ) { $0.element(.title, text: told(entry)) }
  }

  private func told(_ entry: TimelineEntry) -> String {
    let task = entry.task.map { "task \(cut($0))" } ?? "task unknown"
    let length = durationText(entry.end(now).seconds(since: entry.started))
    let fate = entry.outcome == .open ? "open for \(length)" : "\(entry.outcome.word) after \(length)"
    return "\(task), started \(timeText(entry.started)), \(fate)"
  }

  private func axisTicks(_ height: Double) -> HorizontalAxis {
    HorizontalAxis(narrow: scale.ticks(count: 4), wide: scale.ticks(count: 8), height: height)
  }

  private func table(to figure: inout Markup) {
    figure.foldedTable("The newest ones as a table") {
      var table = DataTable(
        caption: "The newest executions",
        columns: [.text("Task"), .text("Droid"), .text("Started (UTC)"), .number("Took"), .text("Outcome")])
      for entry in lanes.flatMap(\.entries).map(\.entry).sorted(by: { $0.started > $1.started }).prefix(50) {
        table.add([
          .name(entry.task ?? "unknown"), .name(entry.droid), .moment(entry.started),
          .duration(entry.end(now).seconds(since: entry.started)), .outcome(entry.outcome),
        ])
      }
      return table
    }
  }
}

extension TimelineChart.Lane {
  /// Adds an execution to the first row where nothing runs at its start; bars shorter than `least` are drawn so long.
  fileprivate mutating func add(_ entry: TimelineEntry, _ now: Timestamp, least: Int64, rows: Int) {
    let end = max(entry.end(now), Timestamp(microseconds: entry.started.microseconds + least))
    let free = rowEnds.firstIndex { $0 <= entry.started }
    if free == nil, rowEnds.count < rows { rowEnds.append(end) }
    let row = free ?? rowEnds.count - 1
    rowEnds[row] = max(rowEnds[row], end)
    entries.append((entry, row))
  }
}

extension TimelineEntry {
  /// Where its bar ends: an open execution lasts until now, one without a known end has no length.
  fileprivate func end(_ now: Timestamp) -> Timestamp {
    max(started, ended ?? (outcome == .open ? now : started))
  }
}
