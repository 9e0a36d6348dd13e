/// Lays a table out in the columns there are.
///
/// Where room is short, long texts are cut in the middle, then the columns that matter least are left out, then texts
/// are cut further. A column without anything in it is left out in any case.
struct TableLayout {
  private let table: Table
  private let style: TextStyle
  private let indent: Int
  private let titles: [String]
  private let cells: [[String]]
  private var columns: [Int] = []
  private var widths: [Int] = []

  /// The columns between two columns of the table.
  private static let gap = 2
  /// What a text is cut to while there are other columns to give up, and at last.
  private static let (comfortable, least) = (24, 6)

  init(_ table: Table, style: TextStyle, indent: Int = 2) {
    self.table = table
    self.style = style
    self.indent = indent
    titles = table.columns.map { style.shown($0.title, limit: 200) }
    cells = table.rows.map { $0.map { style.picture(of: $0.content) } }
    columns = table.columns.indices.filter { column in
      table.columns[column].sacrifice == 0 || table.rows.contains { !$0[column].isNothing }
    }
    widths = table.columns.indices.map { column in
      max(titles[column].displayWidth, cells.map { $0[column].displayWidth }.max() ?? 0)
    }
    fit()
  }

  /// The header and the rows.
  var lines: [TextLine] {
    var header = TextLine(style, indent: indent)
    for column in columns { add(titles[column], .quiet, column, to: &header) }
    return [header] + table.rows.indices.flatMap(row)
  }

  private func row(_ row: Int) -> [TextLine] {
    var line = TextLine(style, indent: indent)
    for column in columns { add(cells[row][column], table.rows[row][column].tone, column, to: &line) }
    let notes = joined(table.notes[row]).flatMap { style.wrapped($0, in: style.width - indent - 2) }
    return [line]
      + notes.map {
        var line = TextLine(style, indent: indent + 2)
        line.add($0, .quiet)
        return line
      }
  }

  /// The notes in one line where they fit in it.
  private func joined(_ notes: [String]) -> [String] {
    let line = notes.map { style.shown($0) }.joined(separator: "\u{A0} ")
    return line.displayWidth <= style.width - indent - 2 ? [line] : notes
  }

  private func add(_ text: String, _ tone: Tone, _ column: Int, to line: inout TextLine) {
    let isFirst = column == columns.first
    let begin = line.width + (isFirst ? 0 : Self.gap)
    let shown = style.fitted(text, in: widths[column])
    let space = widths[column] - shown.displayWidth
    line.pad(to: begin + (table.columns[column].alignment == .right ? space : 0))
    line.add(shown, tone)
    line.pad(to: begin + widths[column])
  }

  private var excess: Int {
    indent + columns.reduce(0) { $0 + widths[$1] } + Self.gap * (columns.count - 1) - style.width
  }

  private mutating func fit() {
    shrink(to: Self.comfortable)
    while excess > 0, let victim = columns.max(by: { sacrifice($0) < sacrifice($1) }), sacrifice(victim) > 0 {
      columns.removeAll { $0 == victim }
    }
    shrink(to: Self.least)
  }

  private func sacrifice(_ column: Int) -> Int { table.columns[column].sacrifice }

  /// Takes columns from the widest text, one after the other, until all fit or all are down to `least`.
  private mutating func shrink(to least: Int) {
    while excess > 0 {
      let flexible = columns.filter { table.columns[$0].isFlexible && widths[$0] > least }
      guard let widest = flexible.max(by: { widths[$0] < widths[$1] }) else { return }
      widths[widest] -= 1
    }
  }
}

extension Table.Cell {
  var isNothing: Bool {
    switch content {
    case .nothing: true
    case .text(let text): text.isEmpty
    case .bar, .trend: false
    }
  }
}

extension TextStyle {
  /// A cell's content in one piece of text.
  fileprivate func picture(of content: Table.Cell.Content) -> String {
    switch content {
    case .text(let text): shown(text, limit: 200)
    case .bar(let part, let columns): bar(part, columns: columns)
    case .trend(let values): sparkline(values, top: 1)
    case .nothing: nothing
    }
  }
}
