/// A text as one word of a shell.
enum ShellWord {
  static func quoted(_ text: String) -> String {
    // By scalars: a combining character after a quote would hide it from a search by characters.
    let parts = text.unicodeScalars.split(separator: "'", omittingEmptySubsequences: false).map { String($0) }
    return "'" + parts.joined(separator: "'\\''") + "'"
  }

  /// Whether a character of a path means nothing but itself to any shell, wherever it stands.
  static func isPlain(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "A"..."Z", "a"..."z", "0"..."9", "/", ".", "_", "-", "+", "@": true
    default: false
    }
  }
}
