/// Makes Markdown of a report, as GitHub shows it in a job's summary (`$GITHUB_STEP_SUMMARY`).
///
/// Issues stand on top, long parts are folded away. A summary may hold 1 MiB, and GitHub shows nothing of a longer one:
/// what would go beyond `limit` bytes is left out from a section's beginning on, and said to be.
package enum MarkdownRenderer {
  /// The bytes of the longest summary made.
  package static let limit = 1_000_000

  /// The report as Markdown.
  package static func render(_ report: Report, sections: Set<Section> = Set(Section.allCases)) -> String {
    joined(blocks(of: report, sections: sections), limit: limit)
  }

  /// The projects side by side, then each project's report, folded away.
  package static func render(
    _ comparison: Comparison, sections: Set<Section> = Set(Section.allCases)
  ) -> String {
    let head = "# Projects side by side\n\n" + Table.comparison(comparison).markdown()
    let projects = comparison.projects.map { project in
      let content = joined(blocks(of: project.report, sections: sections), limit: limit / comparison.projects.count)
      return MarkdownSections.details(MarkdownText.code(project.label), content)
    }
    return joined([head] + projects, limit: limit)
  }

  /// The blocks in order, as far as they fit in `limit` bytes together with the remark that some do not.
  static func joined(_ blocks: [String], limit: Int) -> String {
    let remark = "\n*Cut here: the rest of the report would not fit. Ask for fewer sections, or for the JSON.*\n"
    var text = ""
    for (number, block) in blocks.enumerated() {
      let room = limit - text.utf8.count - (number == blocks.count - 1 ? 0 : remark.utf8.count)
      guard block.utf8.count < room else { return text + remark }
      text += (number == 0 ? "" : "\n") + block
    }
    return text
  }

  /// The head, the issues, the headline figures and the sections, a block each.
  static func blocks(of report: Report, sections: Set<Section>) -> [String] {
    guard !report.isEmpty else { return ["# Track report\n", "Nothing is recorded yet.\n"] }
    var blocks = ["# Track report\n\n\(MarkdownText.escaped(timeText(report.generatedAt)))\n"]
    if sections.contains(.issues) { blocks.append(MarkdownSections.issues(of: report)) }
    if sections.contains(.executions) { blocks.append(MarkdownSections.headlines(report)) }
    for section in Section.allCases where sections.contains(section) {
      if let block = MarkdownSections.block(of: section, report) { blocks.append(block) }
    }
    return blocks
  }
}
