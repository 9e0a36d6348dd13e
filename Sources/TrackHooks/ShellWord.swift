/// A text as one word of a shell.
enum ShellWord {
  static func quoted(_ text: String) -> String {
    // By scalars: a combining character after a quote would hide it from a search by characters.
    let parts = text.unicodeScalars.split(separator: "'", omittingEmptySubsequences: false).map { String($0) }
    return "'" + parts.joined(separator: "'\\''") + "'"
  }
}
