extension TextRenderer {
  /// The projects side by side as lines of at most `style.width` columns, with the issues of each.
  package static func render(_ comparison: Comparison, style: TextStyle = TextStyle()) -> String {
    var page = TextPage(style, limits: .whole)
    page.title("Projects side by side", at: comparison.projects.first?.report.generatedAt)
    page.space()
    page.table(.comparison(comparison))
    let shared = Table.droids(in: comparison)
    if !shared.rows.isEmpty {
      page.heading("DROIDS", "success in each project, of those that several know")
      page.table(shared)
    }
    for project in comparison.projects where !project.report.issues.isEmpty {
      page.heading("ISSUES", page.style.shown(project.label))
      for issue in project.report.issues {
        let verdict = Verdict(issue.severity)
        page.line((style.sign(of: verdict), verdict.tone), (" " + issue.summary, .plain))
      }
    }
    return page.encoded
  }
}
