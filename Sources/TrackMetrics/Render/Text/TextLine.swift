/// How a piece of text is meant; colour is made of it where there is any.
enum Tone: Hashable {
  case plain, heading, quiet, accent, good, warning, bad

  /// The parameters of Select Graphic Rendition (ECMA-48, 8.3.117): the terminal's own colours, readable on any ground.
  fileprivate var parameters: String? {
    switch self {
    case .plain: nil
    case .heading: "1"
    case .quiet: "2"
    case .accent: "36"
    case .good: "32"
    case .warning: "33"
    case .bad: "31"
    }
  }
}

/// One line for a terminal, made of pieces whose text cannot act on it.
///
/// Every text passes `TextStyle.shown` on its way in, and escape sequences are made only here, of tones: so none can
/// come out of a log.
struct TextLine {
  private let style: TextStyle
  private var pieces: [(text: String, tone: Tone)] = []
  /// The columns taken so far.
  private(set) var width = 0

  /// Starts a line, `indent` columns in.
  init(_ style: TextStyle, indent: Int = 0) {
    self.style = style
    pad(to: indent)
  }

  /// Adds text.
  mutating func add(_ text: String, _ tone: Tone = .plain) {
    guard !text.isEmpty else { return }
    let safe = style.shown(text)
    width += safe.displayWidth
    pieces.append((safe.replacingNoBreakSpaces, tone))
  }

  /// Adds another line.
  mutating func add(_ line: TextLine) {
    pieces += line.pieces
    width += line.width
  }

  /// Adds spaces up to a column.
  mutating func pad(to column: Int) {
    if column > width { add(String(repeating: " ", count: column - width)) }
  }

  /// Cuts what goes beyond the last column, and shows that it did.
  mutating func cut() {
    guard width > style.width else { return }
    var whole = TextLine(style)
    let room = style.width - style.ellipsis.displayWidth
    for piece in pieces {
      var text = ""
      for character in piece.text where whole.width + text.displayWidth + character.displayWidth <= room {
        text.append(character)
      }
      whole.add(text, piece.tone)
      guard text == piece.text else { break }
    }
    whole.add(style.ellipsis, .quiet)
    self = whole
  }

  /// The line without trailing space, and with its line end.
  var encoded: String {
    var pieces = self.pieces
    while let last = pieces.last {
      let text = last.text.droppingTrailingSpaces
      pieces[pieces.count - 1].text = text
      guard text.isEmpty else { break }
      pieces.removeLast()
    }
    return pieces.reduce("") { $0 + encoded($1.text, $1.tone) } + "\n"
  }

  private func encoded(_ text: String, _ tone: Tone) -> String {
    guard style.colour, let parameters = tone.parameters else { return text }
    return "\u{1B}[\(parameters)m\(text)\u{1B}[0m"
  }
}

extension String {
  /// The text with plain spaces, which every terminal shows alike.
  fileprivate var replacingNoBreakSpaces: String {
    guard unicodeScalars.contains("\u{A0}") else { return self }
    return String(String.UnicodeScalarView(unicodeScalars.map { $0 == "\u{A0}" ? " " : $0 }))
  }

  /// The text up to its last character that is no space.
  var droppingTrailingSpaces: String {
    guard let last = utf8.lastIndex(where: { $0 != UInt8(ascii: " ") }) else { return "" }
    return String(self[...last])
  }
}
