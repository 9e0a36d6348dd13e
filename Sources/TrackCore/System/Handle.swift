import Glibc

/// An open file descriptor; closed when its owner lets go of it.
///
/// `close()` reports what `close(2)` says; `deinit` is the backstop.
package struct Handle: ~Copyable {
  let descriptor: Int32

  /// Takes over a descriptor.
  init(adopting descriptor: Int32) { self.descriptor = descriptor }

  deinit { _ = Glibc.close(descriptor) }

  /// Closes the descriptor and reports a failure, such as a write-back error on NFS.
  consuming func close() throws(SystemError) {
    let descriptor = descriptor
    discard self
    guard Glibc.close(descriptor) == 0 else { throw SystemError.last("close") }
  }

  /// What the file system says of the file.
  func status() throws(SystemError) -> FileStatus {
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0 else { throw SystemError.last("fstat") }
    return FileStatus(status)
  }

  /// Reads a regular file to its end, in one call when it does not grow meanwhile.
  ///
  /// `size` is what its status told.
  /// - Throws: EFBIG when there are more than `maximum` bytes.
  func read(size: Int64, maximum: Int) throws(SystemError) -> [UInt8] {
    guard size <= maximum else { throw SystemError(code: EFBIG, call: "read") }
    var bytes: [UInt8] = []
    while true {
      // One byte more than expected, so that a short read shows the end.
      var chunk = [UInt8](repeating: 0, count: max(Int(size) - bytes.count, 0) + 1)
      let count = try read(into: &chunk, at: Int64(bytes.count))
      if count < chunk.count {
        chunk.removeLast(chunk.count - count)
        return bytes.isEmpty ? chunk : bytes + chunk
      }
      bytes += chunk
      guard bytes.count <= maximum else { throw SystemError(code: EFBIG, call: "read") }
    }
  }

  /// Fills `buffer` from `offset`; returns the number of bytes read, 0 at the end of the file.
  func read(into buffer: inout [UInt8], at offset: Int64) throws(SystemError) -> Int {
    while true {
      let count = unsafe buffer.withUnsafeMutableBytes {
        unsafe pread(descriptor, $0.baseAddress, $0.count, off_t(offset))
      }
      if count >= 0 { return count }
      guard errno == EINTR else { throw SystemError.last("read") }
    }
  }

  /// Reads what comes next of a pipe, terminal or file into `buffer`; returns the number of bytes, 0 at the end.
  func readSome(into buffer: inout [UInt8]) throws(SystemError) -> Int {
    while true {
      let count = unsafe buffer.withUnsafeMutableBytes { unsafe Glibc.read(descriptor, $0.baseAddress, $0.count) }
      if count >= 0 { return count }
      guard errno == EINTR else { throw SystemError.last("read") }
    }
  }

  /// Reads a pipe or terminal to its end.
  /// - Throws: EFBIG when there are more than `maximum` bytes.
  func readStream(maximum: Int) throws(SystemError) -> [UInt8] {
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 64 * 1024)
    while true {
      let count = unsafe chunk.withUnsafeMutableBytes { unsafe Glibc.read(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw SystemError.last("read") }
      if count == 0 { return bytes }
      guard bytes.count + count <= maximum else { throw SystemError(code: EFBIG, call: "read") }
      bytes.append(contentsOf: chunk[..<count])
    }
  }

  /// Writes all of `bytes` at `offset`.
  func write(_ bytes: [UInt8], at offset: Int64) throws(SystemError) {
    var written = 0
    while written < bytes.count {
      let count = unsafe bytes.withUnsafeBytes { buffer in
        unsafe pwrite(
          descriptor, buffer.baseAddress?.advanced(by: written), buffer.count - written, off_t(offset) + off_t(written))
      }
      if count < 0 {
        guard errno == EINTR else { throw SystemError.last("write") }
      } else {
        written += count
      }
    }
  }

  /// Writes all of `bytes` at the descriptor's own position, or at the end under `O_APPEND`.
  package func write(_ bytes: [UInt8]) throws(SystemError) {
    var written = 0
    while written < bytes.count { written += try writeSome(bytes, from: written) }
  }

  /// Writes what follows `start` in one `write(2)`; returns how much it took.
  ///
  /// It takes everything unless the disk is full, a limit is reached or the process is killed.
  func writeSome(_ bytes: [UInt8], from start: Int) throws(SystemError) -> Int {
    try Self.writeSome(bytes, from: start, to: descriptor)
  }

  /// Writes to a descriptor that is nobody's to close, as `writeSome` does.
  static func writeSome(_ bytes: [UInt8], from start: Int, to descriptor: Int32) throws(SystemError) -> Int {
    while true {
      let count = unsafe bytes.withUnsafeBytes { buffer in
        unsafe Glibc.write(descriptor, buffer.baseAddress?.advanced(by: start), buffer.count - start)
      }
      if count >= 0 { return count }
      guard errno == EINTR else { throw SystemError.last("write") }
    }
  }

  /// Cuts the file to `size` bytes.
  func truncate(to size: Int64) throws(SystemError) {
    while ftruncate(descriptor, off_t(size)) != 0 {
      guard errno == EINTR else { throw SystemError.last("ftruncate") }
    }
  }

  /// Makes the file's data durable.
  ///
  /// A failure is final: the kernel may have dropped the pages (fsync(2)), so the call is never repeated.
  func syncData() throws(SystemError) {
    guard fdatasync(descriptor) == 0 else { throw SystemError.last("fdatasync") }
  }

  /// Makes the file or directory itself durable.
  func sync() throws(SystemError) {
    guard fsync(descriptor) == 0 else { throw SystemError.last("fsync") }
  }

  /// Sets the permission bits of the file to those of `mode`.
  func setMode(_ mode: UInt32) throws(SystemError) {
    guard fchmod(descriptor, mode & 0o777) == 0 else { throw SystemError.last("fchmod") }
  }

  /// Sets when the file was last written to.
  func setModified(_ time: Timestamp) throws(SystemError) {
    let seconds = time.microseconds.floorDivided(by: 1_000_000)
    let stamp = timespec(tv_sec: Int(seconds), tv_nsec: Int(time.microseconds - seconds * 1_000_000) * 1_000)
    let times = [stamp, stamp]
    guard unsafe times.withUnsafeBufferPointer({ unsafe futimens(descriptor, $0.baseAddress) }) == 0 else {
      throw SystemError.last("futimens")
    }
  }

  /// Gives the file to another user and group.
  func give(to owner: FileOwner) throws(SystemError) {
    guard fchown(descriptor, owner.user, owner.group) == 0 else { throw SystemError.last("fchown") }
  }
}
