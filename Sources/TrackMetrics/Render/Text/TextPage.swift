/// The lines of a text report, as they come.
struct TextPage {
  let style: TextStyle
  let limits: TextLimits
  private(set) var lines: [TextLine] = []

  /// Starts without lines.
  init(_ style: TextStyle, limits: TextLimits = .whole) {
    self.style = style
    self.limits = limits
  }

  /// Adds a line of pieces, `indent` columns in.
  mutating func line(_ pieces: (text: String, tone: Tone)..., indent: Int = 2) {
    var line = TextLine(style, indent: indent)
    for piece in pieces { line.add(piece.text, piece.tone) }
    add(line)
  }

  /// Adds a line; what is not wrapped or laid out for the width is cut at it.
  mutating func add(_ line: TextLine) {
    var line = line
    line.cut()
    lines.append(line)
  }

  /// Adds an empty line.
  mutating func space() { lines.append(TextLine(style)) }

  /// Begins a section.
  mutating func heading(_ title: String, _ remark: String = "") {
    space()
    var line = TextLine(style)
    line.add(title, .heading)
    if !remark.isEmpty { line.add("  " + remark, .quiet) }
    add(line)
  }

  /// Adds text in as many lines as it takes, the later ones two columns further in.
  mutating func paragraph(_ text: String, _ tone: Tone = .plain, indent: Int = 2) {
    for (number, piece) in style.wrapped(text, in: style.width - indent, hanging: 2).enumerated() {
      line((piece, tone), indent: number == 0 ? indent : indent + 2)
    }
  }

  /// Adds a name and what there is to say of it, wrapped beside the name.
  mutating func fact(_ name: String, _ text: String, _ tone: Tone = .plain, column: Int = 16) {
    let wrapped = style.wrapped(text, in: style.width - column - 2)
    for (number, piece) in wrapped.enumerated() {
      var line = TextLine(style, indent: 2)
      if number == 0 { line.add(name) }
      line.pad(to: column + 2)
      line.add(piece, tone)
      lines.append(line)
    }
  }

  /// Adds a table, and how many rows are not in it.
  mutating func table(_ table: Table, omitted: Int = 0) {
    guard !table.rows.isEmpty else { return }
    for line in TableLayout(table, style: style).lines { add(line) }
    if omitted > 0 { line(("and \(countText(omitted)) more", .quiet)) }
  }

  /// All lines with their line ends.
  var encoded: String { lines.reduce(into: "") { $0 += $1.encoded } }
}
