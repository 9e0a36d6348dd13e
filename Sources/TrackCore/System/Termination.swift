import Glibc

/// How a program ended.
public enum Termination: Hashable, Sendable {
  /// By itself, with a status from 0 to 255.
  case exited(Int32)
  /// By a signal, given by its number.
  case killed(Int32)

  /// Whether it says that all is well.
  public var isSuccess: Bool { self == .exited(0) }
}

/// The names of signals.
package enum SignalName {
  private static let names: [Int32: String] = [
    SIGHUP: "HUP", SIGINT: "INT", SIGQUIT: "QUIT", SIGILL: "ILL", SIGTRAP: "TRAP", SIGABRT: "ABRT", SIGBUS: "BUS",
    SIGFPE: "FPE", SIGKILL: "KILL", SIGUSR1: "USR1", SIGSEGV: "SEGV", SIGUSR2: "USR2", SIGPIPE: "PIPE", SIGALRM: "ALRM",
    SIGTERM: "TERM", SIGSTKFLT: "STKFLT", SIGCHLD: "CHLD", SIGCONT: "CONT", SIGSTOP: "STOP", SIGTSTP: "TSTP",
    SIGTTIN: "TTIN", SIGTTOU: "TTOU", SIGURG: "URG", SIGXCPU: "XCPU", SIGXFSZ: "XFSZ", SIGVTALRM: "VTALRM",
    SIGPROF: "PROF", SIGWINCH: "WINCH", SIGIO: "IO", SIGPWR: "PWR", SIGSYS: "SYS",
  ]

  /// The name of a signal without SIG; real-time signals and unknown ones are told by their number.
  package static func of(_ signal: Int32) -> String { names[signal] ?? String(signal) }
}
