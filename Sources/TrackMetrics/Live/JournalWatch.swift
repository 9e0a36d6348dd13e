import TrackCore

/// Reads log directories again when, and only when, a file in them has changed.
package struct JournalWatch {
  /// What tells whether a file is the one that was read.
  private struct Sign: Hashable {
    let path: String
    let identity: FileStatus.Identity
    let size: Int64
  }

  private let directories: [LogSource]
  private var signs: Set<Sign>?

  /// Watches `directories`; nothing is read yet.
  package init(_ directories: [LogSource]) { self.directories = directories }

  /// The fold, when there is something new in it; nil when no file has changed since the last call.
  package mutating func fold() -> Fold? {
    let found = Set(directories.flatMap(Self.signs))
    guard found != signs else { return nil }
    signs = found
    return MetricsReader.fold(directories)
  }

  /// What cannot be looked at is left out here and named by the reader.
  private static func signs(_ directory: LogSource) -> [Sign] {
    guard let names = try? Directory(path: directory.path, followingLink: true).names() else { return [] }
    return names.filter(LogSource.holdsLines).compactMap { name in
      let path = "\(directory.path)/\(name)"
      guard let status = try? FileStatus.of(path) else { return nil }
      return Sign(path: path, identity: status.identity, size: status.size)
    }
  }
}
