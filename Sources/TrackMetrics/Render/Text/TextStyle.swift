/// What the place that text is made for can show.
package struct TextStyle: Hashable, Sendable {
  /// Its columns, from 40 on.
  package let width: Int
  /// Whether it takes escape sequences for colour.
  package let colour: Bool
  /// Whether it shows characters beyond ASCII.
  package let unicode: Bool

  /// Makes a style; fewer than 40 columns are taken as 40.
  package init(width: Int = 80, colour: Bool = false, unicode: Bool = true) {
    self.width = max(40, width)
    self.colour = colour
    self.unicode = unicode
  }
}

extension TextStyle {
  /// Text of any origin as it may be shown: what acts on terminals, hides, or cannot be shown stands as `\u{1b}`.
  ///
  /// Whatever has passed here holds no control, no line end and no bidirectional control. A text of more than `limit`
  /// scalars is cut.
  package func shown(_ text: String, limit: Int = 1_000) -> String {
    if text.utf8.count <= limit, text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) { return text }
    var safe = ""
    var room = limit
    for scalar in text.unicodeScalars {
      guard room > 0 else { return safe + ellipsis }
      room -= 1
      if isShown(scalar) {
        safe.unicodeScalars.append(scalar)
      } else {
        safe += scalar.escaped
      }
    }
    return safe
  }

  private func isShown(_ scalar: Unicode.Scalar) -> Bool {
    // What is put in to hold a line together becomes a plain space in the end.
    scalar.isHarmless && (unicode || scalar.isASCII || scalar == "\u{A0}")
  }

  /// `text` in at most `columns` columns; of a longer one the middle is left out, as names often differ at their ends.
  package func fitted(_ text: String, in columns: Int) -> String {
    guard text.displayWidth > columns else { return text }
    let room = max(0, columns - ellipsis.displayWidth)
    var (head, tail) = ("", "")
    var (left, right) = (0, 0)
    for character in text {
      guard left + character.displayWidth <= (room + 1) / 2 else { break }
      head.append(character)
      left += character.displayWidth
    }
    for character in text.reversed() {
      guard right + character.displayWidth <= room - left else { break }
      tail = String(character) + tail
      right += character.displayWidth
    }
    return head + ellipsis + tail
  }
}

/// The signs that text is drawn with; plain ones where only ASCII is shown.
extension TextStyle {
  var ellipsis: String { unicode ? "…" : "..." }
  /// Stands for what is not known or not there.
  var nothing: String { unicode ? "·" : "-" }
  var range: String { unicode ? "–" : "-" }
  var arrow: String { unicode ? "→" : "->" }

  func sign(of verdict: Verdict) -> String {
    switch verdict {
    case .good: unicode ? "✓" : "+"
    case .info: unicode ? "•" : "i"
    case .warning: unicode ? "▲" : "!"
    case .critical: unicode ? "✖" : "X"
    case .none: " "
    }
  }
}
