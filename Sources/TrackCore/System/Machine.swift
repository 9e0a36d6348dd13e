import Glibc

/// What this process knows of the machine it runs on.
public struct Machine: Hashable, Sendable {
  /// The node name to the first dot.
  public let host: String
  /// `/proc/sys/kernel/random/boot_id`; empty when it cannot be read.
  public let boot: String
  /// The inode of our pid namespace; 0 when unknown.
  public let pidNamespace: UInt64
  /// Whether our monotonic clocks are the machine's; a time namespace shifts them (time_namespaces(7)).
  var sharesClocks = true
  /// Our effective user.
  public let user: UInt32

  /// Reads the facts of this machine; what cannot be read stays empty.
  public static func current() -> Machine {
    var name = utsname()
    _ = unsafe uname(&name)
    let node = unsafe withUnsafeBytes(of: &name.nodename) { bytes in
      unsafe String(decoding: bytes.prefix { $0 != 0 && $0 != UInt8(ascii: ".") }, as: UTF8.self)
    }
    let boot = (try? ProcFile.text("/proc/sys/kernel/random/boot_id")) ?? ""
    let namespace = (try? FileStatus.of("/proc/self/ns/pid")).flatMap { $0 }?.identity.inode ?? 0
    let clocks = (try? FileStatus.of("/proc/self/ns/time")).flatMap { $0 }?.identity.inode
    return Machine(
      host: node, boot: String(boot.prefix { $0 != "\n" }), pidNamespace: namespace,
      sharesClocks: clocks == nil || clocks == initialTimeNamespace, user: geteuid())
  }

  /// `PROC_TIME_INIT_INO` of the kernel.
  private static let initialTimeNamespace: UInt64 = 0xEFFF_FFFA

  /// Reads all clocks; those that compare with nobody else's are left out.
  public func now() -> Instant {
    let wall = Timestamp(microseconds: nanoseconds(CLOCK_REALTIME) / 1_000)
    guard sharesClocks else { return Instant(wall: wall) }
    return Instant(
      wall: wall, boot: boot,
      monotonic: nanoseconds(CLOCK_MONOTONIC), boottime: nanoseconds(CLOCK_BOOTTIME))
  }

  private func nanoseconds(_ clock: clockid_t) -> Int64 {
    var time = timespec()
    _ = unsafe clock_gettime(clock, &time)
    return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
  }
}

/// Files of `/proc`, small and always readable at once.
enum ProcFile {
  /// Reads a file of at most `maximum` bytes; what comes after them is left out.
  static func bytes(_ path: String, maximum: Int = 4096) throws(SystemError) -> [UInt8] {
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw SystemError.last("open") }
    let handle = Handle(adopting: descriptor)
    var buffer = [UInt8](repeating: 0, count: maximum)
    let count = try handle.read(into: &buffer, at: 0)
    return Array(buffer[..<count])
  }

  static func text(_ path: String) throws(SystemError) -> String {
    String(decoding: try bytes(path), as: UTF8.self)
  }
}
