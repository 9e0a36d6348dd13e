package import TrackCore

/// A directory of log files that the report reads.
package struct LogSource: Hashable, Sendable {
  /// Whose logs these are.
  package enum Role: String, Sendable {
    /// The project's journal
    case journal
    /// `.factory/logs`, where the original's droids wrote
    case factory
    /// Lines on standard input
    case input
  }

  /// Where it is.
  package let path: String
  /// How the report names it, such as the path from the project's root.
  package let label: String
  /// Whose logs these are.
  package let role: Role

  /// Makes a directory of its parts; without a label the report names its path.
  package init(path: String, label: String? = nil, role: Role = .journal) {
    self.path = path
    self.label = label ?? path
    self.role = role
  }

  /// Standard input; `path` is then the directory in which it is kept while it is read.
  package static func standardInput(keptIn directory: String) -> LogSource {
    LogSource(path: directory, label: "standard input", role: .input)
  }
}

extension LogSource {
  /// Whether there is a file in it that holds lines.
  package var holdsFiles: Bool {
    ((try? Directory(path: path, followingLink: true).names()) ?? []).contains(where: Self.holdsLines)
  }

  /// Whether a file of that name holds lines: every `*.ndjson`, and what a rotation made of a stream's file, such as
  /// `events.ndjson.1`; not what a repair put aside.
  package static func holdsLines(_ name: String) -> Bool {
    (name.hasSuffix(".ndjson") || Stream(ofFile: name) != nil) && !name.hasSuffix(".bad")
  }
}

extension Stream {
  /// The stream that a file belongs to by its name: `events.ndjson`, or a renamed part such as `events-2026.ndjson`.
  package init?(logName: String) {
    let stem = logName.prefix { $0 != "." && $0 != "-" }
    guard let stream = Stream.allCases.first(where: { $0.fileName == "\(stem).ndjson" }) else { return nil }
    self = stream
  }
}
