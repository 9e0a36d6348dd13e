import Glibc

/// What signals do to this process: a program it starts is to find them as this process found them.
struct SignalState: Sendable {
  /// The signals that were held back.
  let mask: sigset_t
  /// The signals that were ignored.
  let ignored: sigset_t

  /// What holds now, to be asked for before anything is changed.
  static func current() -> SignalState {
    var mask = sigset_t()
    var ignored = sigset_t()
    _ = unsafe pthread_sigmask(SIG_BLOCK, nil, &mask)
    unsafe sigemptyset(&ignored)
    for signal in 1..<Int32(64) where ignores(signal) { unsafe sigaddset(&ignored, signal) }
    return SignalState(mask: mask, ignored: ignored)
  }

  /// Whether a signal was ignored.
  func ignored(_ signal: Int32) -> Bool {
    var ignored = ignored
    return unsafe sigismember(&ignored, signal) == 1
  }

  /// The same, but that `signals` are not ignored.
  func heeding(_ signals: [Int32]) -> SignalState {
    var ignored = ignored
    for signal in signals { unsafe sigdelset(&ignored, signal) }
    return SignalState(mask: mask, ignored: ignored)
  }

  /// Whether a signal is ignored now because somebody wants it so, not because that is its default.
  static func ignores(_ signal: Int32) -> Bool {
    var action = sigaction()
    guard unsafe sigaction(signal, nil, &action) == 0 else { return false }
    // SIG_IGN is 1.
    return unsafe unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self) == 1
  }

  /// Lets a signal do to this process what it does by default: end it, or stop it until it is continued.
  ///
  /// Returns when the process was continued, or when the signal did nothing: to process 1, or a stop to a group that
  /// nobody could continue (an orphaned one).
  static func deliver(_ signal: Int32, toGroup: Bool = false) {
    var standard = sigaction()
    var previous = sigaction()
    // A structure of zeros is SIG_DFL.
    _ = unsafe sigaction(signal, &standard, &previous)
    var only = sigset_t()
    var mask = sigset_t()
    unsafe sigemptyset(&only)
    unsafe sigaddset(&only, signal)
    // Where one is held back already the two are one, which is delivered when it is held back no longer.
    kill(toGroup ? 0 : getpid(), signal)
    _ = unsafe pthread_sigmask(SIG_UNBLOCK, &only, &mask)
    _ = unsafe pthread_sigmask(SIG_SETMASK, &mask, nil)
    _ = unsafe sigaction(signal, &previous, nil)
  }
}
