import Glibc

/// The clock that limits and beats are measured by: it stands still in suspend and nobody sets it.
enum MonotonicClock {
  static var now: Duration {
    var time = timespec()
    _ = unsafe clock_gettime(CLOCK_MONOTONIC, &time)
    return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
  }
}
