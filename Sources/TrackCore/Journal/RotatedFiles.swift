/// The files that rotations made of a stream: those by their names, the one written to left out.
struct RotatedFiles {
  /// One of them.
  struct File: Hashable {
    let name: String
    let size: Int64
    /// When it was last written to; no line in it is younger.
    let modified: Timestamp
  }

  /// The files, the one that was written to first of all first.
  let files: [File]

  /// Looks for the files of `stream`, ours and those of foreign rotations.
  ///
  /// What a repair put aside (`.bad`) is none of them, nor is a link, a directory or what else bears such a name.
  init(of stream: Stream, in log: borrowing LogDirectory) throws(SystemError) {
    try self.init(of: stream, in: log.directory)
  }

  /// Looks for the files of `stream` in a log directory.
  init(of stream: Stream, in directory: borrowing Directory) throws(SystemError) {
    var files: [File] = []
    let names = Set(try directory.names())
    for name in names where name != stream.fileName {
      guard Stream(ofFile: name) == stream, !name.hasSuffix(".bad"), !LogFile.isCopy(name, among: names),
        let status = try directory.status(name), status.kind == .regular
      else { continue }
      files.append(File(name: name, size: status.size, modified: status.modified))
    }
    self.files = files.sorted { ($0.modified, $0.name) < ($1.modified, $1.name) }
  }
}
