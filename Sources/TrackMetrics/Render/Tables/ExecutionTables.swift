import TrackCore

extension Table {
  /// A row for each ended execution that took long.
  static func longest(_ executions: some Sequence<LongExecution>) -> Table {
    var table = Table([
      .number("Took"), .word("Outcome"), .text("Task"), .text("Droid"), .word("Execution", sacrifice: 1),
    ])
    for execution in executions {
      table.add([
        .text(durationText(execution.duration)), .text(execution.outcome.text, execution.outcome.tone),
        .optional(execution.task), .text(execution.droid), .text(execution.id, .quiet),
      ])
    }
    return table
  }

  /// A row for each start and ending.
  static func recent(_ entries: some Sequence<RecentActivity.Entry>, now: Timestamp) -> Table {
    var table = Table([
      .number("Ago"), .word("What"), .text("Task"), .text("Droid"), .number("Took", sacrifice: 1),
      .text("Error", sacrifice: 2), .word("Execution", sacrifice: 3),
    ])
    for entry in entries {
      table.add([
        .text(agoText(now.seconds(since: entry.time))),
        .text(entry.outcome?.text ?? "started", entry.outcome?.tone ?? .plain), .optional(entry.task),
        .text(entry.droid), .optional(entry.duration.map(durationText)), .optional(entry.error),
        .text(entry.execution, .quiet),
      ])
    }
    return table
  }

  /// A row for each failure, its id and error beneath.
  static func failures(_ failures: some Sequence<Failure>, now: Timestamp) -> Table {
    var table = Table([
      .number("Ago"), .word("How"), .text("Task"), .text("Droid"), .number("Took", sacrifice: 1),
    ])
    for failure in failures {
      let outcome: TrackedExecution.Outcome = failure.isTimeout ? .timeout : .failed
      table.add(
        [
          .optional(failure.ended.map { agoText(now.seconds(since: $0)) }), .text(outcome.text, outcome.tone),
          .optional(failure.task), .text(failure.droid), .optional(failure.duration.map(durationText)),
        ], notes: [failure.id, failure.error].compactMap(\.self))
    }
    return table
  }

  /// A row for each open execution, its id and last message beneath.
  static func open(_ executions: some Sequence<OpenExecution>, now: Timestamp) -> Table {
    var table = Table([
      .number("Open for"), .number("Limit", sacrifice: 2), .word("", sacrifice: 1), .text("Task"), .text("Droid"),
      .number("Progress", sacrifice: 1), .number("Reported", sacrifice: 3),
    ])
    for execution in executions {
      let note = execution.lastReport
      table.add(
        [
          .optional(execution.age.map(durationText)),
          .text(durationText(execution.limit), execution.hasOwnLimit ? .plain : .quiet),
          .text(execution.isStuck ? "stuck" : "", .warning), .optional(execution.task), .text(execution.droid),
          .optional(note?.progress.map(percentText)), .optional(note.map { agoText(now.seconds(since: $0.time)) }),
        ], notes: [execution.id, note?.message].compactMap(\.self))
    }
    return table
  }
}
