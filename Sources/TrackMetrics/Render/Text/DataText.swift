import TrackCore

extension TextPage {
  /// The number of event types and kinds told.
  private static let typeCount = 12

  /// Adds what was read.
  mutating func data(_ data: DataSummary) {
    heading("DATA")
    let files = "\(countText(data.lines)) in \(counted(data.files.count, "file"))"
    fact("Lines", "\(files), \(countText(data.problems.count)) bad, \(countText(data.repeats)) copies of others")
    if data.hasForgottenRepeats {
      fact("", "repeats are known among the newest 524 288 events at least: older ones may count twice")
    }
    fact("Events", countText(data.events))
    if data.prunedSegments > 0 { fact("Pruned", prunedText(data)) }
    if let first = data.first, let last = data.last {
      fact("From", timeText(first))
      fact("To", "\(timeText(last)), \(durationText(last.seconds(since: first))) later")
    }
    for directory in data.directories {
      fact("Read", directory.label + (directory.role == .factory ? ", where the original's droids wrote" : ""))
    }
    list("Self-reports", data.selfReports)
    list("Other types", data.foreignTypes)
    for file in data.unreadable { fact("Not read", "\(file.name): \(file.reason)", .bad) }
  }

  private mutating func list(_ name: String, _ counts: [DataSummary.Count]) {
    guard !counts.isEmpty else { return }
    var texts = counts.prefix(Self.typeCount).map { "\(style.shown($0.name, limit: 60)) \(countText($0.count))" }
    if counts.count > texts.count { texts.append("and \(countText(counts.count - texts.count)) more") }
    fact(name, texts.joined(separator: ", "))
  }
}
