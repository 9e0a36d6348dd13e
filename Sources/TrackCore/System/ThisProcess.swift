import Glibc

/// This process, as its tools meet it: descriptors, parent, executable.
package enum ThisProcess {
  /// Makes the process safe to write files from.
  ///
  /// Descriptors 0 to 2 are open afterwards, so that no file of ours gets the number stderr is written to; one that was
  /// closed is opened the wrong way round, so that using it is still an error. A full disk, a size limit or a closed
  /// pipe is an error, too, instead of death by a signal.
  package static func prepare() {
    for descriptor: Int32 in 0...2 where fcntl(descriptor, F_GETFD) < 0 {
      let null = unsafe open("/dev/null", descriptor == STDIN_FILENO ? O_WRONLY : O_RDONLY)
      if null >= 0, null != descriptor {
        dup2(null, descriptor)
        close(null)
      }
    }
    var ignore = sigaction()
    unsafe ignore.__sigaction_handler.sa_handler = SIG_IGN
    for signal in [SIGPIPE, SIGXFSZ] { _ = unsafe sigaction(signal, &ignore, nil) }
  }

  /// The parent's pid.
  package static var parent: Int32 { getppid() }

  /// The path of the executable, links resolved.
  package static func executable() throws(SystemError) -> String { try Path.resolved("/proc/self/exe") }

  /// The environment the process was started with; of a variable that is set twice the first counts.
  package static func environment() -> [String: String] {
    var variables: [String: String] = [:]
    // The kernel puts it behind the arguments (execve(2)); Glibc's `environ` is imported in two ways.
    var entry = unsafe CommandLine.unsafeArgv + Int(CommandLine.argc) + 1
    while let text = unsafe entry.pointee {
      let variable = unsafe String(cString: text)
      if let equals = variable.utf8.firstIndex(of: UInt8(ascii: "=")) {
        let name = String(variable[..<equals])
        if variables[name] == nil { variables[name] = String(variable[variable.utf8.index(after: equals)...]) }
      }
      unsafe entry += 1
    }
    return variables
  }

  /// Writes all of `text` to standard output.
  package static func print(_ text: [UInt8]) throws(SystemError) { try write(text, to: STDOUT_FILENO) }

  /// Writes a line to standard error; that it cannot be written has nowhere to be told.
  package static func complain(_ line: String) { try? write(Array("\(line)\n".utf8), to: STDERR_FILENO) }

  private static func write(_ bytes: [UInt8], to descriptor: Int32) throws(SystemError) {
    // A duplicate, because a handle closes what it holds.
    let duplicate = fcntl(descriptor, F_DUPFD_CLOEXEC, 3)
    guard duplicate >= 0 else { throw SystemError.last("write") }
    try Handle(adopting: duplicate).write(bytes)
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
}
