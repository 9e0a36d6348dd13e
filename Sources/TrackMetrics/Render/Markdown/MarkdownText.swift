/// Text of any origin as it may stand in GitHub-flavoured Markdown.
///
/// Every character that Markdown, HTML, a table or a formula could begin with becomes a numeric entity, which is decoded
/// only after all of these were looked for (CommonMark 0.31, 2.5); so does what makes an address of a text (`://`, `www.`).
/// Mentions and references (`@name`, `#1`) are looked for later still, in the text as it is shown: an empty comment
/// parts them.
enum MarkdownText {
  /// The text, cut after `limit` characters.
  static func escaped(_ text: String, limit: Int = 300) -> String {
    let seen = visible(text).unicodeScalars
    var safe = ""
    var last: Unicode.Scalar = " "
    for scalar in seen.prefix(limit) {
      let isAddress = scalar == "/" && last == ":" || scalar == "." && (last == "w" || last == "W")
      last = scalar
      guard isAddress || special.contains(scalar) else {
        safe.unicodeScalars.append(scalar)
        continue
      }
      safe += "&#\(scalar.value);"
      if scalar == "@" || scalar == "#" { safe += "<!-- -->" }
    }
    return seen.count > limit ? safe + "…" : safe
  }

  /// The text as code; an empty one is nothing at all.
  static func code(_ text: String, limit: Int = 300) -> String {
    text.isEmpty ? "" : "<code>\(escaped(text, limit: limit))</code>"
  }

  private static let special: Set<Unicode.Scalar> = Set("&<>\"'`*_~[]#@\\|$".unicodeScalars)
}
