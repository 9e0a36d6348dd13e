/// Text in mdoc(7), the macro language of man pages.
struct Mdoc {
  /// What has been written, whole lines.
  private(set) var text = ""

  /// Writes a macro line; the words that are not macros must have gone through `word`.
  mutating func macro(_ line: String) {
    text += ".\(line)\n"
  }

  /// Writes prose: an empty line begins a paragraph, words between backquotes are set as code.
  mutating func prose(_ prose: String) {
    for line in prose.split(separator: "\n", omittingEmptySubsequences: false) {
      let line = line.drop(while: \.isWhitespace)
      if line.isEmpty {
        macro("Pp")
      } else {
        for line in Mdoc.wrapped(Mdoc.code(String(line))) { text += Mdoc.protected(line) + "\n" }
      }
    }
  }

  /// Writes lines as they are, indented.
  mutating func literal(_ lines: String) {
    macro("Bd -literal -offset indent")
    for line in lines.split(separator: "\n", omittingEmptySubsequences: false) {
      text += Mdoc.protected(Mdoc.escaped(String(line))) + "\n"
    }
    macro("Ed")
  }

  /// A word of a macro line that is to be taken as it is.
  static func word(_ word: String) -> String {
    let escaped = escaped(word)
    // Two or three letters may be the name of a macro; a lone punctuation mark would leave the macro's font.
    return escaped.count <= 3 ? "\\&" + escaped : escaped
  }

  private static func code(_ line: String) -> String {
    line.split(separator: "`", omittingEmptySubsequences: false).enumerated()
      .map { $0.offset % 2 == 1 ? "\\fB\(escaped(String($0.element)))\\fR" : escaped(String($0.element)) }
      .joined()
  }

  private static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\\": result += "\\e"
      case "-": result += "\\-"
      case "'": result += "\\(aq"
      case "^": result += "\\(ha"
      case "~": result += "\\(ti"
      case "\"": result += "\\(dq"
      case _ where !scalar.isASCII:
        let digits = String(scalar.value, radix: 16, uppercase: true)
        result += "\\[u" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits + "]"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  /// The words of a line as man pages are kept: lines of at most 78 characters, a new one for each sentence.
  private static func wrapped(_ line: String) -> [String] {
    var lines: [String] = []
    for word in line.split(separator: " ") {
      if let last = lines.last, last.count + word.count < 78, !endsSentence(last) {
        lines[lines.count - 1] = last + " " + word
      } else {
        lines.append(String(word))
      }
    }
    return lines
  }

  private static func endsSentence(_ line: String) -> Bool {
    line.hasSuffix(".") || line.hasSuffix("!") || line.hasSuffix("?")
  }

  /// A text line whose first character is not taken for the beginning of a macro.
  private static func protected(_ line: String) -> String {
    line.hasPrefix(".") || line.hasPrefix("\\(aq") ? "\\&" + line : line
  }
}
