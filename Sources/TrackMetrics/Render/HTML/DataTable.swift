import TrackCore

/// A table of the page: a caption for those who cannot see where it stands, headers, rows.
struct DataTable {
  /// A column.
  struct Column {
    let title: String
    let look: StaticString

    /// A column of words.
    static func text(_ title: String) -> Column { Column(title: title, look: "") }
    /// A column of numbers, which end below each other.
    static func number(_ title: String) -> Column { Column(title: title, look: "number") }
  }

  /// What stands in a cell.
  enum Cell {
    case text(String)
    /// An id from a log, which is kept on one line as far as there is room.
    case name(String)
    /// A sentence from a log, which is broken into lines of bearable length.
    case phrase(String)
    case code(String)
    case outcome(TrackedExecution.Outcome)
    case moment(Timestamp?)
    case drawing((inout Markup) -> Void)

    /// A count; zero is a dot, so that what is there stands out.
    static func count(_ count: Int) -> Cell { .text(count == 0 ? "·" : countText(count)) }
    /// A part, or a dash where it is unknown.
    static func percent(_ part: Double?) -> Cell { .text(part.map(percentText) ?? "–") }
    /// A duration, or a dash where it is unknown.
    static func duration(_ seconds: Double?) -> Cell { .text(seconds.map(durationText) ?? "–") }
  }

  private let caption: String
  private let columns: [Column]
  private var rows: [[Cell]] = []

  init(caption: String, columns: [Column]) {
    self.caption = caption
    self.columns = columns
  }

  /// How many rows it has.
  var count: Int { rows.count }

  /// Whether it has no rows.
  var isEmpty: Bool { rows.isEmpty }

  /// Adds a row of as many cells as there are columns, the first of which names it.
  mutating func add(_ cells: [Cell]) { rows.append(cells) }

  /// Writes it, in a frame that scrolls where the window is narrower than the table.
  func write(to page: inout Markup) {
    page.element(.div, .class("scroll"), .role("region"), .label(caption), .focusable) { frame in
      frame.element(.table) { table in
        table.element(.caption, text: caption)
        table.element(.thead) { $0.element(.tr) { header(to: &$0) } }
        table.element(.tbody) { body in
          for row in rows { body.element(.tr) { write(row, to: &$0) } }
        }
      }
    }
  }

  private func header(to row: inout Markup) {
    for column in columns { row.element(.th, .columnScope, .class(column.look), text: column.title) }
  }

  private func write(_ cells: [Cell], to row: inout Markup) {
    for (place, cell) in cells.enumerated() {
      let look = place < columns.count ? columns[place].look : ""
      if place == 0 {
        row.element(.th, .rowScope, .class(look)) { write(cell, to: &$0) }
      } else {
        row.element(.td, .class(look)) { write(cell, to: &$0) }
      }
    }
  }

  private func write(_ cell: Cell, to page: inout Markup) {
    switch cell {
    case .text(let text): page.text(text)
    case .name(let text): page.element(.span, .class("name"), text: cut(text, 60))
    case .phrase(let text): page.element(.span, .class("phrase"), text: text)
    case .code(let text): page.element(.code, text: text)
    case .outcome(let outcome): page.element(.span, .class(outcome.ink), text: outcome.word)
    case .moment(let time?): page.moment(time)
    case .moment(nil): page.text("–")
    case .drawing(let draw): draw(&page)
    }
  }
}

extension Markup {
  /// Writes a table that is folded away until somebody wants it.
  mutating func foldedTable(_ title: String, _ table: () -> DataTable) {
    let table = table()
    guard !table.isEmpty else { return }
    element(.details) { details in
      details.element(.summary, text: title)
      table.write(to: &details)
    }
  }

  /// Writes a time for people and, beside it, for programs.
  mutating func moment(_ time: Timestamp) { element(.time, .time(time), text: String(timeText(time).dropLast(4))) }
}

/// A number of things, in groups of three digits.
func quantity(_ count: Int, _ noun: String) -> String { "\(countText(count)) \(noun)\(count == 1 ? "" : "s")" }

/// A text from a log, cut to a length that no page is spoiled by.
func cut(_ text: String, _ length: Int = 80) -> String {
  guard text.unicodeScalars.count > length else { return text }
  return String(String.UnicodeScalarView(text.unicodeScalars.prefix(length - 1))) + "…"
}
