/// How many rows of each list are told.
struct TextLimits {
  let droids: Int
  let tasks: Int
  let open: Int
  let recent: Int
  let failures: Int
  /// Problems, templates of errors, and evidence of an issue.
  let texts: Int

  /// In a report of everything.
  static let whole = TextLimits(droids: 30, tasks: 10, open: 10, recent: 10, failures: 5, texts: 5)
  /// In a report of what was asked for.
  static let chosen = TextLimits(droids: 10_000, tasks: 100, open: 100, recent: 50, failures: 10, texts: 20)
}
