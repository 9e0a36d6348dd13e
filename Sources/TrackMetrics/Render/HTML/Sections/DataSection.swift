/// What was read, and what of it could not be taken in.
struct DataSection {
  let data: DataSummary

  private static let limit = 40

  /// Writes the tables.
  func write(to page: inout Markup) {
    page.section(.data, "Data") { section in
      section.element(.p, text: summary)
      section.element(.div, .class("columns")) { columns in
        files(&columns)
        counts("Event types", "Type", data.eventTypes, &columns)
        counts("Self-reports", "Kind", data.selfReports, &columns)
      }
      problems(&section)
    }
  }

  private var summary: String {
    var text = "\(countText(data.lines)) lines in \(quantity(data.files.count, "file")), "
    text += "\(countText(data.problems.count)) bad, \(countText(data.repeats)) copies of others; "
    text += "\(countText(data.events)) events"
    if let first = data.first, let last = data.last { text += " from \(timeText(first)) to \(timeText(last))" }
    if data.prunedSegments > 0 { text += "; \(prunedText(data))" }
    return text + "."
  }

  private func files(_ page: inout Markup) {
    guard !data.files.isEmpty else { return }
    var table = DataTable(caption: "Files", columns: [.text("File"), .number("Lines")])
    for file in data.files.prefix(Self.limit) { table.add([.phrase(cut(file.name, 120)), .count(file.lines)]) }
    page.element(.div) { group in
      group.element(.h3, text: "Files")
      table.write(to: &group)
      group.more(data.files.count - Self.limit, "file")
    }
  }

  private func counts(_ title: String, _ name: String, _ counts: [DataSummary.Count], _ page: inout Markup) {
    guard !counts.isEmpty else { return }
    var table = DataTable(caption: title, columns: [.text(name), .number("Events")])
    for count in counts.prefix(Self.limit) { table.add([.name(count.name), .count(count.count)]) }
    page.element(.div) { group in
      group.element(.h3, text: title)
      table.write(to: &group)
      group.more(counts.count - Self.limit, "kind")
    }
  }

  private func problems(_ section: inout Markup) {
    section.foldedTable(quantity(data.problems.count, "bad line")) {
      var table = DataTable(caption: "Bad lines", columns: [.text("Place"), .text("What is wrong")])
      for problem in data.problems.first.prefix(Self.limit) {
        table.add([.code("\(cut(problem.file, 120)):\(problem.line)"), .phrase(cut(problem.reason, 200))])
      }
      return table
    }
    section.foldedTable(quantity(data.unreadable.count, "unreadable file")) {
      var table = DataTable(caption: "Unreadable files", columns: [.text("File"), .text("Why")])
      for unreadable in data.unreadable.prefix(Self.limit) {
        table.add([.code(cut(unreadable.name, 120)), .phrase(cut(unreadable.reason, 200))])
      }
      return table
    }
  }
}
