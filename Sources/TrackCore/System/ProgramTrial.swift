import Glibc

/// A program that is run to see what it does: without a shell, something on its standard input, for a limited time.
package enum ProgramTrial {
  /// What came of it.
  package struct Answer: Hashable, Sendable {
    /// Its exit status, 128 and the signal where one ended it; nil when it could not be run or took too long.
    package let status: Int32?
    /// What it wrote to standard output, the first 64 KiB.
    package let output: [UInt8]
    /// How long it took, in seconds.
    package let seconds: Double
  }

  /// Runs `words` in this process's directory and environment with `input`, at most 64 KiB, and ends it after `limit`.
  package static func run(_ words: [String], input: [UInt8], limit: Duration) -> Answer {
    let start = MonotonicClock.now
    func answer(_ status: Int32?, _ output: [UInt8]) -> Answer {
      Answer(status: status, output: output, seconds: (MonotonicClock.now - start).seconds)
    }
    var program = Program(
      arguments: words.map { Array($0.utf8) }, environment: ThisProcess.environmentBytes(), signals: .current())
    guard let (source, sink) = pipe(), let (reading, writing) = pipe() else { return answer(nil, []) }
    let stdin = Handle(adopting: source)
    let feed = Handle(adopting: sink)
    let result = Handle(adopting: reading)
    let stdout = Handle(adopting: writing)
    (program.input, program.output, program.hasOwnGroup) = (stdin.descriptor, stdout.descriptor, true)
    guard let child = try? program.start() else { return answer(nil, []) }
    try? stdin.close()
    try? stdout.close()
    try? feed.write(Array(input.prefix(64 * 1024)))
    try? feed.close()
    var output: [UInt8] = []
    var stream = InputStream.of(result, for: limit)
    do throws(SystemError) {
      while case let bytes = try stream.next(), !bytes.isEmpty { output += bytes.prefix(64 * 1024 - output.count) }
    } catch {
      kill(-child.pid, SIGKILL)
      _ = child.end()
      return answer(nil, output)
    }
    // It may have closed its output and go on.
    guard child.ends(before: start + limit) else {
      kill(-child.pid, SIGKILL)
      _ = child.end()
      return answer(nil, output)
    }
    switch child.end() {
    case .exited(let status): return answer(status, output)
    case .killed(let signal): return answer(128 + signal, output)
    }
  }
}

extension Child {
  /// How often a child is looked at that is waited for.
  private static let interval = timespec(tv_sec: 0, tv_nsec: 1_000_000)

  /// Waits for its end, which stays to be asked for.
  /// - Parameter deadline: by the monotonic clock.
  fileprivate func ends(before deadline: Duration) -> Bool {
    var state = unsafe siginfo_t()
    var pause = Self.interval
    while MonotonicClock.now < deadline {
      // WNOHANG leaves the structure as it was when there is nothing to tell.
      unsafe state.si_signo = 0
      guard unsafe waitid(P_PID, id_t(pid), &state, WEXITED | WNOHANG | WNOWAIT) == 0 else { return true }
      if unsafe state.si_signo == SIGCHLD { return true }
      _ = unsafe nanosleep(&pause, nil)
    }
    return false
  }
}
