/// One reading of all clocks.
///
/// Which clock answers what: `wall` stamps events; `monotonic` measures limits (it stands still in suspend and is not
/// moved by clock changes); `boottime` measures reported durations (it runs on in suspend). The latter two compare
/// only within one boot.
public struct Instant: Hashable, Sendable {
  /// CLOCK_REALTIME.
  public let wall: Timestamp
  /// The machine's start that the other two clocks count from (`/proc/sys/kernel/random/boot_id`); empty when unknown.
  public let boot: String
  /// CLOCK_MONOTONIC in nanoseconds.
  public let monotonic: Int64
  /// CLOCK_BOOTTIME in nanoseconds.
  public let boottime: Int64

  /// Makes a reading of its parts.
  public init(wall: Timestamp, boot: String, monotonic: Int64, boottime: Int64) {
    self.wall = wall
    self.boot = boot
    self.monotonic = monotonic
    self.boottime = boottime
  }

  /// A reading of which only the wall clock is known, such as one taken from the journal.
  public init(wall: Timestamp) {
    self.init(wall: wall, boot: "", monotonic: 0, boottime: 0)
  }

  /// What the reading tells in `boot`: of another boot's, as a spooled report's, only the wall clock means anything.
  func seen(in boot: String) -> Instant { self.boot == boot ? self : Instant(wall: wall) }

  private func sharesBoot(with other: Instant) -> Bool { !boot.isEmpty && boot == other.boot }

  /// Seconds from `earlier` to this reading for a report: suspend counts, never negative.
  public func elapsedSeconds(since earlier: Instant) -> Double {
    guard sharesBoot(with: earlier) else { return max(0, wall.seconds(since: earlier.wall)) }
    return max(0, boottime.difference(from: earlier.boottime) / 1_000_000_000)
  }

  /// Seconds from `earlier` to this reading for a limit: suspend and clock changes do not count on the same boot.
  public func limitSeconds(since earlier: Instant) -> Double {
    guard sharesBoot(with: earlier) else { return max(0, wall.seconds(since: earlier.wall)) }
    return max(0, monotonic.difference(from: earlier.monotonic) / 1_000_000_000)
  }
}
