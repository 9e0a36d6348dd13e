/// A process that cannot be mistaken for a later one with the same pid.
public struct ProcessIdentity: Hashable, Sendable {
  /// The pid, as seen in `pidNamespace`.
  public let pid: Int32
  /// When it started, in clock ticks after boot: field 22 of `/proc/PID/stat`.
  public let startTicks: UInt64
  /// The boot it lives in.
  public let boot: String
  /// The inode of its pid namespace; 0 when unknown.
  public let pidNamespace: UInt64
  /// Its user.
  public let user: UInt32
  /// The host it runs on, to the first dot.
  public let host: String

  /// Makes an identity of its parts.
  public init(pid: Int32, startTicks: UInt64, boot: String, pidNamespace: UInt64, user: UInt32, host: String) {
    self.pid = pid
    self.startTicks = startTicks
    self.boot = boot
    self.pidNamespace = pidNamespace
    self.user = user
    self.host = host
  }
}

/// What can be said of a process.
public enum Liveness: Hashable, Sendable {
  /// It runs.
  case alive
  /// It is gone: no such pid, or the pid belongs to a later process.
  case gone
  /// The machine was started anew since, so it cannot run.
  case rebooted
  /// Another host or pid namespace, or a hidden `/proc`: nothing is proven.
  case unknown
}
