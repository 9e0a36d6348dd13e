import Glibc

/// An open log file, of which several threads may read.
package final class LogFile: Sendable {
  /// The file's device and inode, which tell whether two paths name one file.
  package let identity: FileStatus.Identity
  /// Its size when it was opened; what is appended later is for a later reader.
  package let size: Int64

  private let handle: Handle

  /// Opens a regular file.
  /// - Throws: `SystemError` when it cannot be opened, is a symbolic link or no regular file.
  package init(path: String) throws(SystemError) {
    let (descriptor, identity) = try LineReader.openRegularFile(path, at: 0)
    handle = Handle(adopting: descriptor)
    self.identity = identity
    size = try handle.status().size
  }

  /// Fills `buffer` from `offset`; returns the number of bytes read, fewer only at the end of the file.
  package func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int64) throws(SystemError) -> Int {
    var filled = 0
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
    let filled = try handle.read(into: &bytes, at: offset)
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

  private init(adopting descriptor: Int32) throws(SystemError) {
    handle = Handle(adopting: descriptor)
    let status = try handle.status()
    identity = status.identity
    size = status.size
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
