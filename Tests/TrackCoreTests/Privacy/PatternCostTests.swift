import Testing

@testable import TrackCore

/// Expressions that a hostile configuration could stop every tool with.
@Suite("The cost of patterns") struct PatternCostTests {
  @Test(
    "those that would take time or memory without end are refused",
    arguments: [
      ["a{1,32000}"], ["(((a{1,100}){1,100}){1,100})"], ["((a{2}){9}){,40}x"], ["(a*)(a*)\\1"], ["[^]a]{1000}"],
      ["[[:alpha:]]{300}"], ["\\({300}"], [String(repeating: "a", count: 5_000)],
      [String](repeating: "a{100}", count: 4), ["a{99999999999999999999}"],
    ])
  func refused(patterns: [String]) {
    #expect(throws: InvalidPattern.self) { try Redactor(patterns: patterns, home: nil, secretValues: []) }
  }

  @Test(
    "those that people write are taken",
    arguments: [
      "[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}", "([0-9]{4}[ -]?){4}", "ACME-[0-9]{6,}", "[{}]{2}", "\\{300\\}",
      "^x+$",
      "[A-Z]{2}[0-9]{2}( ?[0-9A-Z]{4}){4,7}",
    ])
  func taken(pattern: String) throws {
    _ = try Redactor(patterns: [pattern], home: nil, secretValues: [])
  }
}
