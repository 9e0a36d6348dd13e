import ArgumentParser
import TrackCore
import TrackMetrics

/// How the report is written, and where to.
struct MetricsRendering: ParsableArguments {
  @Option(help: ArgumentHelp("How it is written.", valueName: "format"))
  var format: ReportFormat = .text

  @Flag(help: "Short for --format json.") var json = false

  @Option(
    help: ArgumentHelp("Write to a file, which is replaced at once.", valueName: "file"), completion: .file())
  var output: String?

  @Flag(help: "No colour, even on a terminal; so does NO_COLOR in the environment.") var noColor = false

  func validate() throws {
    if json, format != .text, format != .json { throw ValidationError("--json and --format exclude each other") }
  }

  /// The format that is asked for.
  var chosen: ReportFormat { json ? .json : format }

  /// Writes one report, or several side by side.
  func show(_ reports: [Comparison.Project], _ sections: MetricsSections) throws {
    let bytes = reports.count == 1 ? try bytes(of: reports[0], sections) : try bytes(of: Comparison(reports), sections)
    try write(bytes)
  }

  private func bytes(of project: Comparison.Project, _ sections: MetricsSections) throws -> [UInt8] {
    let report = project.report
    return switch chosen {
    case .text: Array(TextRenderer.render(report, style: style, sections: sections.chosen).utf8)
    case .json: JSONRenderer.render(report, sections: sections.chosen)
    case .csv: CSVRenderer.render(report, section: try sections.single())
    case .markdown: Array(MarkdownRenderer.render(report, sections: sections.chosen).utf8)
    case .openmetrics: Array(OpenMetricsRenderer.render(report).utf8)
    case .html: HTMLRenderer.render(report, project: project.label)
    }
  }

  private func bytes(of comparison: Comparison, _ sections: MetricsSections) throws -> [UInt8] {
    switch chosen {
    case .text: Array(TextRenderer.render(comparison, style: style).utf8)
    case .json: JSONRenderer.render(comparison, sections: sections.chosen)
    case .csv: CSVRenderer.render(comparison, section: try sections.single())
    case .markdown: Array(MarkdownRenderer.render(comparison, sections: sections.chosen).utf8)
    case .openmetrics: Array(OpenMetricsRenderer.render(comparison).utf8)
    case .html: HTMLRenderer.render(comparison)
    }
  }

  /// What the place that the text goes to can show: a file is no terminal.
  var style: TextStyle {
    let look = TerminalLook(ThisProcess.environment())
    let columns = output == nil ? Terminal.columns : nil
    return TextStyle(
      width: columns ?? 80, colour: columns != nil && look.hasColour && !noColor, unicode: look.hasUnicode)
  }

  /// Writes what was made, to the file or to standard output.
  func write(_ bytes: [UInt8]) throws {
    guard let output else { return try Tools.output(bytes) }
    do throws(SystemError) { try FileReplacement.write(bytes, to: output) } catch {
      let status: ExitStatus = error.isAbsence ? .cannotCreate : .inputOutput
      throw ToolError(status: status, message: "cannot write \(excerpt(output)): \(error.message)")
    }
  }
}

/// The formats of the report.
enum ReportFormat: String, ExpressibleByArgument, CaseIterable {
  case text, json, csv, markdown, openmetrics, html
}

extension Issue.Severity: ExpressibleByArgument {}
