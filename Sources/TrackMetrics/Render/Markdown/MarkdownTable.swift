extension Table {
  /// The table as GitHub's Markdown has it; what stands beneath a row becomes its last column.
  func markdown() -> String {
    let kept = columns.indices.filter { column in
      columns[column].sacrifice == 0 || rows.contains { !$0[column].isNothing }
    }
    let hasNotes = notes.contains { !$0.isEmpty }
    var text = row(kept.map { columns[$0].title } + (hasNotes ? [""] : []))
    text += row(kept.map { columns[$0].alignment == .right ? "---:" : "---" } + (hasNotes ? ["---"] : []))
    for (cells, notes) in zip(rows, notes) {
      let note = notes.map { MarkdownText.code($0) }.joined(separator: "<br>")
      text += row(kept.map { markdown(cells[$0], in: columns[$0]) } + (hasNotes ? [note] : []))
    }
    return text
  }

  private func row(_ cells: [String]) -> String { "| " + cells.joined(separator: " | ") + " |\n" }

  private func markdown(_ cell: Cell, in column: Column) -> String {
    switch cell.content {
    case .text(let text): column.isFlexible ? MarkdownText.code(text) : MarkdownText.escaped(text)
    case .bar(let part, let columns): TextStyle().bar(part, columns: columns)
    case .trend(let values): TextStyle().sparkline(values, top: 1)
    case .nothing: ""
    }
  }
}
