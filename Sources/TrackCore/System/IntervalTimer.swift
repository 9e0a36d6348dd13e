import Glibc

/// A timer that interrupts the system calls of the thread that made it, again and again until it is stopped.
///
/// It is directed at its thread (`SIGEV_THREAD_ID`, timer_create(2)), so threads of one process can wait side by side.
/// The signal is SIGURG, whose default is to be ignored, so that one that comes late does no harm. Our handler, which does
/// nothing either, stays once it is set, for other threads may rely on it; a handler of the program's own is left alone.
@safe struct IntervalTimer: ~Copyable {
  private let timer: timer_t?
  /// What the thread held back before.
  private let mask: sigset_t

  /// Starts the timer: its first signal comes after `delay`, more than zero, and one every `interval` from then on.
  init(after delay: Duration, every interval: Duration) throws(SystemError) {
    try Self.catchSignal()
    unsafe timer = try Self.create(after: delay, every: interval)
    var unblocked = sigset_t()
    var previous = sigset_t()
    unsafe sigemptyset(&unblocked)
    unsafe sigaddset(&unblocked, SIGURG)
    _ = unsafe pthread_sigmask(SIG_UNBLOCK, &unblocked, &previous)
    mask = previous
  }

  /// Sees to it that the signal interrupts a call, which one that is ignored does not.
  private static func catchSignal() throws(SystemError) {
    var current = sigaction()
    guard unsafe sigaction(SIGURG, nil, &current) == 0 else { throw SystemError.last("sigaction") }
    // SIG_DFL is 0 and SIG_IGN is 1.
    guard unsafe unsafeBitCast(current.__sigaction_handler.sa_handler, to: Int.self) <= 1 else { return }
    var action = sigaction()
    unsafe action.__sigaction_handler.sa_handler = { _ in }
    guard unsafe sigaction(SIGURG, &action, nil) == 0 else { throw SystemError.last("sigaction") }
  }

  private static func create(after delay: Duration, every interval: Duration) throws(SystemError) -> timer_t? {
    var event = unsafe sigevent()
    unsafe event.sigev_notify = Int32(SIGEV_THREAD_ID)
    unsafe event.sigev_signo = SIGURG
    unsafe event._sigev_un._tid = try currentThread()
    var timer: timer_t?
    guard unsafe timer_create(CLOCK_MONOTONIC, &event, &timer) == 0 else { throw SystemError.last("timer_create") }
    var setting = itimerspec()
    setting.it_value = time(of: delay)
    setting.it_interval = time(of: interval)
    guard unsafe timer_settime(timer, 0, &setting, nil) == 0 else {
      let error = SystemError.last("timer_settime")
      _ = unsafe timer_delete(timer)
      throw error
    }
    return unsafe timer
  }

  /// At least one nanosecond, for zero would stop the timer.
  private static func time(of duration: Duration) -> timespec {
    let nanoseconds = max(1, Int(duration.seconds * 1_000_000_000))
    return timespec(tv_sec: nanoseconds / 1_000_000_000, tv_nsec: nanoseconds % 1_000_000_000)
  }

  /// The kernel's id of the calling thread; Glibc's `gettid` is not imported.
  private static func currentThread() throws(SystemError) -> pid_t {
    let stat = try ProcFile.text("/proc/thread-self/stat")
    guard let thread = pid_t(stat.prefix { $0 != " " }) else { throw SystemError(code: ESRCH, call: "gettid") }
    return thread
  }

  consuming func stop() {
    _ = unsafe timer_delete(timer)
    var mask = mask
    _ = unsafe pthread_sigmask(SIG_SETMASK, &mask, nil)
  }
}
