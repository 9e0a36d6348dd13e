import Testing
import TrackCore
import TrackMetrics

/// The report for a terminal, looked at as a whole.
@Suite struct TextReportTests {
  @Test("the same report at several widths", arguments: [40, 60, 80, 120, 200])
  func widths(width: Int) throws {
    let text = TextRenderer.render(BusyProject.report(), style: TextStyle(width: width))
    try Fixture.expect(text, equals: "busy-\(width).txt")
  }

  @Test("where only ASCII is shown")
  func ascii() throws {
    let text = TextRenderer.render(BusyProject.report(), style: TextStyle(width: 80, unicode: false))
    #expect(text.utf8.allSatisfy { $0 < 0x80 })
    try Fixture.expect(text, equals: "busy-ascii.txt")
  }

  @Test("colour is added to the same text, and only where it is asked for")
  func colour() throws {
    let report = BusyProject.report()
    let plain = TextRenderer.render(report, style: TextStyle(width: 80))
    let coloured = TextRenderer.render(report, style: TextStyle(width: 80, colour: true))
    #expect(!plain.contains("\u{1B}"))
    #expect(coloured.contains("\u{1B}[1mTrack report\u{1B}[0m"))
    #expect(coloured.replacing(/\u{1B}\[[0-9]+m/, with: "") == plain)
  }

  @Test("no line is wider than the terminal", arguments: [40, 41, 47, 53, 64, 72, 80, 99, 132, 180, 250])
  func lines(width: Int) {
    for unicode in [true, false] {
      let text = TextRenderer.render(BusyProject.report(), style: TextStyle(width: width, unicode: unicode))
      for line in text.split(separator: "\n") { #expect(line.displayWidth <= width, "\(line)") }
    }
  }

  @Test("a section alone comes without the glance")
  func sections() {
    let text = TextRenderer.render(BusyProject.report(), sections: [.droids])
    #expect(text.hasPrefix("Track report"))
    #expect(text.contains("\nDROIDS"))
    #expect(!text.contains("EXECUTIONS") && !text.contains("Success rate") && !text.contains("issue"))
  }

  @Test("projects side by side, with what is usual among them")
  func comparison() throws {
    let quiet = report([started("a", droid: "unit-tester", at: ago(100)), ended("a", at: ago(50), duration: 50)])
    let comparison = Comparison([
      Comparison.Project(label: "~/src/shop", report: BusyProject.report()),
      Comparison.Project(label: "~/src/quiet", report: quiet),
    ])
    try Fixture.expect(TextRenderer.render(comparison), equals: "comparison.txt")
  }
}
