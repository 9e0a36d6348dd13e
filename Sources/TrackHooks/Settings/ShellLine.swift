/// A command line as sh(1) would take it apart, far enough to tell one that only runs a program from all others.
struct ShellLine: Hashable {
  /// Its words, the quotes taken off; of what is not simple they are only what can be seen without a shell.
  private(set) var words: [String] = []
  /// Whether a shell would do nothing but run the words: no second command, no redirection, no assignment, no expansion.
  ///
  /// What is not known to be harmless is not simple.
  private(set) var isSimple = true

  private var word: String?
  private var quote: Unicode.Scalar?

  init(_ text: String) {
    var isEscaped = false
    for scalar in text.unicodeScalars {
      if isEscaped {
        isEscaped = false
        // A backslash before a line feed goes with it.
        if scalar == "\n" { isSimple = false } else { add(scalar) }
      } else if let quote {
        take(scalar, in: quote)
      } else if scalar == "\\" {
        isEscaped = true
      } else {
        take(scalar)
      }
    }
    if quote != nil || isEscaped { isSimple = false }
    endWord()
  }

  private mutating func take(_ scalar: Unicode.Scalar) {
    switch scalar {
    case " ", "\t": endWord()
    case "'", "\"":
      quote = scalar
      word = word ?? ""
    case _ where ShellWord.isPlain(scalar): add(scalar)
    case ";", "&", "|", "<", ">", "(", ")", "`", "\n":
      isSimple = false
      endWord()
    default:
      isSimple = false
      add(scalar)
    }
  }

  private mutating func take(_ scalar: Unicode.Scalar, in open: Unicode.Scalar) {
    if scalar == open {
      quote = nil
    } else {
      if open == "\"", scalar == "$" || scalar == "`" || scalar == "\\" || scalar == "!" { isSimple = false }
      add(scalar)
    }
  }

  private mutating func add(_ scalar: Unicode.Scalar) { word = (word ?? "") + String(scalar) }

  private mutating func endWord() {
    if let word { words.append(word) }
    word = nil
  }
}
