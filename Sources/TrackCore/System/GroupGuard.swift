import CSpawn
import Glibc

/// A process of ours in a program's group: it ends the group when we are killed, and gets what is sent to all of the group.
///
/// By the second it can be told whether a key that ended the program was meant for everybody in front of the terminal: a
/// signal that was sent to the program alone looks the same to who waits for it.
struct GroupGuard {
  private var pid: Int32
  /// The signals that were sent to the whole group; known when it has ended.
  private(set) var seen: Set<Int32> = []

  /// Joins `group`; where no process is to be had nothing is guarded and nothing seen.
  init(of group: Int32, terminal: Int32) { pid = track_guard_start(group, terminal) }

  /// Is told of the end of a child of this process: it may have been killed with its group.
  mutating func take(endOf child: Int32) { if child == pid { pid = -1 } }

  /// Ends it; to be called before it is looked whether the group has members.
  mutating func end() {
    guard pid > 0 else { return }
    seen = Self.pendingSignals(of: pid)
    kill(pid, SIGKILL)
    while waitpid(pid, nil, 0) < 0, errno == EINTR {}
    pid = -1
  }

  /// What was sent to a process and is held back (proc_pid_status(5), `ShdPnd`).
  private static func pendingSignals(of pid: Int32) -> Set<Int32> {
    guard let text = try? ProcFile.text("/proc/\(pid)/status") else { return [] }
    for line in text.split(separator: "\n") where line.hasPrefix("ShdPnd:") {
      guard let mask = UInt64(line.dropFirst(7).drop { $0 == "\t" }, radix: 16) else { return [] }
      return Set((1...64).filter { mask >> UInt64($0 - 1) & 1 == 1 })
    }
    return []
  }
}
