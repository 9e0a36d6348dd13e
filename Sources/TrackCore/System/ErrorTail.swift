import CSpawn
import Glibc

/// A pipe in place of standard error: what is written to it goes on to ours at once, and its end is kept.
///
/// A program that asks whether standard error is a terminal is told that it is not; so this is only for whom it is worth
/// that.
@safe struct ErrorTail: ~Copyable {
  private let reading: Handle
  private let writing: Handle
  private let tail: OpaquePointer
  private let size: Int

  /// Begins to carry; nil when a pipe or a thread is not to be had.
  static func start(keeping size: Int) -> ErrorTail? {
    guard let (reading, writing) = pipe(), let tail = unsafe track_tail_start(reading, STDERR_FILENO, size) else {
      return nil
    }
    return unsafe ErrorTail(
      reading: Handle(adopting: reading), writing: Handle(adopting: writing), tail: tail, size: size)
  }

  private init(reading: consuming Handle, writing: consuming Handle, tail: OpaquePointer, size: Int) {
    self.reading = reading
    self.writing = writing
    unsafe self.tail = unsafe tail
    self.size = size
  }

  /// What is to be a program's standard error.
  var descriptor: Int32 { writing.descriptor }

  /// Carries on what has been written by now; returns its last bytes.
  consuming func finish() -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: size)
    let length = unsafe bytes.withUnsafeMutableBufferPointer { unsafe track_tail_finish(tail, $0.baseAddress) }
    return Array(bytes[..<length])
  }
}

/// A pipe that no program we start inherits; nil when there is none to be had.
func pipe() -> (reading: Int32, writing: Int32)? {
  var ends: [Int32] = [-1, -1]
  guard unsafe ends.withUnsafeMutableBufferPointer({ unsafe Glibc.pipe($0.baseAddress) }) == 0 else { return nil }
  for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
  return (ends[0], ends[1])
}
