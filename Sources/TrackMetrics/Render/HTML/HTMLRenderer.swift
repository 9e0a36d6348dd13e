import TrackCore

/// Makes a page of a report: one file that needs no network and no script, for light and dark, wide and narrow, paper.
///
/// Lists are bounded, so that the page of ten thousand droids is not larger than that of a few hundred; counts are of
/// everything.
package enum HTMLRenderer {
  /// The report as a UTF-8 document.
  /// - Parameter project: how the project is named; the page does without where it is not known.
  package static func render(_ report: Report, project: String? = nil) -> [UInt8] {
    var page = Markup()
    let title = project.map { "Track report: \(cut($0, 60))" } ?? "Track report"
    page.element(.html, .english) { html in
      html.head(title: "\(title), \(timeText(report.generatedAt))")
      html.element(.body) { body in
        body.outcomePatterns()
        header(report, title, &body)
        body.element(.main) { main in
          if report.isEmpty { nothing(report, &main) } else { sections(report, &main) }
        }
        footer(&body)
      }
    }
    return page.bytes
  }

  /// Several projects side by side as a UTF-8 document.
  package static func render(_ comparison: Comparison) -> [UInt8] {
    var page = Markup()
    page.element(.html, .english) { html in
      html.head(title: "Track report of \(quantity(comparison.projects.count, "project"))")
      html.element(.body) { body in
        body.outcomePatterns()
        ComparisonPage(comparison: comparison).write(to: &body)
        footer(&body)
      }
    }
    return page.bytes
  }

  private static func header(_ report: Report, _ title: String, _ body: inout Markup) {
    body.element(.header) { header in
      header.element(.h1, text: title)
      header.element(.p, .class("made")) { line in
        line.element(.time, .time(report.generatedAt), text: timeText(report.generatedAt))
        for directory in report.data.directories {
          line.text(" · ")
          line.element(.code, text: cut(directory.label))
        }
      }
      if !report.isEmpty { navigation(report, &header) }
    }
  }

  private static func navigation(_ report: Report, _ header: inout Markup) {
    let places: [(Anchor, String)] = [
      (.issues, "Issues"), (.success, "Success"), (.droids, "Droids"), (.durations, "Durations"),
      (.timeline, "Timeline"), (.open, "Open"), (.recent, "Recent"), (.tasks, "Tasks"), (.results, "Results"),
      (.resources, "Resources"), (.data, "Data"), (.definitions, "Definitions"),
    ]
    header.element(.nav, .label("Sections")) { nav in
      for (anchor, title) in places { nav.element(.a, .href(anchor), text: title) }
    }
  }

  private static func sections(_ report: Report, _ main: inout Markup) {
    HeadlineSection(report: report).write(to: &main)
    IssuesSection(issues: report.issues).write(to: &main)
    main.section(.success, "Success over time") { PeriodChart(report.executions.activity).write(to: &$0) }
    DroidsSection(droids: report.droids, now: report.generatedAt).write(to: &main)
    main.section(.durations, "Durations") { section in
      DurationChart(report.droids).write(to: &section)
      section.longest(report.executions.longest)
    }
    main.section(.timeline, "Timeline") { section in
      for chart in TimelineChart.charts(report.timeline, now: report.generatedAt) { chart.write(to: &section) }
    }
    OpenSection(report: report).write(to: &main)
    RecentSection(report: report).write(to: &main)
    TasksSection(tasks: report.tasks).write(to: &main)
    ResultsSection(results: report.results).write(to: &main)
    ResourcesSection(resources: report.resources).write(to: &main)
    DataSection(data: report.data).write(to: &main)
    main.definitions()
  }

  /// What an empty journal is told as: figures of nothing would look like figures of something.
  private static func nothing(_ report: Report, _ main: inout Markup) {
    main.element(.section) { section in
      section.element(.h2, text: "Nothing is recorded yet")
      let labels = report.data.directories.map { cut($0.label) }.joined(separator: ", ")
      section.element(.p, text: labels.isEmpty ? "No log directory was found." : "No lines in \(labels).")
      section.element(.p) { hint in
        hint.text("Record a first execution: ")
        hint.element(.code, text: "task-start TASK \"what it is about\"")
      }
    }
  }

  private static func footer(_ body: inout Markup) {
    body.element(.footer) {
      $0.element(
        .p, text: "Made by track-metrics. Times are UTC. This page holds no script and asks no server for anything.")
    }
  }
}

extension Markup {
  /// Writes the head of a page that may load, run and send nothing, whatever a browser makes of it.
  mutating func head(title: String) {
    element(.head) { head in
      head.element(.meta, .utf8)
      head.element(
        .meta, .httpEquivalent("Content-Security-Policy"),
        .content("default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"))
      head.element(.meta, .name("viewport"), .content("width=device-width, initial-scale=1"))
      head.element(.meta, .name("color-scheme"), .content("light dark"))
      head.element(.meta, .name("referrer"), .content("no-referrer"))
      head.element(.meta, .name("robots"), .content("noindex"))
      head.element(.title, text: title)
      head.style(StyleSheet.page)
      head.style(StyleSheet.charts)
    }
  }

  /// Writes a section that the navigation leads to.
  mutating func section(_ anchor: Anchor, _ title: String, content: (inout Markup) -> Void) {
    element(.section, .id(anchor)) { section in
      section.element(.h2, text: title)
      content(&section)
    }
  }

  /// Writes that there is nothing to tell.
  mutating func empty(_ text: String) { element(.p, .class("empty"), text: text) }

  /// Writes how many things a bounded list leaves out; nothing when it leaves out none.
  mutating func more(_ count: Int, _ noun: String) {
    if count > 0 { element(.p, .class("more"), text: "and \(countText(count)) more \(noun)\(count == 1 ? "" : "s")") }
  }
}
