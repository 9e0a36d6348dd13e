import Glibc

/// Holds INT, TERM, HUP and QUIT back from the calling thread, so that a transaction is not cut in the middle.
///
/// Made right before the first append, not while waiting for the lock; what came meanwhile is delivered at `restore()`.
struct SignalMask: ~Copyable {
  private var previous: sigset_t

  init() {
    var held = sigset_t()
    previous = sigset_t()
    unsafe sigemptyset(&held)
    for signal in [SIGINT, SIGTERM, SIGHUP, SIGQUIT] { unsafe sigaddset(&held, signal) }
    _ = unsafe pthread_sigmask(SIG_BLOCK, &held, &previous)
  }

  deinit {
    var previous = previous
    _ = unsafe pthread_sigmask(SIG_SETMASK, &previous, nil)
  }
}
