extension TextPage {
  /// Adds totals, rates and durations.
  mutating func executions(_ executions: ExecutionSummary) {
    let tally = executions.tally
    heading("EXECUTIONS", tally.started > 0 ? "\(countText(tally.started)) started" : "")
    guard tally.started > 0 else {
      line(("None was started.", .plain))
      return sessions(executions.sessions)
    }
    outcomes(executions)
    sessions(executions.sessions)
    space()
    rates(executions)
    durations(executions)
    activity(executions.activity)
    longest(executions.longest)
  }

  private mutating func outcomes(_ executions: ExecutionSummary) {
    let tally = executions.tally
    let counts: [(TrackedExecution.Outcome, Int)] = [
      (.completed, tally.completed), (.failed, tally.failed), (.timeout, tally.timedOut),
      (.abandoned, tally.abandoned), (.open, tally.open),
    ]
    let columns = max(4, min(40, style.width - 50))
    for (outcome, count) in counts {
      let part = Double(count) / Double(tally.started)
      let (number, percent) = (countText(count), percentText(part))
      var line = TextLine(style, indent: 2)
      line.add(outcome.text.prefix(1).uppercased() + outcome.text.dropFirst())
      line.pad(to: 14 + max(0, 9 - number.displayWidth))
      line.add(number)
      line.pad(to: 25 + max(0, 7 - percent.displayWidth))
      line.add(percent, .quiet)
      line.add("  ")
      line.add(style.bar(part, columns: columns), outcome.tone)
      add(line)
    }
    if !executions.abandonedByReason.isEmpty {
      let reasons = executions.abandonedByReason.map { "\(style.shown($0.name, limit: 40)) \(countText($0.count))" }
      fact("Abandoned as", reasons.joined(separator: ", "))
    }
  }

  /// A line of the sessions of agents' harnesses, which the figures above leave out unless they were asked for.
  private mutating func sessions(_ tally: Tally) {
    guard let text = tally.sessionText else { return }
    fact("Sessions", "\(countText(tally.started)): \(text)")
  }

  private mutating func rates(_ executions: ExecutionSummary) {
    let tally = executions.tally
    rate("Success rate", tally.successRate, "completed of \(countText(tally.ended)) ended")
    rate("Completion rate", tally.completionRate, "ended of \(countText(tally.started)) started")
    rate("Abandonment rate", tally.abandonmentRate, "abandoned of \(countText(tally.started)) started")
    if tally.late > 0 { paragraph("\(counted(tally.late, "ending")) came late, after the execution was given up") }
    if executions.surplusEndings > 0 {
      paragraph("\(counted(executions.surplusEndings, "further ending")) of ended executions changed nothing")
    }
  }

  private mutating func rate(_ name: String, _ rate: Double?, _ meaning: String) {
    let text = rate.map(percentText) ?? style.nothing
    var line = TextLine(style, indent: 2)
    line.add(name)
    line.pad(to: 20 + max(0, 8 - text.displayWidth))
    line.add(text)
    line.add("  " + meaning, .quiet)
    add(line)
  }

  private mutating func durations(_ executions: ExecutionSummary) {
    guard let durations = executions.durations else { return }
    space()
    var table = Table(
      [.word("Duration")]
        + [("mean", 1), ("p50", 0), ("p90", 3), ("p95", 0), ("p99", 2), ("max", 0)].map {
          .number($0.0, sacrifice: $0.1)
        })
    let figures = [
      durations.mean, durations.p50, durations.p90, durations.p95, durations.p99, durations.maximum,
    ]
    table.add([.text("of \(countText(durations.count))")] + figures.map { .text(durationText($0)) })
    self.table(table)
    guard let histogram = executions.histogram, let low = histogram.edges.first, let high = histogram.edges.last,
      histogram.counts.count > 1
    else { return }
    var line = TextLine(style, indent: 2)
    line.add("Distribution  ")
    line.add(durationText(low) + " ", .quiet)
    line.add(style.sparkline(histogram.counts.map { Double($0) }), .accent)
    line.add(" " + durationText(high), .quiet)
    add(line)
  }

  private mutating func longest(_ executions: [LongExecution]) {
    guard !executions.isEmpty else { return }
    space()
    line(("Longest", .plain))
    table(.longest(executions))
  }
}
