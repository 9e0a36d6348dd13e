import Glibc

/// An exclusive `flock(2)` on a file; the kernel lets go of it when the owner closes it or dies.
///
/// Calling sequence: `acquire` waits, at most as long as told; the lock is held until the value goes out of scope. The
/// file is never renamed or removed by us; when somebody else does, `acquire` notices and locks the file that is there
/// now. Two openings conflict within one process as well, so threads exclude each other.
package struct FileLock: ~Copyable {
  private let handle: Handle

  /// Opens `name` in `directory`, created when missing, and locks it.
  /// - Returns: nil when the lock was not had within `wait`.
  package static func acquire(_ name: String, in directory: borrowing Directory, wait: Duration) throws(SystemError)
    -> FileLock?
  {
    let deadline = ContinuousClock.now.advanced(by: wait)
    for _ in 0..<8 {
      let handle = try directory.file(creating: name, .readWrite)
      let opened = try handle.status()
      guard opened.kind == .regular, opened.linkCount <= 1 else { throw SystemError(code: EINVAL, call: "flock") }
      guard try lock(handle, until: deadline) else { return nil }
      // Somebody may have deleted the file while we waited; a lock on it would exclude nobody.
      if try directory.status(name)?.identity == opened.identity { return FileLock(handle: handle) }
    }
    return nil
  }

  private init(handle: consuming Handle) { self.handle = handle }

  /// Lets go of the lock.
  package consuming func release() {}

  private static func lock(_ handle: borrowing Handle, until deadline: ContinuousClock.Instant) throws(SystemError)
    -> Bool
  {
    while flock(handle.descriptor, LOCK_EX | LOCK_NB) != 0 {
      if errno == EINTR { continue }
      guard errno == EWOULDBLOCK else { throw SystemError.last("flock") }
      return try block(on: handle, until: deadline)
    }
    return true
  }

  /// Waits in the kernel's queue, which is fair and quick, until a timer ends the wait at the deadline.
  ///
  /// Not woken before, it keeps its place in the queue. The timer repeats because a single signal may come before the call
  /// sleeps.
  private static func block(on handle: borrowing Handle, until deadline: ContinuousClock.Instant) throws(SystemError)
    -> Bool
  {
    let rest = ContinuousClock.now.duration(to: deadline)
    guard rest > .zero else { return false }
    let timer = try IntervalTimer(after: rest, every: .milliseconds(5))
    var code: Int32 = EINTR
    while code == EINTR, ContinuousClock.now < deadline {
      code = flock(handle.descriptor, LOCK_EX) == 0 ? 0 : errno
    }
    timer.stop()
    guard code == 0 || code == EINTR else { throw SystemError(code: code, call: "flock") }
    return code == 0
  }
}
