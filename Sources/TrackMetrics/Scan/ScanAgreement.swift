import TrackCore

/// Whether both ways of reading a line say the same: the scanner's single pass, and the parser that is its reference.
///
/// What tests and fuzzing hold the scanner to.
package enum ScanAgreement {
  /// What the scanner makes of a line.
  package enum Outcome: Hashable, Sendable {
    /// It gives the line to the parser.
    case declined
    /// It says the same as the parser.
    case same
    /// It says something else, or accepts what the parser refuses.
    case different(scanned: String, parsed: String)
  }

  /// Reads a line without its line feed in both ways.
  package static func of(_ line: [UInt8]) -> Outcome {
    let batch = LineBatch(capacity: line.count)
    batch.hold(line)
    guard let scanned = batch.scanAlone(line.count) else { return .declined }
    let reference = LineBatch(capacity: line.count)
    reference.hold(line)
    reference.parse(reference.start, line.count, isFirst: false, isTerminated: true)
    let (one, other) = (facts(scanned, batch), reference.lines.first.map { facts($0, reference) } ?? "nothing")
    return one == other ? .same : .different(scanned: one, parsed: other)
  }

  /// Everything that the fold may take of a line, with its texts.
  private static func facts(_ line: ScannedLine, _ batch: LineBatch) -> String {
    let texts = [
      ("type", line.type), ("run", line.run), ("execution", line.execution), ("droid", line.droid),
      ("task", line.task), ("status", line.statusText), ("reason", line.reason), ("category", line.category),
      ("kind", line.reportKind), ("error", line.error),
    ].map { "\($0)=\(batch.text($1) ?? "-")" }
    let numbers = [
      line.progress, line.duration, line.limit, line.cpuPercent, line.memoryMegabytes, line.diskMegabytes,
    ].map { $0.isNaN ? "-" : "\($0)" }
    let problems = batch.text(line.problems).map { (try? JSONParser.value(Array($0.utf8))).map { "\($0)" } ?? "?" }
    let rest =
      "\(line.kind) \(line.status) \(line.success) \(line.late) \(line.isSession) \(line.time) \(line.identity) "
      + "\(line.epochDigits) \(line.epochDigits > 0 ? "\(line.epoch) \(line.random)" : "") \(problems ?? "-")"
    return (texts + numbers + [rest]).joined(separator: "\n")
  }
}
