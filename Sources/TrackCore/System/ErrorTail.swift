import CSpawn
import Glibc

/// A pipe in place of standard error: what is written to it goes on to ours at once, and its end is kept.
///
/// A process of its own carries it, which stays for what the program leaves behind. A program that asks whether standard
/// error is a terminal is told that it is not; so this is only for whom it is worth that.
struct ErrorTail: ~Copyable {
  private let writing: Handle
  private let carrier: Handle
  private let pid: Int32

  /// How long who reads standard error may hold up the end.
  private static let patience: Duration = .seconds(1)
  /// How long the carrier itself may, which somebody may have stopped.
  private static let patienceWithCarrier: Duration = .seconds(2)

  /// Begins to carry; nil when a pipe or a process is not to be had.
  static func start(keeping size: Int) -> ErrorTail? {
    guard let (reading, writing) = pipe() else { return nil }
    var socket: Int32 = -1
    let pid = unsafe track_tail_start(
      reading, STDERR_FILENO, size, Int32(patience.components.seconds * 1000), &socket)
    close(reading)
    let writer = Handle(adopting: writing)
    guard pid > 0 else { return nil }
    return ErrorTail(writing: writer, carrier: Handle(adopting: socket), pid: pid)
  }

  private init(writing: consuming Handle, carrier: consuming Handle, pid: Int32) {
    self.writing = writing
    self.carrier = carrier
    self.pid = pid
  }

  /// What is to be a program's standard error.
  var descriptor: Int32 { writing.descriptor }

  /// Waits until what has been written by now is carried on, but not for a reader who does not read; returns its last
  /// bytes.
  consuming func finish() -> [UInt8] {
    try? writing.close()
    shutdown(carrier.descriptor, Int32(SHUT_WR))
    var bytes = Self.answer(of: carrier, until: MonotonicClock.now + Self.patienceWithCarrier)
    // What stays is init's to wait for, like whom it stays for.
    if bytes.popLast() == 1 { while waitpid(pid, nil, 0) < 0, errno == EINTR {} }
    return bytes
  }

  private static func answer(of carrier: borrowing Handle, until end: Duration) -> [UInt8] {
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 16 * 1024)
    while true {
      var ready = pollfd(fd: carrier.descriptor, events: Int16(POLLIN), revents: 0)
      let count = unsafe poll(&ready, 1, Int32(max(0, (end - MonotonicClock.now).seconds * 1000)))
      if count < 0, errno == EINTR { continue }
      guard count > 0, let length = try? carrier.readSome(into: &chunk), length > 0 else { return bytes }
      bytes += chunk[..<length]
    }
  }
}

/// A pipe that no program we start inherits; nil when there is none to be had.
func pipe() -> (reading: Int32, writing: Int32)? {
  var ends: [Int32] = [-1, -1]
  guard unsafe ends.withUnsafeMutableBufferPointer({ unsafe Glibc.pipe($0.baseAddress) }) == 0 else { return nil }
  for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
  return (ends[0], ends[1])
}
