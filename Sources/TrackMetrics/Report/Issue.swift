/// Something that needs a look: what it is, what proves it, what to do.
package struct Issue: Hashable, Sendable {
  /// What kind of issue it is.
  package let kind: Kind
  /// The droid it is about, where it is about one.
  package var droid: String?
  /// What was found, in one line.
  package let summary: String
  /// The measured figure, where there is one.
  package var value: Double?
  /// What the figure was held against.
  package var threshold: Double?
  /// The executions that prove it, in order.
  package var executions: [String] = []
  /// Further evidence, a line each.
  package var evidence: [String] = []
  /// What to do.
  package let advice: String

  /// What kind of issue it is; the order is that of the report.
  package enum Kind: String, Sendable, CaseIterable {
    case unreadable
    case badLines = "bad_lines"
    case stuck
    case noSweep = "no_sweep"
    case abandonmentRate = "abandonment_rate"
    case successRate = "success_rate"
    case tooManyOpen = "too_many_open"
    case sharedExecutionID = "shared_execution_id"
    case endingWithoutStart = "ending_without_start"

    /// Its place in the report.
    var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
  }

  /// How grave an issue is.
  package enum Severity: String, Sendable {
    /// The report itself cannot be relied on
    case critical
    /// Work is going wrong
    case warning
    /// Worth knowing when reading the figures
    case info
  }

  /// How grave it is.
  package var severity: Severity {
    switch kind {
    case .unreadable: .critical
    case .badLines, .stuck, .noSweep, .abandonmentRate, .successRate, .tooManyOpen: .warning
    case .sharedExecutionID, .endingWithoutStart: .info
    }
  }
}
