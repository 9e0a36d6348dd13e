/// How the size and the age of the journal are seen to.
public struct RetentionOptions: Hashable, Sendable {
  /// Rotates every file now.
  public var rotatesNow = false
  /// Keeps what was written within this time, whatever `max_age` says.
  public var keeping: Duration?

  /// By the configuration, which asks for nothing unless told to.
  public init() {}
}

/// What was done about the size and the age of the journal, or would be.
public struct RetentionReport: Hashable, Sendable {
  /// The files that were renamed.
  public internal(set) var rotated: [RotatedFile] = []
  /// The segments that were removed.
  public internal(set) var pruned: [PrunedSegment] = []
  /// The files that were compressed.
  public internal(set) var compressed: [CompressedFile] = []
  /// Files that were to be removed or compressed and are left as they are, because they are not what was sealed.
  public internal(set) var altered: [String] = []
  /// Files that cannot be read, so that they are left as they are.
  public internal(set) var unreadable: [LeftFile] = []
  /// Audit files that are old enough to go, but prove what stays.
  public internal(set) var needed: [LeftFile] = []
}

/// A rotated file that is left as it is.
public struct LeftFile: Hashable, Sendable {
  /// Its name.
  public let name: String
  /// Why it is left.
  public let reason: String

  /// Makes a file of its parts.
  public init(name: String, reason: String) { (self.name, self.reason) = (name, reason) }
}

extension Journal {
  /// Sees to the size and the age of the journal; the sweep's lock is held.
  /// - Parameter figures: nil prunes nothing.
  func retain(
    _ options: RetentionOptions, isDryRun: Bool, figures: PruningFigures?
  ) throws(JournalError) -> RetentionReport {
    var report = RetentionReport()
    let retention = configuration.tracking.retention
    if !isDryRun { report.unreadable = try removePruned() }
    if let policy = options.rotatesNow ? .now : RotationPolicy(retention) {
      report.rotated = try rotate(policy, isDryRun: isDryRun)
    }
    // Files that a dry run leaves where they are would have been rotated by now, and sealed.
    let due = isDryRun ? Set(report.rotated.map(\.name)) : []
    if let figures, let policy = PruningPolicy(retention, keeping: options.keeping) {
      let outcome = try prune(policy, isDryRun: isDryRun, rotating: due, figures: figures)
      (report.pruned, report.altered) = (outcome.pruned, outcome.altered)
      report.unreadable += outcome.unreadable.filter { !report.unreadable.contains($0) }
      report.needed = outcome.needed
    }
    if retention.compression == .gzip {
      let gone = isDryRun ? Set(report.pruned.map(\.file)) : []
      let outcome = try compress(isDryRun: isDryRun, rotating: due, pruning: gone)
      report.compressed = outcome.done
      report.altered += outcome.altered.filter { !report.altered.contains($0) }
      report.unreadable += outcome.unreadable.filter { !report.unreadable.contains($0) }
    }
    return report
  }
}
