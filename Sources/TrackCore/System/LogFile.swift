import Glibc

/// An open log file, of which several threads may read.
///
/// Of a compressed one, `*.gz`, all offsets and sizes are those of its content.
package final class LogFile: Sendable {
  /// The file's device and inode, which tell whether two paths name one file.
  package let identity: FileStatus.Identity
  /// Its size when it was opened; what is appended later is for a later reader.
  package let size: Int64

  private let handle: Handle
  /// Of a compressed file of ours, what finds its content.
  private let members: GzipMembers?

  /// Opens a regular file.
  /// - Throws: `SystemError` when it cannot be opened, is a symbolic link or no regular file, or is damaged as far as it
  ///   is compressed.
  package convenience init(path: String) throws(SystemError) { self.init(try OpenedFile.open(path)) }

  private init(_ opened: consuming OpenedFile) {
    identity = opened.identity
    size = opened.size
    members = opened.members
    handle = opened.handle
  }

  /// Whether files of that name are compressed.
  package static func isCompressed(_ name: String) -> Bool { name.hasSuffix(".gz") }

  /// Whether a file is the compressed form of another one that is still there: it is perhaps not whole yet.
  package static func isCopy(_ name: String, among names: Set<String>) -> Bool {
    isCompressed(name) && names.contains(String(name.dropLast(3)))
  }

  /// What it is read by where its bytes are its content.
  var plainDescriptor: Int32? { members == nil ? handle.descriptor : nil }

  /// Fills `buffer` from `offset`; returns the number of bytes read, fewer only at the end of the file.
  package func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int64) throws(SystemError) -> Int {
    var filled = 0
    if let members {
      while filled < buffer.count, let (begin, content) = try members.content(at: offset + Int64(filled), handle) {
        let part = content[Int(offset + Int64(filled) - begin)...].prefix(buffer.count - filled)
        unsafe UnsafeMutableRawBufferPointer(rebasing: buffer[filled...]).copyBytes(from: part)
        filled += part.count
      }
      return filled
    }
    while filled < buffer.count {
      let count = unsafe pread(
        handle.descriptor, buffer.baseAddress?.advanced(by: filled), buffer.count - filled,
        off_t(offset) + off_t(filled))
      if count == 0 { break }
      if count < 0 {
        guard errno == EINTR else { throw SystemError.last("read") }
      } else {
        filled += count
      }
    }
    return filled
  }

  /// Up to `count` bytes from `offset`.
  package func bytes(_ count: Int, at offset: Int64) throws(SystemError) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    let filled: Int
    if members == nil {
      filled = try handle.read(into: &bytes, at: offset)
    } else {
      var result = Result<Int, SystemError>.success(0)
      unsafe bytes.withUnsafeMutableBytes { buffer in
        result = Result { () throws(SystemError) in unsafe try read(into: buffer, at: offset) }
      }
      filled = try result.get()
    }
    bytes.removeLast(count - filled)
    return bytes
  }

  /// Where the last whole line that begins at `first` or later ends: after the last line feed, or at `first`.
  package func endOfLastLine(from first: Int64) throws(SystemError) -> Int64 {
    var end = size
    var step: Int64 = 4_096
    while end > first {
      let begin = max(first, end - step)
      let bytes = try bytes(Int(end - begin), at: begin)
      if let last = bytes.lastIndex(of: 0x0A) { return begin + Int64(last) + 1 }
      end = begin
      step = min(step * 8, 1 << 20)
    }
    return first
  }

  /// Makes the file's data durable, whoever wrote it.
  func syncData() throws(SystemError) { try handle.syncData() }

  private convenience init(adopting descriptor: Int32) throws(SystemError) {
    self.init(try OpenedFile.plain(Handle(adopting: descriptor)))
  }

  /// Standard input: the file it is redirected from, else a copy without a name in `directory`.
  ///
  /// A pipe can be read once and by one reader only; the copy goes when its reader does.
  package static func standardInput(keptIn directory: String) throws(SystemError) -> LogFile {
    let input = fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 3)
    guard input >= 0 else { throw SystemError.last("read") }
    let source = Handle(adopting: input)
    if try source.status().kind == .regular, lseek(input, 0, SEEK_CUR) == 0 {
      return try LogFile(adopting: try duplicate(input))
    }
    let copy = try TemporaryFile.make(in: directory, prefix: "droid-track")
    copy.remove()
    var chunk = [UInt8](repeating: 0, count: 256 * 1024)
    while case let count = try source.readSome(into: &chunk), count > 0 {
      try copy.handle.write(count == chunk.count ? chunk : Array(chunk[..<count]))
    }
    return try LogFile(adopting: try duplicate(copy.handle.descriptor))
  }

  private static func duplicate(_ descriptor: Int32) throws(SystemError) -> Int32 {
    let copy = fcntl(descriptor, F_DUPFD_CLOEXEC, 3)
    guard copy >= 0 else { throw SystemError.last("dup") }
    return copy
  }
}

