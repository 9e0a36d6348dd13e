extension Table {
  /// A row for each category of results.
  static func categories(_ results: ResultSummary) -> Table {
    var table = Table([
      .text("Category"), .number("Results"), .number("Share", sacrifice: 3), .word("", sacrifice: 4),
      .number("Invalid", sacrifice: 1), .number("Failures", sacrifice: 2),
    ])
    for category in results.categories {
      let share = results.validated > 0 ? Double(category.count) / Double(results.validated) : 0
      table.add([
        .text(category.name), .count(category.count), .text(percentText(share), .quiet), .bar(share, columns: 16),
        .count(category.invalid, .warning), .count(category.failures, .bad),
      ])
    }
    return table
  }

  /// A row for each of some counted texts; the texts stand last, as they are long.
  static func counts(_ counts: some Sequence<DataSummary.Count>, of title: String) -> Table {
    var table = Table([.number("Count"), .text(title)])
    for count in counts { table.add([.count(count.count), .text(count.name)]) }
    return table
  }
}
