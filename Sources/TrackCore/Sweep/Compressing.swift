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
  /// - Parameters:
  ///   - rotating: the files that count as rotated though they are not, in a dry run.
  ///   - pruning: the files that count as removed though they are there, in a dry run.
  func compress(
    isDryRun: Bool, rotating: Set<String>, pruning: Set<String>
  ) throws(JournalError) -> CompressionOutcome {
    var outcome = CompressionOutcome()
    let next = rotating.isEmpty && pruning.isEmpty ? nil : try nextSeal()
    do throws(SystemError) {
      let log = try Directory(path: logDirectory, followingLink: true)
      var plain: [(stream: Stream, name: String, modified: Timestamp)] = []
      for stream in Stream.allCases where stream != .audit {
        for file in try RotatedFiles(of: stream, in: log).files where !LogFile.isCompressed(file.name) {
          plain.append((stream, file.name, file.modified))
        }
        if rotating.contains(stream.fileName), let status = try log.status(stream.fileName) {
          plain.append((stream, stream.fileName, status.modified))
        }
      }
      guard !plain.isEmpty else { return outcome }
      let finished = try FinishedSegments(logDirectory, next: next)
      for (stream, name, modified) in plain where !pruning.contains(name) {
        switch try finished.look(at: name, of: stream, policy: "") {
        case .unfinished: break
        case .altered: outcome.altered.append(name)
        case .unreadable(let left): outcome.unreadable.append(left)
        case .whole(let segment, let measured):
          let size =
            isDryRun ? 0 : try Compression(segment.file, measured.sha256, modified: modified, in: log).replace()
          outcome.done.append(CompressedFile(name: "\(name).gz", size: measured.bytes, compressedSize: size))
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
  private let modified: Timestamp
  private let source: SealedFile
  private let digest: SHA256.Digest

  init(
    _ source: SealedFile, _ digest: SHA256.Digest, modified: Timestamp, in log: borrowing Directory
  ) throws(SystemError) {
    self.log = try log.directory(".")
    self.source = source
    self.modified = modified
    self.digest = digest
  }

  /// Writes the file, reads it again, and only then lets go of the other one; its size.
  func replace() throws(SystemError) -> Int64 {
    let name = source.name
    let temporary = ".\(name).gz"
    try log.remove(temporary)
    try write(temporary)
    let written = try SealedFile(temporary, in: log.path)
    guard written.size == source.size, try written.measure(0..<written.size).digest == digest else {
      try log.remove(temporary)
      throw .damaged("the compressed form of \(name) does not hold what the file does")
    }
    try log.rename(temporary, to: "\(name).gz")
    try log.handle.sync()
    try log.remove(name)
    try log.handle.sync()
    return try log.status("\(name).gz")?.size ?? 0
  }

  private func write(_ name: String) throws(SystemError) {
    let target = try log.file(making: name, .write)
    var offset: Int64 = 0
    while case let content = try source.bytes(Gzip.contentLength, at: offset), !content.isEmpty {
      try target.write(try Gzip.member(content))
      offset += Int64(content.count)
    }
    // Retention goes by when the lines were written, not by when they were compressed.
    try target.setModified(modified)
    try target.sync()
  }
}
