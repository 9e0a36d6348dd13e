package import TrackCore

/// The log files of a directory as they stand at one moment, opened.
///
/// Whoever lists names and then opens them misses what is renamed, compressed or pruned in between. So the directory is
/// looked at again once everything is open, and all is opened anew until nothing has changed meanwhile.
package struct OpenedLogs {
  /// One of the files.
  package struct File {
    /// Its name in the directory.
    package let name: String
    /// The file, or why it cannot be read.
    package let content: Result<LogFile, SystemError>
  }

  /// The files, by name.
  package private(set) var files: [File] = []

  /// How often a directory that keeps changing is looked at.
  private static let maximumLooks = 8

  /// Opens the files in `directory` whose names are wanted.
  /// - Throws: `SystemError` when the directory cannot be read.
  package init(in directory: String, _ isWanted: (String) -> Bool) throws(SystemError) {
    var names = try Self.names(in: directory, isWanted)
    for _ in 0..<Self.maximumLooks {
      files = names.map { name in
        File(name: name, content: Result { () throws(SystemError) in try LogFile(path: "\(directory)/\(name)") })
      }
      let opened = names
      names = try Self.names(in: directory, isWanted)
      if names == opened, try isCurrent(in: directory) { return }
    }
  }

  private static func names(in directory: String, _ isWanted: (String) -> Bool) throws(SystemError) -> [String] {
    let names = Set(try Directory(path: directory, followingLink: true).names())
    return names.filter { isWanted($0) && !LogFile.isCopy($0, among: names) }.sorted()
  }

  /// Whether every name still leads to the file that was opened by it.
  private func isCurrent(in directory: String) throws(SystemError) -> Bool {
    for file in files {
      let status = try FileStatus.of("\(directory)/\(file.name)", followingLink: false)
      switch file.content {
      case .success(let opened) where status?.identity != opened.identity: return false
      case .failure(let error) where error.isAbsence && status != nil: return false
      default: continue
      }
    }
    return true
  }
}
