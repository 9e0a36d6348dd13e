/// Something that needs a look: what it is, what proves it, what to do.
package struct Issue: Hashable, Sendable {
  /// What kind of issue it is.
  package let kind: Kind
  /// The droid it is about, where it is about one.
  package var droid: String?
  /// The task it is about, where it is about one.
  package var task: String?
  /// What was found, in one line.
  package let summary: String
  /// The measured figure, where there is one.
  package var value: Double?
  /// What the figure was held against.
  package var threshold: Double?
  /// The executions that prove it.
  package var proof = Proof()
  /// Further evidence, a line each, at most `evidenceLimit`.
  package var evidence: [String] = []
  /// What to do.
  package let advice: String

  /// The executions that prove it, in order, at most `executionLimit`.
  package var executions: [String] { proof.executions }
  /// How many executions prove it.
  package var executionCount: Int { proof.count }

  /// The number of executions that an issue names.
  package static let executionLimit = 100
  /// The number of lines of evidence.
  package static let evidenceLimit = 100
  /// The number of issues of a kind that are told.
  package static let kindLimit = 100

  /// Executions that prove something.
  package struct Proof: Hashable, Sendable {
    /// Their ids, at most `executionLimit`.
    package let executions: [String]
    /// How many there are.
    package let count: Int

    /// Names the first of `ids`.
    init(_ ids: [String] = [], count: Int? = nil) {
      executions = Array(ids.prefix(Issue.executionLimit))
      self.count = count ?? ids.count
    }
  }

  /// What kind of issue it is; the order is that of the report within a severity.
  package enum Kind: String, Sendable, CaseIterable {
    case unreadable
    case badLines = "bad_lines"
    case stuck
    case silent
    case noSweep = "no_sweep"
    case abandonmentRate = "abandonment_rate"
    case successRate = "success_rate"
    case consecutiveFailures = "consecutive_failures"
    case successDrift = "success_drift"
    case durationAnomaly = "duration_anomaly"
    case resourceAnomaly = "resource_anomaly"
    case tooFrequent = "too_frequent"
    case tooManyOpen = "too_many_open"
    case validationRate = "validation_rate"
    case goneQuiet = "gone_quiet"
    case lateEndings = "late_endings"
    case sharedExecutionID = "shared_execution_id"
    case endingWithoutStart = "ending_without_start"

    /// Its place in the report.
    var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }

    /// How grave an issue of this kind is.
    package var severity: Severity {
      switch self {
      case .unreadable: .critical
      case .badLines, .stuck, .silent, .noSweep, .abandonmentRate, .successRate, .consecutiveFailures, .successDrift,
        .durationAnomaly, .resourceAnomaly, .tooFrequent, .tooManyOpen, .validationRate:
        .warning
      case .goneQuiet, .lateEndings, .sharedExecutionID, .endingWithoutStart: .info
      }
    }
  }

  /// How grave an issue is; the graver is the greater.
  package enum Severity: String, Comparable, Sendable, CaseIterable {
    /// Worth knowing when reading the figures
    case info
    /// Work is going wrong
    case warning
    /// The report itself cannot be relied on
    case critical

    package static func < (left: Self, right: Self) -> Bool { left.rank < right.rank }

    private var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
  }

  /// How grave it is.
  package var severity: Severity { kind.severity }
}
