import Glibc

/// Signals as a queue: held back from the process and taken one by one, by a wait that costs nothing.
///
/// Held back, none is lost while the process is busy, and none ends it. From `init` on, until the process ends.
struct SignalQueue: Sendable {
  /// A signal, and who sent it.
  struct Arrival: Hashable, Sendable {
    let signal: Int32
    let origin: Origin
  }

  /// Who sent a signal.
  enum Origin: Hashable, Sendable {
    /// The kernel, for a key at the terminal or on behalf of job control: every process of our group got it.
    case kernel
    /// A process, with `kill(2)` or the like.
    case process
  }

  /// The signals that are taken.
  static let taken = [
    SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGUSR1, SIGUSR2, SIGWINCH, SIGTSTP, SIGTTIN, SIGTTOU, SIGCONT, SIGCHLD,
  ]

  private let set: sigset_t

  /// Begins to hold the signals back.
  init() {
    var set = sigset_t()
    unsafe sigemptyset(&set)
    for signal in Self.taken { unsafe sigaddset(&set, signal) }
    self.set = set
    _ = unsafe pthread_sigmask(SIG_BLOCK, &set, nil)
    // Where children's ends are ignored there are none to be waited for (wait(2)).
    var standard = sigaction()
    if SignalState.ignores(SIGCHLD) { _ = unsafe sigaction(SIGCHLD, &standard, nil) }
  }

  /// The next signal; nil when none comes within `wait`, or when the process was only stopped and continued.
  ///
  /// A `wait` of nil waits for as long as it takes.
  func next(within wait: Duration?) -> Arrival? {
    var set = set
    var information = unsafe siginfo_t()
    let signal: Int32
    if let wait {
      var time = wait.time
      signal = unsafe sigtimedwait(&set, &information, &time)
    } else {
      signal = unsafe sigwaitinfo(&set, &information)
    }
    guard signal > 0 else { return nil }
    // SI_KERNEL; what comes of kill, sigqueue and the like has a code of 0 or below (sigaction(2)).
    return unsafe Arrival(signal: signal, origin: information.si_code > 0 ? .kernel : .process)
  }

  /// Forgets that a signal has come; returns whether it had.
  func discard(_ signal: Int32) -> Bool {
    var only = sigset_t()
    unsafe sigemptyset(&only)
    unsafe sigaddset(&only, signal)
    var now = timespec()
    var hadCome = false
    while unsafe sigtimedwait(&only, nil, &now) == signal { hadCome = true }
    return hadCome
  }
}

extension Duration {
  /// The duration as system calls take it; never negative.
  fileprivate var time: timespec {
    let (seconds, attoseconds) = max(self, .zero).components
    return timespec(tv_sec: Int(clamping: seconds), tv_nsec: Int(attoseconds / 1_000_000_000))
  }
}
