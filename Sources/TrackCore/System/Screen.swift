import Glibc

/// The terminal as a screen of its own, which a view is drawn on again and again; what stood there comes back.
///
/// While it is held, keys are read one by one and not shown, lines are not wrapped, and the signals that end or stop a
/// program wait until `wait` asks for them, so that the terminal is put back whatever happens. Only SIGKILL leaves
/// it as it is (`reset` helps then). Sequences: ECMA-48 and xterm's Control Sequences (1049 alternate screen, 25 cursor,
/// 7 wrapping, 2026 synchronized output, which terminals that do not know it ignore).
package struct Screen: ~Copyable {
  /// Why `wait` came back.
  package enum Wake: Hashable, Sendable {
    /// The time is over.
    case time
    /// The terminal has another size, or shows us again after a stop.
    case resized
    /// The person at the terminal wants to leave: `q`, Ctrl-C, or the terminal is gone.
    case left
    /// A signal asks the program to end; it is to be raised again when the terminal is put back.
    case ended(Int32)
  }

  private let settings: termios
  private let mask: sigset_t
  private let readsKeys: Bool

  /// How long a signal may wait, in milliseconds.
  private static let patience: Int32 = 100
  private static let signals = [SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGTSTP, SIGWINCH]
  private static let enter = "\u{1B}[?1049h\u{1B}[?25l\u{1B}[?7l\u{1B}[2J"
  private static let leave = "\u{1B}[?7h\u{1B}[?25h\u{1B}[?1049l"

  /// Takes the terminal that standard output goes to.
  /// - Throws: `SystemError` when it is none.
  package init() throws(SystemError) {
    var current = termios()
    guard unsafe tcgetattr(STDOUT_FILENO, &current) == 0 else { throw SystemError.last("tcgetattr") }
    var previous = sigset_t()
    var held = Self.set(of: Self.signals)
    _ = unsafe pthread_sigmask(SIG_BLOCK, &held, &previous)
    settings = current
    mask = previous
    readsKeys = isatty(STDIN_FILENO) == 1
    take()
  }

  deinit {
    putBack()
    // What came in the meantime and was not asked for is delivered now.
    var mask = mask
    _ = unsafe pthread_sigmask(SIG_SETMASK, &mask, nil)
  }

  /// Lets go of the terminal.
  package consuming func close() {}

  /// Raises a signal as if it had come now, so that the program ends as its caller expects.
  package static func raise(_ signal: Int32) { _ = Glibc.raise(signal) }

  /// Draws lines from the upper left corner on, in one write; false when the terminal is gone.
  package func draw(_ lines: [String]) -> Bool {
    let body = lines.joined(separator: "\u{1B}[K\r\n")
    return write("\u{1B}[?2026h\u{1B}[H" + body + "\u{1B}[K\u{1B}[J\u{1B}[?2026l")
  }

  /// Waits for `seconds`, or until there is a reason to come back earlier.
  package func wait(_ seconds: Double) -> Wake {
    var left = Int32(max(0, min(seconds, 3_600)) * 1_000)
    while left > 0 {
      let slice = min(left, Self.patience)
      if isLeaving(within: slice) { return .left }
      if let wake = signalled() { return wake }
      left -= slice
    }
    return .time
  }

  private func take() {
    var raw = settings
    raw.c_lflag &= ~tcflag_t(ICANON | ECHO)
    _ = unsafe tcsetattr(STDOUT_FILENO, TCSAFLUSH, &raw)
    _ = write(Self.enter)
  }

  private func putBack() {
    _ = write(Self.leave)
    var settings = settings
    _ = unsafe tcsetattr(STDOUT_FILENO, TCSAFLUSH, &settings)
  }

  /// Whether the person presses a key to leave, or is gone, within some milliseconds.
  private func isLeaving(within milliseconds: Int32) -> Bool {
    var request = pollfd(fd: readsKeys ? STDIN_FILENO : -1, events: Int16(POLLIN), revents: 0)
    guard unsafe poll(&request, 1, milliseconds) > 0 else { return false }
    var keys = [UInt8](repeating: 0, count: 64)
    let count = unsafe keys.withUnsafeMutableBytes { unsafe read(STDIN_FILENO, $0.baseAddress, $0.count) }
    if count < 0 { return errno != EINTR && errno != EAGAIN }
    return count == 0 || keys[..<count].contains { $0 == UInt8(ascii: "q") || $0 == UInt8(ascii: "Q") }
  }

  /// What a signal that has come asks for.
  private func signalled() -> Wake? {
    var set = Self.set(of: Self.signals)
    var none = timespec()
    switch unsafe sigtimedwait(&set, nil, &none) {
    case SIGWINCH: return .resized
    case SIGINT: return .left
    case SIGTSTP:
      putBack()
      _ = Glibc.raise(SIGSTOP)
      take()
      return .resized
    case let signal where signal > 0: return .ended(signal)
    default: return nil
    }
  }

  private func write(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    var written = 0
    while written < bytes.count {
      let count = unsafe bytes.withUnsafeBytes { buffer in
        unsafe Glibc.write(STDOUT_FILENO, buffer.baseAddress?.advanced(by: written), buffer.count - written)
      }
      guard count > 0 || (count < 0 && errno == EINTR) else { return false }
      written += max(0, count)
    }
    return true
  }

  private static func set(of signals: [Int32]) -> sigset_t {
    var set = sigset_t()
    unsafe sigemptyset(&set)
    for signal in signals { unsafe sigaddset(&set, signal) }
    return set
  }
}
