/// What needs a look, the gravest first: what it is, what proves it, what to do.
struct IssuesSection {
  let issues: [Issue]

  private static let limit = 50
  private static let evidenceLimit = 4
  private static let foldedLimit = 40

  /// Writes them.
  func write(to page: inout Markup) {
    page.section(.issues, issues.isEmpty ? "Issues" : "\(quantity(issues.count, "issue"))") { section in
      guard !issues.isEmpty else { return section.empty("None found.") }
      writeList(to: &section, limit: Self.limit)
    }
  }

  /// Writes at most `limit` of them and counts the others.
  func writeList(to section: inout Markup, limit: Int) {
    section.element(.ul, .class("issues")) { list in
      for issue in issues.prefix(limit) { write(issue, to: &list) }
    }
    section.more(issues.count - limit, "issue")
  }

  private func write(_ issue: Issue, to list: inout Markup) {
    list.element(.li, .class(issue.severity.look)) { item in
      item.element(.p, .class("finding")) { line in
        line.element(.span, .class("severity"), text: issue.severity.rawValue)
        line.text(" ")
        line.element(.strong, text: cut(issue.summary, 300))
      }
      item.lines(issue.evidence.prefix(Self.evidenceLimit))
      item.element(.p, .class("advice")) { advice in
        advice.element(.span, .hidden, text: "→ ")
        advice.text(issue.advice)
      }
      evidence(issue, &item)
    }
  }

  /// What the first lines of evidence leave out, folded away.
  private func evidence(_ issue: Issue, _ item: inout Markup) {
    let rest = issue.evidence.dropFirst(Self.evidenceLimit)
    guard !rest.isEmpty || !issue.executions.isEmpty else { return }
    item.element(.details) { details in
      let executions = issue.executions.isEmpty ? [] : [quantity(issue.executions.count, "execution")]
      let remaining = rest.isEmpty ? [] : ["\(countText(rest.count)) more lines of evidence"]
      details.element(.summary, text: (executions + remaining).joined(separator: ", "))
      details.lines(rest.prefix(Self.foldedLimit))
      details.more(rest.count - Self.foldedLimit, "line")
      details.element(.ul, .class("ids")) { ids in
        for id in issue.executions.prefix(Self.foldedLimit) {
          ids.element(.li) { $0.element(.code, text: cut(id, 200)) }
        }
      }
      details.more(issue.executions.count - Self.foldedLimit, "execution")
    }
  }
}

extension Markup {
  /// Writes lines of evidence.
  fileprivate mutating func lines(_ lines: ArraySlice<String>) {
    guard !lines.isEmpty else { return }
    element(.ul, .class("evidence")) { list in
      for line in lines { list.element(.li, text: cut(line, 240)) }
    }
  }
}

extension Issue.Severity {
  /// The class of an issue of this severity.
  fileprivate var look: StaticString {
    switch self {
    case .critical: "issue critical"
    case .warning: "issue warning"
    case .info: "issue info"
    }
  }
}
