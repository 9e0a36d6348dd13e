/// A rotated file that was compressed.
public struct CompressedFile: Hashable, Sendable {
  /// Its new name.
  public let name: String
  /// Its size before.
  public let size: Int64
  /// Its size now; 0 in a dry run.
  public let compressedSize: Int64
}

/// What a compression did, or would do.
struct CompressionOutcome {
  var done: [CompressedFile] = []
  /// Files that are not what was sealed.
  var altered: [String] = []
  /// Files that cannot be read.
  var unreadable: [LeftFile] = []
}

extension Journal {
  /// Compresses rotated files that seals say are finished, as they were sealed; the sweep's lock is held.
  ///
  /// A crash on the way leaves the file as it is, perhaps beside its compressed form, which nobody reads while it is there; the
  /// next sweep makes that anew. Audit, which is looked up often and is small, stays as it is.
  func compress(isDryRun: Bool) throws(JournalError) -> CompressionOutcome {
    var outcome = CompressionOutcome()
    do throws(SystemError) {
      let log = try Directory(path: logDirectory, followingLink: true)
      var plain: [(stream: Stream, file: RotatedFiles.File)] = []
      for stream in Stream.allCases where stream != .audit {
        for file in try RotatedFiles(of: stream, in: log).files where !LogFile.isCompressed(file.name) {
          plain.append((stream, file))
        }
      }
      guard !plain.isEmpty else { return outcome }
      let finished = try FinishedSegments(logDirectory)
      for (stream, file) in plain {
        switch try finished.look(at: file.name, of: stream, policy: "") {
        case .unfinished: break
        case .altered: outcome.altered.append(file.name)
        case .unreadable(let left): outcome.unreadable.append(left)
        case .whole(let segment, let measured):
          let size = isDryRun ? 0 : try Compression(file, segment.file, measured.sha256, in: log).replace()
          outcome.done.append(CompressedFile(name: "\(file.name).gz", size: measured.bytes, compressedSize: size))
        }
      }
    } catch {
      throw .fileSystem(verb: "compress", path: logDirectory, error)
    }
    return outcome
  }
}

/// The making of a compressed file that takes the place of another one.
private struct Compression: ~Copyable {
  private let log: Directory
  private let file: RotatedFiles.File
  private let source: SealedFile
  private let digest: SHA256.Digest

  init(
    _ file: RotatedFiles.File, _ source: SealedFile, _ digest: SHA256.Digest, in log: borrowing Directory
  ) throws(SystemError) {
    self.log = try log.directory(".")
    self.file = file
    self.source = source
    self.digest = digest
  }

  /// Writes the file, reads it again, and only then lets go of the other one; its size.
  func replace() throws(SystemError) -> Int64 {
    let temporary = ".\(file.name).gz"
    try log.remove(temporary)
    try write(temporary)
    let written = try SealedFile(temporary, in: log.path)
    guard written.size == source.size, try written.measure(0..<written.size).digest == digest else {
      try log.remove(temporary)
      throw .damaged("the compressed form of \(file.name) does not hold what the file does")
    }
    try log.rename(temporary, to: "\(file.name).gz")
    try log.handle.sync()
    try log.remove(file.name)
    try log.handle.sync()
    return try log.status("\(file.name).gz")?.size ?? 0
  }

  private func write(_ name: String) throws(SystemError) {
    let target = try log.file(making: name, .write)
    var offset: Int64 = 0
    while case let content = try source.bytes(Gzip.contentLength, at: offset), !content.isEmpty {
      try target.write(try Gzip.member(content))
      offset += Int64(content.count)
    }
    // Retention goes by when the lines were written, not by when they were compressed.
    try target.setModified(file.modified)
    try target.sync()
  }
}
