/// How the size and the age of the journal are seen to.
public struct RetentionOptions: Hashable, Sendable {
  /// Rotates every file now.
  public var rotatesNow = false

  /// By the configuration, which asks for nothing unless told to.
  public init() {}
}

/// What was done about the size and the age of the journal, or would be.
public struct RetentionReport: Hashable, Sendable {
  /// The files that were renamed.
  public internal(set) var rotated: [RotatedFile] = []
}

extension Journal {
  /// Sees to the size and the age of the journal; the sweep's lock is held.
  func retain(_ options: RetentionOptions, isDryRun: Bool) throws(JournalError) -> RetentionReport {
    var report = RetentionReport()
    let retention = configuration.tracking.retention
    if let policy = options.rotatesNow ? .now : RotationPolicy(retention) {
      report.rotated = try rotate(policy, isDryRun: isDryRun)
    }
    return report
  }
}
