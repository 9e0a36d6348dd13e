/// A table as people read it; how it is laid out and escaped is the renderer's affair.
struct Table {
  /// A column and what becomes of it where room is short.
  struct Column {
    /// What stands above it.
    let title: String
    /// How its cells stand in it.
    let alignment: Alignment
    /// The columns that are least important are left out first; those of 0 never.
    let sacrifice: Int
    /// Whether its texts may be cut where room is short.
    let isFlexible: Bool

    /// A column of names or other texts.
    static func text(_ title: String, sacrifice: Int = 0) -> Column {
      Column(title: title, alignment: .left, sacrifice: sacrifice, isFlexible: true)
    }

    /// A column of words that are never cut.
    static func word(_ title: String, sacrifice: Int = 0) -> Column {
      Column(title: title, alignment: .left, sacrifice: sacrifice, isFlexible: false)
    }

    /// A column of numbers under a name that may be cut.
    static func name(_ title: String, sacrifice: Int) -> Column {
      Column(title: title, alignment: .right, sacrifice: sacrifice, isFlexible: true)
    }

    /// A column of numbers.
    static func number(_ title: String, sacrifice: Int = 0) -> Column {
      Column(title: title, alignment: .right, sacrifice: sacrifice, isFlexible: false)
    }
  }

  /// How cells stand in their column.
  enum Alignment {
    case left, right
  }

  /// One cell: text, which may come from a log, or a small picture.
  struct Cell {
    let content: Content
    let tone: Tone

    enum Content {
      case text(String)
      /// A part of 1 as a bar of so many columns.
      case bar(Double, columns: Int)
      /// Values side by side, held against 1.
      case trend([Double?])
      /// Nothing known, or none.
      case nothing
    }

    static func text(_ text: String, _ tone: Tone = .plain) -> Cell { Cell(content: .text(text), tone: tone) }
    static func bar(_ part: Double, columns: Int) -> Cell { Cell(content: .bar(part, columns: columns), tone: .accent) }
    static func trend(_ values: [Double?]) -> Cell { Cell(content: .trend(values), tone: .accent) }
    static let nothing = Cell(content: .nothing, tone: .quiet)

    /// A count; none is shown as nothing, so that what is there stands out.
    static func count(_ count: Int, _ tone: Tone = .plain) -> Cell {
      count == 0 ? .nothing : .text(countText(count), tone)
    }

    /// A text where there is one.
    static func optional(_ text: String?, _ tone: Tone = .plain) -> Cell { text.map { .text($0, tone) } ?? .nothing }
  }

  let columns: [Column]
  private(set) var rows: [[Cell]] = []
  /// What stands beneath each row: ids that must not be cut, and texts that are too long for a column.
  private(set) var notes: [[String]] = []

  /// Makes a table without rows.
  init(_ columns: [Column]) { self.columns = columns }

  /// Adds a row of as many cells as there are columns.
  mutating func add(_ cells: [Cell], notes: [String] = []) {
    rows.append(cells)
    self.notes.append(notes)
  }
}
