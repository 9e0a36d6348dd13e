import CSpawn
import Glibc

/// Standard input as lines, read while signals that would end the program wait to be asked for.
///
/// Calling sequence: `wait` until something happened, then `next` until it is nil. Memory is bounded: no more is read than
/// a chunk, before the lines of the last one have been taken; a line too long to hold is passed over and told so.
/// From `open` on INT, QUIT, TERM, HUP and WINCH are held back from the process, but those that were ignored.
package struct LineInput: ~Copyable {
  /// Why `wait` came back.
  package enum Wake: Hashable, Sendable {
    /// Something was read.
    case read
    /// The time is over.
    case time
    /// The input is at its end: what follows the last line feed is the last line.
    case end
    /// The terminal has another size.
    case resized
    /// A signal asks the program to end; what was read can be recorded before it does.
    case signal(Int32)
  }

  /// One line.
  package struct Line {
    /// Its number, counted from 1.
    package let number: Int
    /// Where it stands in `bytes`, without its line feed; empty when it is too long.
    package let range: Range<Int>
    /// Whether it is longer than the longest that is held.
    package let isTooLong: Bool
  }

  /// What was read and not yet taken, among others; lines stand in it until the next `wait`.
  package private(set) var bytes: [UInt8]

  private let input: Handle
  private let signals: Handle
  private let set: sigset_t
  private let maximumLength: Int
  /// What is not yet taken is `bytes[start..<end]`; up to `searched` it holds no line feed.
  private var start = 0
  private var searched = 0
  private var end = 0
  private var lineNumber = 1
  private var isAtEnd = false
  /// Whether the beginning of the current line was passed over because it is too long.
  private var isPassingOver = false

  /// What is read at a time: as much as a pipe holds (pipe(7)).
  private static let chunkLength = 64 * 1024

  /// Takes standard input, whose longest line is to be held in `maximumLength` bytes.
  package static func open(maximumLength: Int) throws(SystemError) -> LineInput {
    var set = sigset_t()
    unsafe sigemptyset(&set)
    for signal in [SIGINT, SIGQUIT, SIGTERM, SIGHUP, SIGWINCH] where !SignalState.ignores(signal) {
      unsafe sigaddset(&set, signal)
    }
    let input = try duplicate()
    let descriptor = unsafe track_signal_descriptor(&set)
    guard descriptor >= 0 else { throw SystemError.last("signalfd") }
    _ = unsafe pthread_sigmask(SIG_BLOCK, &set, nil)
    return LineInput(input: input, signals: Handle(adopting: descriptor), set: set, maximumLength: maximumLength)
  }

  private init(input: consuming Handle, signals: consuming Handle, set: sigset_t, maximumLength: Int) {
    self.input = input
    self.signals = signals
    self.set = set
    self.maximumLength = maximumLength
    bytes = [UInt8](repeating: 0, count: Self.chunkLength)
  }

  /// A duplicate, because a handle closes what it holds.
  private static func duplicate() throws(SystemError) -> Handle {
    let duplicate = fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 3)
    guard duplicate >= 0 else { throw SystemError.last("read") }
    return Handle(adopting: duplicate)
  }

  /// Waits for `patience`, or until something happened; nil waits for as long as it takes.
  package mutating func wait(_ patience: Duration?) throws(SystemError) -> Wake {
    let deadline = patience.map { MonotonicClock.now + $0 }
    while true {
      var ready = [
        pollfd(fd: signals.descriptor, events: Int16(POLLIN), revents: 0),
        pollfd(fd: input.descriptor, events: Int16(POLLIN), revents: 0),
      ]
      let milliseconds = deadline.map { Self.milliseconds($0 - MonotonicClock.now) } ?? -1
      let count = unsafe ready.withUnsafeMutableBufferPointer { unsafe poll($0.baseAddress, 2, milliseconds) }
      if count < 0 {
        guard errno == EINTR else { throw SystemError.last("poll") }
      } else if count == 0 {
        return .time
      } else if ready[0].revents != 0 {
        if let wake = signalled() { return wake }
      } else if let wake = try read() {
        return wake
      }
    }
  }

  /// The next line of what was read; nil when there is no whole one more.
  package mutating func next() -> Line? {
    while true {
      let lineFeed = findLineFeed()
      guard lineFeed != nil || isAtEnd && (start < end || isPassingOver) else {
        if end - start > maximumLength { passOver() }
        return nil
      }
      let stop = lineFeed ?? end
      let isTooLong = isPassingOver || stop - start > maximumLength
      let line = Line(number: lineNumber, range: isTooLong ? start..<start : start..<stop, isTooLong: isTooLong)
      start = min(stop + 1, end)
      searched = start
      isPassingOver = false
      lineNumber += 1
      return line
    }
  }

  private mutating func passOver() {
    isPassingOver = true
    start = end
  }

  private mutating func findLineFeed() -> Int? {
    guard searched < end else { return nil }
    let (from, count) = (searched, end - searched)
    let found: Int? = unsafe bytes.withUnsafeBytes { bytes in
      guard let base = bytes.baseAddress, let found = unsafe memchr(base + from, 0x0A, count) else { return nil }
      return unsafe UnsafeRawPointer(found) - base
    }
    searched = found ?? end
    return found
  }

  /// Reads a chunk behind what is held, which moves to the front; nil when there was nothing to be read after all.
  private mutating func read() throws(SystemError) -> Wake? {
    let held = end - start
    if start > 0 {
      let range = start..<end
      unsafe bytes.withUnsafeMutableBytes { unsafe $0.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[range])) }
      (start, end, searched) = (0, held, held)
    }
    if bytes.count - end < Self.chunkLength { bytes.append(contentsOf: repeatElement(0, count: Self.chunkLength)) }
    let count = unsafe bytes.withUnsafeMutableBytes { bytes in
      let room = unsafe UnsafeMutableRawBufferPointer(rebasing: bytes[held...])
      return unsafe Glibc.read(input.descriptor, room.baseAddress, room.count)
    }
    if count < 0 {
      // Not ours to change: others may have made it non-blocking, and others may have read what there was.
      guard errno == EINTR || errno == EAGAIN else { throw SystemError.last("read") }
      return nil
    }
    end += count
    isAtEnd = count == 0
    return isAtEnd ? .end : .read
  }

  /// What a signal that has come asks for; nil when it was taken by somebody else.
  private func signalled() -> Wake? {
    var set = set
    var now = timespec()
    let signal = unsafe sigtimedwait(&set, nil, &now)
    if signal == SIGWINCH { return .resized }
    return signal > 0 ? .signal(signal) : nil
  }

  /// Rounded up, so that the time is over when the wait is.
  private static func milliseconds(_ duration: Duration) -> Int32 {
    let seconds = min(max(0, duration.seconds), 3_600)
    return Int32((seconds * 1_000).rounded(.up))
  }

  /// Reads standard input to its end and forgets it.
  package static func discard() throws(SystemError) {
    var chunk = [UInt8](repeating: 0, count: chunkLength)
    let input = try duplicate()
    while true {
      do throws(SystemError) {
        if try input.readSome(into: &chunk) == 0 { return }
      } catch {
        guard error.code == EAGAIN else { throw error }
        var ready = pollfd(fd: input.descriptor, events: Int16(POLLIN), revents: 0)
        _ = unsafe poll(&ready, 1, -1)
      }
    }
  }
}
