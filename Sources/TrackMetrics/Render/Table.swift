/// Columns of text with aligned cells.
struct Table {
  /// How a column's cells stand in it.
  enum Alignment {
    case left, right
  }

  private let alignments: [Alignment]
  private var rows: [[String]] = []

  /// Makes a table whose first row is `header`.
  init(header: [String], alignments: [Alignment]) {
    self.alignments = alignments
    rows = [header]
  }

  /// Adds a row of as many cells as the header has.
  mutating func add(_ cells: [String]) { rows.append(cells) }

  /// The rows as lines of at most `width` columns as far as the first column's texts allow.
  ///
  /// A first cell that does not fit stands on a line of its own, so that no name is cut.
  func lines(width: Int, indent: Int) -> [String] {
    var widths = alignments.indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
    let others = widths.dropFirst().reduce(0) { $0 + $1 + 2 }
    widths[0] = min(widths[0], max(rows[0][0].count, 8, width - indent - others))
    let margin = String(repeating: " ", count: indent)
    return rows.flatMap { cells in
      guard cells[0].count > widths[0] else { return [margin + line(cells, widths)] }
      return [margin + cells[0], margin + line([""] + cells.dropFirst(), widths)]
    }
  }

  private func line(_ cells: [String], _ widths: [Int]) -> String {
    let padded = cells.indices.map { column in
      let space = String(repeating: " ", count: max(0, widths[column] - cells[column].count))
      return alignments[column] == .left ? cells[column] + space : space + cells[column]
    }
    return padded.joined(separator: "  ").droppingTrailingSpaces
  }
}

extension String {
  fileprivate var droppingTrailingSpaces: String {
    var text = self
    while text.last == " " { text.removeLast() }
    return text
  }
}

/// `text` broken at spaces into lines of at most `width` columns; a longer word stands alone, uncut, and `%` stays with its number.
func wrapped(_ text: String, width: Int) -> [String] {
  var lines: [String] = []
  for word in text.split(separator: " ") {
    let isUnit = word.hasPrefix("%")
    if let last = lines.last, isUnit || last.count + 1 + word.count <= width {
      lines[lines.count - 1] += " " + word
    } else {
      lines.append(String(word))
    }
  }
  return lines
}
