import Glibc

/// A pipe or standard input, read piece by piece and for a limited time: whoever writes it may never end.
package struct InputStream: ~Copyable {
  private let handle: Handle
  private let deadline: Duration
  private var chunk = [UInt8](repeating: 0, count: 64 * 1024)

  /// Reads a descriptor that is taken over, for `time` at most.
  static func of(_ handle: consuming Handle, for time: Duration) -> InputStream {
    InputStream(handle: handle, deadline: MonotonicClock.now + time)
  }

  /// Opens standard input, to be read for `time` at most.
  package static func standardInput(for time: Duration) throws(SystemError) -> InputStream {
    let duplicate = fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 3)
    guard duplicate >= 0 else { throw SystemError.last("read") }
    return InputStream(handle: Handle(adopting: duplicate), deadline: MonotonicClock.now + time)
  }

  private init(handle: consuming Handle, deadline: Duration) {
    self.handle = handle
    self.deadline = deadline
  }

  /// The next bytes; none at the end.
  /// - Throws: ETIMEDOUT when the time is over.
  package mutating func next() throws(SystemError) -> ArraySlice<UInt8> {
    while true {
      let rest = deadline - MonotonicClock.now
      guard rest > .zero else { throw SystemError(code: ETIMEDOUT, call: "read") }
      var waited = pollfd(fd: handle.descriptor, events: Int16(POLLIN), revents: 0)
      let ready = unsafe poll(&waited, 1, Int32(clamping: Int((rest.seconds * 1_000).rounded(.up))))
      if ready > 0 {
        let count = try handle.readSome(into: &chunk)
        return chunk[..<count]
      }
      guard ready == 0 || errno == EINTR else { throw SystemError.last("poll") }
    }
  }
}
