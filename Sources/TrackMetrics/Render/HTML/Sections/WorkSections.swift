import TrackCore

/// The tasks, those that took the most attempts first.
struct TasksSection {
  let tasks: TaskSection

  private static let limit = 100
  private static let openRows = 20

  /// Writes the table; beyond the first rows it is folded away.
  func write(to page: inout Markup) {
    page.section(.tasks, "Tasks") { section in
      guard tasks.count > 0 else { return section.empty("None was attempted.") }
      section.element(
        .p, text: "\(quantity(tasks.count, "task")), \(countText(tasks.retried)) of them attempted more than once.")
      table(tasks.shown.prefix(Self.openRows)).write(to: &section)
      let rest = tasks.shown.prefix(Self.limit).dropFirst(Self.openRows)
      section.foldedTable("The next \(rest.count) tasks") { table(rest) }
      section.more(tasks.count - min(Self.limit, tasks.shown.count), "task")
    }
  }

  private func table(_ tasks: ArraySlice<TaskSummary>) -> DataTable {
    var table = DataTable(
      caption: "Tasks by number of attempts",
      columns: [
        .text("Task"), .number("Attempts"), .number("Completed"), .number("Failed"), .number("Timed out"),
        .number("Abandoned"), .number("Open"), .number("p50"), .text("Droids"), .text("Last outcome"),
        .text("Last started (UTC)"),
      ])
    for task in tasks {
      let tally = task.tally
      table.add([
        .name(task.task), .count(tally.started), .count(tally.completed), .count(tally.failed),
        .count(tally.timedOut), .count(tally.abandoned), .count(tally.open), .duration(task.durations?.p50),
        .phrase(droids(task)), .outcome(task.lastOutcome), .moment(task.lastStarted),
      ])
    }
    return table
  }

  private func droids(_ task: TaskSummary) -> String {
    let names = task.droids.prefix(3).map { cut($0, 40) }.joined(separator: ", ")
    return task.droids.count > 3 ? names + " …" : names
  }
}

/// What the results say.
struct ResultsSection {
  let results: ResultSummary

  /// Writes the tables.
  func write(to page: inout Markup) {
    page.section(.results, "Results") { section in
      guard results.results > 0 || results.validated > 0 || !results.errors.isEmpty else {
        return section.empty("No result was recorded.")
      }
      section.element(.p, text: summary)
      section.element(.div, .class("columns")) { columns in
        categories(&columns)
        columns.counts("What validation found", "Problem", results.problems)
        columns.counts("Most common errors", "Error, with what varies left out", results.errors)
      }
    }
  }

  private var summary: String {
    var texts = ["\(quantity(results.results, "result")), \(countText(results.successes)) of success"]
    if let rate = results.validationRate {
      texts.append("\(percentText(rate)) of \(countText(results.validated)) validated ones without problems")
    }
    return texts.joined(separator: "; ") + "."
  }

  private func categories(_ page: inout Markup) {
    guard !results.categories.isEmpty else { return }
    var table = DataTable(
      caption: "Categories", columns: [.text("Category"), .number("Results"), .number("Invalid"), .number("Failures")])
    for category in results.categories {
      table.add([.name(category.name), .count(category.count), .count(category.invalid), .count(category.failures)])
    }
    page.titled(table, "Categories")
  }
}

/// What the work took.
struct ResourcesSection {
  let resources: [ResourceSummary]

  private static let limit = 50

  /// Writes the table.
  func write(to page: inout Markup) {
    page.section(.resources, "Resources") { section in
      guard !resources.isEmpty else { return section.empty("No report told what the work took.") }
      var table = DataTable(
        caption: "Resources by droid: processor in percent of a core, memory and disk in megabytes",
        columns: [
          .text("Droid"), .number("CPU % p50"), .number("p95"), .number("max"), .number("Memory MB p50"),
          .number("p95"),
          .number("max"), .number("Disk MB p50"), .number("p95"), .number("max"),
        ])
      for droid in resources.prefix(Self.limit) {
        let usages = [droid.cpuPercent, droid.memoryMegabytes, droid.diskMegabytes]
        table.add(
          [.name(droid.droid)]
            + usages.flatMap { [$0?.p50, $0?.p95, $0?.maximum].map { .text($0.map(amountText) ?? "–") } })
      }
      table.write(to: &section)
      section.more(resources.count - Self.limit, "droid")
    }
  }
}

/// An amount as people read it: three figures are enough.
private func amountText(_ amount: Double) -> String {
  guard amount.isFinite, abs(amount) < 1e15 else { return "?" }
  if abs(amount) >= 100 { return countText(Int(amount.rounded())) }
  let tenths = Int((abs(amount) * 10).rounded())
  return "\(amount < 0 && tenths > 0 ? "-" : "")\(tenths / 10).\(tenths % 10)"
}

extension Markup {
  /// Writes a table of counts; nothing where there are none.
  fileprivate mutating func counts(_ title: String, _ name: String, _ counts: [DataSummary.Count]) {
    guard !counts.isEmpty else { return }
    var table = DataTable(caption: title, columns: [.text(name), .number("Times")])
    for count in counts { table.add([.phrase(cut(count.name, 160)), .count(count.count)]) }
    titled(table, title)
  }

  /// Writes a table below a title.
  mutating func titled(_ table: DataTable, _ title: String) {
    element(.div) { group in
      group.element(.h3, text: title)
      table.write(to: &group)
    }
  }

  /// Writes the executions that took longest.
  mutating func longest(_ executions: [LongExecution]) {
    guard !executions.isEmpty else { return }
    var table = DataTable(
      caption: "The executions that took longest",
      columns: [
        .text("Task"), .text("Droid"), .number("Took"), .text("Outcome"), .text("Ended (UTC)"),
        .text("Execution"),
      ])
    for execution in executions {
      table.add([
        .name(execution.task ?? "unknown"), .name(execution.droid), .duration(execution.duration),
        .outcome(execution.outcome), .moment(execution.ended), .code(cut(execution.id, 120)),
      ])
    }
    titled(table, "Longest")
  }
}
