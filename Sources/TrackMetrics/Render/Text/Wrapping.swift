extension TextStyle {
  /// `text` broken at spaces into lines of at most `columns` columns, the later ones `hanging` columns narrower.
  ///
  /// A longer word is broken where it must be; `%` stays with its number.
  package func wrapped(_ text: String, in columns: Int, hanging: Int = 0) -> [String] {
    var lines: [String] = []
    for word in shown(text).split(separator: " ") {
      let room = max(8, columns - (lines.count > 1 ? hanging : 0))
      if let last = lines.last, word.hasPrefix("%") || last.displayWidth + 1 + word.displayWidth <= room {
        lines[lines.count - 1] += " " + word
      } else {
        lines += pieces(of: word, max(8, columns - (lines.isEmpty ? 0 : hanging)))
      }
    }
    return lines
  }

  private func pieces(of word: Substring, _ columns: Int) -> [String] {
    guard word.displayWidth > columns else { return [String(word)] }
    var pieces = [""]
    var width = 0
    for character in word {
      if width + character.displayWidth > columns {
        pieces.append("")
        width = 0
      }
      pieces[pieces.count - 1].append(character)
      width += character.displayWidth
    }
    return pieces
  }
}
