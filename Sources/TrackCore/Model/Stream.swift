/// One NDJSON file of the journal; the order is the order of writing.
public enum Stream: Int, Sendable, CaseIterable {
  /// Every task and droid event: the authority the other streams are restored from.
  case events
  case droidStatus
  case results
  case performance
  case audit

  /// The file's name in the log directory.
  public var fileName: String {
    switch self {
    case .events: "events.ndjson"
    case .droidStatus: "droid_status.ndjson"
    case .results: "results.ndjson"
    case .performance: "performance.ndjson"
    case .audit: "audit.ndjson"
    }
  }

  /// The file's name without `.ndjson`, by which a seal names the stream.
  package var name: String { String(fileName.dropLast(".ndjson".utf8.count)) }

  /// The stream of that name.
  package init?(named name: String) {
    guard let stream = Self.allCases.first(where: { $0.name == name }) else { return nil }
    self = stream
  }

  /// The stream that a file holds or once held, by its name.
  ///
  /// `S.ndjson` is the file that is written to; `S-*.ndjson`, `S.ndjson.*` and `S.ndjson-*` are what a rotation renamed it
  /// to, and what ends in `.bad` was put aside by a repair.
  package init?(ofFile name: String) {
    let stem = String(name.unicodeScalars.prefix { $0 != "." && $0 != "-" })
    guard let stream = Stream(named: stem) else { return nil }
    let rest = name.utf8.dropFirst(stem.utf8.count)
    let isRenamed =
      rest.first == UInt8(ascii: "-")
      && rest.split(separator: UInt8(ascii: ".")).dropFirst().contains { $0.elementsEqual("ndjson".utf8) }
    guard
      rest.elementsEqual(".ndjson".utf8) || rest.starts(with: ".ndjson.".utf8) || rest.starts(with: ".ndjson-".utf8)
        || isRenamed
    else { return nil }
    self = stream
  }
}
