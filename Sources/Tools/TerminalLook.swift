/// What the environment says of a terminal's looks.
struct TerminalLook {
  /// Whether the cursor can be moved in it at all.
  let isSmart: Bool
  /// Whether colour is wanted: NO_COLOR, when it is not empty, says that it is not (no-color.org).
  let hasColour: Bool
  /// Whether the locale's characters are Unicode's (locale(7)).
  let hasUnicode: Bool

  init(_ environment: [String: String]) {
    isSmart = environment["TERM"] != "dumb"
    hasColour = isSmart && (environment["NO_COLOR"] ?? "").isEmpty
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"].lazy.compactMap { environment[$0] }.first { !$0.isEmpty } ?? ""
    let lower = locale.lowercased()
    hasUnicode = lower.contains("utf-8") || lower.contains("utf8")
  }
}
