import Testing

@testable import TrackCore
@testable import TrackVerify

/// A journal of which nothing is kept for good, not even what its audit stream tells.
@Suite("Pruning the audit stream") struct AuditAgeTests {
  private func made() throws -> MadeJournal {
    try MadeJournal {
      $0.tracking.retention.maximumSize = 6_000
      $0.tracking.retention.rotationSize = 1 << 20
      $0.tracking.retention.maximumAuditAge = .zero
    }
  }

  @discardableResult
  private func sweep(_ made: MadeJournal, rotating: Bool = false, isDryRun: Bool = false) throws -> RetentionReport {
    var options = SweepOptions()
    (options.seals, options.isDryRun) = (true, isDryRun)
    options.retention = RetentionOptions()
    options.retention?.rotatesNow = rotating
    return try made.journal().sweep(options) { _, _, _ in .null }.retention
  }

  @Test("defect: over a long while nothing is found at any step, and segments keep being pruned")
  func longWhile() throws {
    let made = try made()
    var (pruned, kept): ([TrackCore.Stream: Int], Set<String>) = ([:], [])
    for step in 0..<48 {
      try made.start("1.\(step)")
      // Its file is rotated and pruned, and seals go on to name it: nothing new comes.
      if step < 6 { try made.report("1.\(step)") }
      if step % 4 == 0 { try made.start("2.\(step)") }
      try sweep(made)
      if step % 4 == 3 { try made.end("2.\(step - 3)") }
      try made.end("1.\(step)", result: ["tests_run": 3])
      // Seals of one file of `events` come to stand in several of audit.
      if step % 3 == 1 {
        try made.rename("audit.ndjson", to: "audit.ndjson.\(100 + step)")
        try made.start("3.\(step)")
        try made.end("3.\(step)")
      }
      let planned = try sweep(made, isDryRun: true)
      let report = try sweep(made, rotating: step % 5 == 4)
      kept.formUnion(planned.needed.map(\.reason))
      for segment in report.pruned { pruned[segment.stream, default: 0] += 1 }
      #expect(report.altered.isEmpty && report.unreadable.isEmpty, "step \(step)")
      #expect(try made.found() == [], "step \(step)")
    }
    #expect(pruned[.events, default: 0] >= 5 && pruned[.results, default: 0] >= 5, "\(pruned)")
    #expect(pruned[.audit, default: 0] >= 12 && pruned[.droidStatus, default: 0] >= 1, "\(pruned)")
    #expect(made.names.count { $0.hasPrefix("audit") } <= 12, "\(made.names)")
    #expect(kept.contains("it holds seals of events.ndjson, which stays"), "\(kept)")
  }
}
