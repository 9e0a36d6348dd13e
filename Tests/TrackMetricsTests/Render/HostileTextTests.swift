import Testing
import TrackCore
import TrackMetrics

/// Nothing that a log holds acts on what reads a report of it.
@Suite struct HostileTextTests {
  @Test("text holds neither controls nor lines that are too wide", arguments: HostileText.all)
  func text(hostile: String) {
    let report = HostileText.report(hostile)
    for style in [TextStyle(width: 60), TextStyle(width: 200), TextStyle(width: 80, unicode: false)] {
      let text = TextRenderer.render(report, style: style) + TextRenderer.render(twice(report, hostile), style: style)
      expectHarmless(text)
      for line in text.split(separator: "\n") { #expect(line.displayWidth <= style.width, "\(line)") }
    }
    let coloured = TextRenderer.render(report, style: TextStyle(width: 100, colour: true))
    expectHarmless(coloured.replacing(/\u{1B}\[[0-9]+m/, with: ""))
  }

  @Test("JSON is one line without controls and gives the texts back", arguments: HostileText.all)
  func json(hostile: String) throws {
    let report = HostileText.report(hostile)
    for bytes in [JSONRenderer.render(report), JSONRenderer.render(twice(report, hostile))] {
      #expect(bytes.last == 0x0A && !bytes.dropLast().contains(0x0A))
      expectHarmless(String(decoding: bytes, as: UTF8.self))
    }
    let object = try JSONParser.object(JSONRenderer.render(report))
    let droids = if case .array(let droids)? = object["droids"] { droids } else { [JSONValue]() }
    let names = droids.map { droid in
      if case .object(let members) = droid, case .string(let name)? = members["droid"] { name } else { "" }
    }
    #expect(names == report.droids.map(\.droid))
  }

  @Test("CSV has a line per record and no cell that begins like a formula", arguments: HostileText.all)
  func csv(hostile: String) {
    let report = HostileText.report(hostile)
    for section in Section.allCases {
      let text = String(decoding: CSVRenderer.render(twice(report, hostile), section: section), as: UTF8.self)
      expectHarmless(text.replacing("\r\n", with: "\n"))
      let rows = text.split(separator: "\r\n").map(cells)
      #expect(Set(rows.map(\.count)).count == 1, "\(section)")
      for cell in rows.joined() where Double(cell) == nil {
        #expect(!(cell.first.map { "=+-@\t\r\n＝".contains($0) } ?? false), "\(cell)")
      }
    }
  }

  @Test("Markdown holds no markup but its own", arguments: HostileText.all)
  func markdown(hostile: String) {
    let report = HostileText.report(hostile)
    let text = MarkdownRenderer.render(report) + MarkdownRenderer.render(twice(report, hostile))
    expectHarmless(text)
    let own = text.replacing(/<\/?(?:code|details|summary|br)>|<!-- -->|&#[0-9]+;/, with: "")
    let foreign = own.contains { "<>&`@[]$".contains($0) }
    #expect(!foreign, "\(own)")
    for row in own.split(separator: "\n") where row.hasPrefix("|") { #expect(row.hasSuffix("|")) }
  }

  @Test("metrics have a sample a line, and labels that end where they should", arguments: HostileText.all)
  func metrics(hostile: String) throws {
    let report = HostileText.report(hostile)
    let text = OpenMetricsRenderer.render(report) + OpenMetricsRenderer.render(twice(report, hostile))
    expectHarmless(text)
    let sample = /[a-z_]+(?:\{[a-z]+="(?:[^"\\]|\\["\\])*"(?:,[a-z]+="(?:[^"\\]|\\["\\])*")*\})? [-0-9.e+]+/
    for line in text.split(separator: "\n") where !line.hasPrefix("#") {
      #expect(try sample.wholeMatch(in: line) != nil, "\(line)")
    }
  }

  private func twice(_ report: Report, _ label: String) -> Comparison {
    Comparison([
      Comparison.Project(label: label, report: report), Comparison.Project(label: "other", report: report),
    ])
  }

  private func expectHarmless(_ text: String, _ location: SourceLocation = #_sourceLocation) {
    let harmful = text.unicodeScalars.first { $0 != "\n" && $0.actsOnTerminals }
    #expect(harmful == nil, sourceLocation: location)
  }

  /// The cells of a record, as RFC 4180 reads them.
  private func cells(_ record: Substring) -> [String] {
    var cells = [""]
    var isQuoted = false
    var wasQuote = false
    for character in record {
      let isSeparator = character == "," && !isQuoted
      if character == "\"" {
        if !isQuoted, wasQuote { cells[cells.count - 1].append(character) }
        isQuoted.toggle()
      } else if isSeparator {
        cells.append("")
      } else {
        cells[cells.count - 1].append(character)
      }
      wasQuote = character == "\"" && !isQuoted
    }
    return cells
  }
}
