import Glibc

/// The terminal of our session, if it has one; its keys and output belong to one process group at a time (tcsetpgrp(3)).
struct ControllingTerminal: ~Copyable {
  /// -1 where there is none, which every call below takes as an error of no consequence.
  let descriptor: Int32

  /// Opens it.
  init() { descriptor = unsafe open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY | O_NONBLOCK) }

  deinit { if exists { close(descriptor) } }

  /// Whether the session has one.
  var exists: Bool { descriptor >= 0 }

  /// Whether our group has it.
  var isOurs: Bool { exists && tcgetpgrp(descriptor) == getpgrp() }

  /// Whether `group` has it.
  func belongs(to group: Int32) -> Bool { exists && tcgetpgrp(descriptor) == group }

  /// Whether our output goes to a terminal.
  ///
  /// Where it goes elsewhere, to a pager for one, others of our group may be who needs the keys.
  static var isOutput: Bool { isatty(STDOUT_FILENO) == 1 }

  /// Gives it to a group of our session.
  func give(to group: Int32) { tcsetpgrp(descriptor, group) }

  /// Takes it for our group; SIGTTOU, which would stop us in the background, is held back by the queue.
  func take() { tcsetpgrp(descriptor, getpgrp()) }

  /// Whether this process leads the session, so that the kernel tells it alone when the terminal hangs up.
  static var isLedByUs: Bool { getsid(0) == getpid() }
}
