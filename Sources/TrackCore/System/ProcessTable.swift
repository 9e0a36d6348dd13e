import Glibc

/// The processes of this machine, as `/proc` and `kill(2)` tell of them.
package struct ProcessTable: Sendable {
  private let machine: Machine

  package init(machine: Machine) { self.machine = machine }

  /// The identity of a process that runs now; nil when there is none or `/proc` hides it.
  package func identity(of pid: Int32) -> ProcessIdentity? {
    guard pid > 0, let process = try? ProcFile.bytes("/proc/\(pid)/stat"),
      let facts = ProcessStat(process), facts.isRunning
    else { return nil }
    let owner = (try? FileStatus.of("/proc/\(pid)")).flatMap { $0 }?.owner.user ?? machine.user
    return ProcessIdentity(
      pid: pid, startTicks: facts.startTicks, boot: machine.boot, pidNamespace: machine.pidNamespace, user: owner,
      host: machine.host)
  }

  /// The nearest ancestor of a process, itself included, that is none of those named by `passed`.
  ///
  /// Nil when there is none, `/proc` hides it, or the way ends at process 1, which adopts whom others left behind.
  package func ancestor(of pid: Int32, passing passed: Set<String>) -> Int32? {
    var pid = pid
    for _ in 0..<64 where pid > 1 {
      guard let stat = try? ProcFile.bytes("/proc/\(pid)/stat"), let facts = ProcessStat(stat) else { return nil }
      guard passed.contains(facts.command) else { return facts.isRunning ? pid : nil }
      pid = facts.parent
    }
    return nil
  }

  /// What can be proven of a process.
  ///
  /// Gone needs the same host, boot and pid namespace and either no such pid or another start time. A pid that `kill`
  /// sees but `/proc` hides proves nothing, nor does another host or namespace.
  package func liveness(of process: ProcessIdentity) -> Liveness {
    // Where the configuration hides the host the record has none; an equal boot then tells the machine.
    let isOurs = process.host == machine.host || (process.host.isEmpty && process.boot == machine.boot)
    guard isOurs, !machine.boot.isEmpty, !process.boot.isEmpty else { return .unknown }
    guard process.boot == machine.boot else { return .rebooted }
    guard process.pidNamespace == machine.pidNamespace, process.pidNamespace != 0 else { return .unknown }
    if kill(process.pid, 0) != 0, errno == ESRCH { return .gone }
    guard let stat = try? ProcFile.bytes("/proc/\(process.pid)/stat"), let facts = ProcessStat(stat) else {
      return .unknown
    }
    return facts.isRunning && facts.startTicks == process.startTicks ? .alive : .gone
  }
}

/// What `/proc/PID/stat` tells (proc_pid_stat(5)).
struct ProcessStat: Hashable {
  /// Field 22: the start in clock ticks after boot.
  let startTicks: UInt64
  /// Whether the process can still do something: neither a zombie nor dead.
  let isRunning: Bool
  /// Field 2: the name of its executable, its first 15 bytes.
  let command: String
  /// Field 4: the process that started it, or that adopted it.
  let parent: Int32

  /// Reads the file's bytes; nil when they are not of its form.
  init?(_ bytes: [UInt8]) {
    let fields = Self.fields(bytes)
    guard fields.count > 19, let state = fields.first?.first,
      let ticks = UInt64(String(decoding: fields[fields.startIndex + 19], as: UTF8.self))
    else { return nil }
    startTicks = ticks
    parent = Int32(String(decoding: fields[fields.startIndex + 1], as: UTF8.self)) ?? 0
    let name = bytes.drop { $0 != UInt8(ascii: "(") }.dropFirst().prefix(15)
    command = String(decoding: name.prefix(upTo: name.lastIndex(of: UInt8(ascii: ")")) ?? name.endIndex), as: UTF8.self)
    isRunning = state != UInt8(ascii: "Z") && state != UInt8(ascii: "X") && state != UInt8(ascii: "x")
  }

  /// The fields from the third, the state, on; none when the bytes are not of the file's form.
  ///
  /// The command in field 2 may hold anything, `) R 1` included, so fields are counted from the last parenthesis.
  static func fields(_ bytes: [UInt8]) -> [ArraySlice<UInt8>] {
    guard let close = bytes.lastIndex(of: UInt8(ascii: ")")) else { return [] }
    return bytes[(close + 1)...].split(separator: UInt8(ascii: " "))
  }
}
