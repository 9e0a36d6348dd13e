import CSpawn
import Glibc

/// This process, as its tools meet it: descriptors, parent, executable.
package enum ThisProcess {
  /// Makes the process safe to write files from.
  ///
  /// Descriptors 0 to 2 are open afterwards, so that no file of ours gets the number stderr is written to; one that was
  /// closed is opened the wrong way round, so that using it is still an error, and a program we start finds it closed. A
  /// full disk, a size limit or a closed pipe is an error, too, instead of death by a signal: by handlers that do nothing,
  /// for a program we start would inherit that a signal is ignored (execve(2)).
  package static func prepare() {
    for descriptor: Int32 in 0...2 where fcntl(descriptor, F_GETFD) < 0 {
      let null = unsafe open("/dev/null", (descriptor == STDIN_FILENO ? O_WRONLY : O_RDONLY) | O_CLOEXEC)
      if null >= 0, null != descriptor {
        dup2(null, descriptor)
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        close(null)
      }
    }
    var nothing = sigaction()
    unsafe nothing.__sigaction_handler.sa_handler = { _ in }
    for signal in [SIGPIPE, SIGXFSZ] where !SignalState.ignores(signal) { _ = unsafe sigaction(signal, &nothing, nil) }
  }

  /// Has the signals that ask a process to stop end this one with status 0: what went wrong here must not stop others.
  package static func leavesQuietlyWhenStopped() {
    var leaving = sigaction()
    unsafe leaving.__sigaction_handler.sa_handler = { _ in _exit(0) }
    for signal in [SIGHUP, SIGINT, SIGQUIT, SIGTERM] where !SignalState.ignores(signal) {
      _ = unsafe sigaction(signal, &leaving, nil)
    }
  }

  /// Its own pid.
  package static var pid: Int32 { getpid() }

  /// The parent's pid.
  package static var parent: Int32 { getppid() }

  /// The path of the executable, links resolved.
  package static func executable() throws(SystemError) -> String { try Path.resolved("/proc/self/exe") }

  /// The environment the process was started with; of a variable that is set twice the first counts.
  package static func environment() -> [String: String] {
    var variables: [String: String] = [:]
    for entry in environmentBytes() {
      let variable = String(decoding: entry, as: UTF8.self)
      if let equals = variable.utf8.firstIndex(of: UInt8(ascii: "=")) {
        let name = String(variable[..<equals])
        if variables[name] == nil { variables[name] = String(variable[variable.utf8.index(after: equals)...]) }
      }
    }
    return variables
  }

  /// The environment as the kernel gave it, entry by entry and byte for byte: `String` repairs what is not UTF-8.
  package static func environmentBytes() -> [[UInt8]] {
    // The kernel puts it behind the arguments (execve(2)); Glibc's `environ` is imported in two ways.
    unsafe texts(from: CommandLine.unsafeArgv + Int(CommandLine.argc) + 1)
  }

  /// The last `count` arguments as the kernel gave them, byte for byte.
  package static func lastArguments(_ count: Int) -> [[UInt8]] {
    unsafe texts(from: CommandLine.unsafeArgv + max(0, Int(CommandLine.argc) - count))
  }

  /// The texts of a list that ends in NULL.
  private static func texts(from list: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>) -> [[UInt8]] {
    var texts: [[UInt8]] = []
    var entry = unsafe list
    while let text = unsafe entry.pointee {
      unsafe texts.append(Array(UnsafeRawBufferPointer(start: text, count: strlen(text))))
      unsafe entry += 1
    }
    return texts
  }

  /// Writes all of `text` to standard output.
  package static func print(_ text: [UInt8]) throws(SystemError) { try write(text, to: STDOUT_FILENO) }

  /// Writes a line to standard error; that it cannot be written has nowhere to be told.
  package static func complain(_ line: String) { show("\(line)\n") }

  /// Writes text to standard error as it is.
  static func show(_ text: String) { try? write(Array(text.utf8), to: STDERR_FILENO) }

  private static func write(_ bytes: [UInt8], to descriptor: Int32) throws(SystemError) {
    // No duplicate: that there is no descriptor left may be what is to be told.
    var written = 0
    while written < bytes.count { written += try Handle.writeSome(bytes, from: written, to: descriptor) }
  }

  /// Reads standard input to its end.
  /// - Throws: EFBIG when there are more than `maximum` bytes.
  package static func standardInput(maximum: Int) throws(SystemError) -> [UInt8] {
    let duplicate = fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 3)
    guard duplicate >= 0 else { throw SystemError.last("read") }
    return try Handle(adopting: duplicate).readStream(maximum: maximum)
  }

  /// Ends the process.
  package static func exit(_ status: Int32) -> Never { Glibc.exit(status) }

  /// Ends the process as a program ended that it ran: with its status, or by its signal.
  ///
  /// The core, if any, was the program's; ours would only take its place. Process 1 cannot die by a signal that nobody
  /// handles (pid_namespaces(7)): then the status tells of it, as a shell's would.
  /// - Parameter includingGroup: whether the signal, which came from a key, is also for the processes we were started with.
  package static func end(as termination: Termination, includingGroup: Bool = false) -> Never {
    switch termination {
    case .exited(let status): Glibc.exit(status)
    case .killed(let signal):
      track_leave_no_core()
      SignalState.deliver(signal, toGroup: includingGroup)
      Glibc.exit(128 + signal)
    }
  }
}
