import Glibc

/// The clock that limits and beats are measured by: it stands still in suspend and nobody sets it.
package enum MonotonicClock {
  /// The time since some point in the past.
  package static var now: Duration {
    var time = timespec()
    _ = unsafe clock_gettime(CLOCK_MONOTONIC, &time)
    return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
  }
}
