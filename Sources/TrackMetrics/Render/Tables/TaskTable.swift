import TrackCore

extension Table {
  /// A row for each task.
  static func tasks(_ tasks: some Sequence<TaskSummary>, now: Timestamp) -> Table {
    var table = Table([
      .text("Task"), .number("Attempts"), .number("Done", sacrifice: 4), .number("Fail", sacrifice: 3),
      .number("T/O", sacrifice: 3), .number("Aband", sacrifice: 3), .number("Open", sacrifice: 3),
      .number("Success", sacrifice: 2), .number("p50", sacrifice: 5), .number("Total", sacrifice: 8),
      .word("Last", sacrifice: 1), .number("Started", sacrifice: 6), .text("By", sacrifice: 7),
    ])
    for task in tasks {
      let tally = task.tally
      table.add([
        .text(task.task), .count(tally.started), .count(tally.completed), .count(tally.failed, .bad),
        .count(tally.timedOut, .bad), .count(tally.abandoned, .warning), .count(tally.open, .accent),
        .optional(tally.successRate.map(percentText)), .optional((task.durations?.p50).map(durationText)),
        .optional((task.durations?.total).map(durationText)), .text(task.lastOutcome.text, task.lastOutcome.tone),
        .optional(task.lastStarted.map { agoText(now.seconds(since: $0)) }),
        .optional(task.droids.first.map { $0 + (task.droids.count > 1 ? " +\(task.droids.count - 1)" : "") }, .quiet),
      ])
    }
    return table
  }
}
