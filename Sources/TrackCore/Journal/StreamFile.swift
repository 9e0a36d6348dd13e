/// One stream's file, open for appending; used under the journal's lock.
///
/// A record and the line feed that closes off a torn line before it go out in one `write(2)`. A short write is taken
/// back by `ftruncate` where the file system allows it; where it does not, the next writer heals it.
struct StreamFile: ~Copyable {
  let stream: Stream
  private let handle: Handle
  /// The file as it was when it was opened.
  private let status: FileStatus

  /// A torn line that was closed off.
  struct Healing: Hashable {
    let stream: Stream
    /// Where the torn line ended.
    let offset: Int64
  }

  /// Opens the stream's file, created with mode 0600 when it is missing.
  ///
  /// Where events are synced at all, `durable`, the name of one that is still empty is, too: also for the writer that
  /// created it, who may have died or failed before it was.
  static func open(_ stream: Stream, in log: borrowing LogDirectory, durable: Bool) throws(JournalError) -> StreamFile {
    let path = "\(log.directory.path)/\(stream.fileName)"
    let file: StreamFile
    do { file = try opened(stream, in: log, durable: durable) } catch { throw failure(error, path) }
    try check(file.status, at: path, log)
    return file
  }

  private static func opened(
    _ stream: Stream, in log: borrowing LogDirectory, durable: Bool
  ) throws(SystemError) -> StreamFile {
    let handle = try log.directory.file(creating: stream.fileName, .append)
    let status = try handle.status()
    if durable, status.size == 0 { try log.directory.handle.sync() }
    return StreamFile(stream: stream, handle: handle, status: status)
  }

  private init(stream: Stream, handle: consuming Handle, status: FileStatus) {
    self.stream = stream
    self.handle = handle
    self.status = status
  }

  /// The checks by status come too late for a link or a FIFO without a reader: open itself refuses those.
  private static func failure(_ error: SystemError, _ path: String) -> JournalError {
    if error.isWrongKind { return .cannotCreate(path: path, reason: "it is not a regular file") }
    if error.isRefusal { return .unsafe(path: path, reason: error.message) }
    if error.isReadOnly { return .cannotCreate(path: path, reason: error.message) }
    return .fileSystem(verb: "open", path: path, error)
  }

  fileprivate static func check(
    _ status: FileStatus, at path: String, _ log: borrowing LogDirectory
  ) throws(JournalError) {
    guard status.kind == .regular else { throw .cannotCreate(path: path, reason: "it is not a regular file") }
    guard status.linkCount <= 1 else { throw .unsafe(path: path, reason: "it has another name (hard link)") }
    guard status.owner.user == log.owner.user || status.owner.user == log.user else {
      throw .unsafe(path: path, reason: "it belongs to user \(status.owner.user)")
    }
  }

  /// Appends whole lines, once, and makes them durable when asked to.
  /// - Returns: what was healed on the way, if anything.
  func append(_ lines: [UInt8], durable: Bool) throws(SystemError) -> Healing? {
    let size = status.size
    let healing = try endsInTornLine(size) ? Healing(stream: stream, offset: size) : nil
    let bytes = healing == nil ? lines : [UInt8(ascii: "\n")] + lines
    var written = 0
    do {
      while written < bytes.count { written += try handle.writeSome(bytes, from: written) }
    } catch {
      if written > 0, (try? handle.status())?.size == size + Int64(written) { try? handle.truncate(to: size) }
      throw error
    }
    if durable { try handle.syncData() }
    return healing
  }

  private func endsInTornLine(_ size: Int64) throws(SystemError) -> Bool {
    guard size > 0 else { return false }
    var last: [UInt8] = [0]
    return try handle.read(into: &last, at: size - 1) == 1 && last[0] != UInt8(ascii: "\n")
  }

  /// Whether the stream's name still leads to this file; a foreign rotation may have renamed it.
  func isCurrent(in log: borrowing LogDirectory) throws(SystemError) -> Bool {
    try log.directory.status(stream.fileName)?.identity == status.identity
  }
}

extension LogDirectory {
  /// The size of a stream's file, 0 when there is none.
  /// - Throws: as opening it would, when what stands in its place is not a file of its own.
  func size(of stream: Stream) throws(JournalError) -> Int64 {
    let path = "\(directory.path)/\(stream.fileName)"
    let status: FileStatus?
    do { status = try directory.status(stream.fileName) } catch {
      throw .fileSystem(verb: "open", path: path, error)
    }
    guard let status else { return 0 }
    try StreamFile.check(status, at: path, self)
    return status.size
  }
}