/// What a log file is read by.
private struct OpenedFile: ~Copyable {
  let handle: Handle
  let identity: FileStatus.Identity
  let size: Int64
  let members: GzipMembers?

  /// How much more than its own size a compressed file of another writer may hold: journals shrink to a tenth, and what
  /// is made to fill a disk shrinks to a thousandth.
  private static let largestFactor: Int64 = 200
  private static let largestSmall: Int64 = 16 << 20

  /// Opens a file that is read as it is.
  static func plain(_ handle: consuming Handle) throws(SystemError) -> OpenedFile {
    let status = try handle.status()
    return OpenedFile(handle: handle, identity: status.identity, size: status.size, members: nil)
  }

  static func open(_ path: String) throws(SystemError) -> OpenedFile {
    let (descriptor, _) = try LineReader.openRegularFile(path, at: 0)
    let file = Handle(adopting: descriptor)
    guard LogFile.isCompressed(path) else { return try plain(file) }
    let status = try file.status()
    if let members = try GzipMembers(file, size: status.size) {
      return OpenedFile(handle: file, identity: status.identity, size: members.size, members: members)
    }
    // One long member can be read from its beginning only, so it is unpacked into a file without a name.
    let copy = try unpacked(file, beside: path, atMost: status.size * largestFactor + largestSmall)
    let size = try copy.status().size
    return OpenedFile(handle: copy, identity: status.identity, size: size, members: nil)
  }

  private static func unpacked(
    _ file: consuming Handle, beside path: String, atMost limit: Int64
  ) throws(SystemError) -> Handle {
    let copy = try temporaryFile(beside: path)
    copy.remove()
    var stream = try GzipStream(file)
    var chunk = [UInt8](repeating: 0, count: 256 * 1024)
    var size: Int64 = 0
    while case let count = try stream.read(into: &chunk), count > 0 {
      size += Int64(count)
      guard size <= limit else {
        throw SystemError(
          code: EFBIG, call: "read", explanation: "it holds more than \(largestFactor) times its own size")
      }
      try copy.handle.write(count == chunk.count ? chunk : Array(chunk[..<count]))
    }
    let descriptor = fcntl(copy.handle.descriptor, F_DUPFD_CLOEXEC, 3)
    guard descriptor >= 0 else { throw SystemError.last("dup") }
    return Handle(adopting: descriptor)
  }

  /// In the same directory, where a reader who may write to it has the room that the file needs; else where all may write.
  private static func temporaryFile(beside path: String) throws(SystemError) -> TemporaryFile {
    let directory = path.utf8.contains(UInt8(ascii: "/")) ? Path.parent(path) : "."
    do { return try TemporaryFile.make(in: directory, prefix: ".unpacked") } catch {
      guard error.isRefusal || error.isReadOnly else { throw error }
    }
    return try TemporaryFile.make(in: "/var/tmp", prefix: ".droid-track")
  }
}
