import Testing
import TrackMetrics

@Suite struct DefinitionTests {
  @Test("the DocC page says what the definitions say")
  func page() throws {
    try Fixture.expect(Definition.page, equals: "../../../Sources/TrackMetrics/TrackMetrics.docc/Definitions.md")
  }

  @Test("every term is defined once, and the figures named are those of the code")
  func figures() {
    #expect(Set(Definition.all.map(\.term)).count == Definition.all.count)
    let text = Definition.page
    #expect(DurationSummary.exactLimit == 1_000_000 && text.contains("1,000,000 durations"))
    #expect(ResourceNotes.exactLimit == 1_024 && text.contains("1,024 resource figures"))
    #expect(ErrorTemplate.tableLimit == 4_096 && text.contains("4,096 templates"))
    #expect(DroidSummary.trendCount == 12 && text.contains("twelve equal spans"))
    #expect(LogSketch.relativeError == 0.01 && text.contains("to within 1 %"))
    #expect(ReportPolicy().recentWindow == 86_400 && text.contains("last 24 hours"))
  }
}
