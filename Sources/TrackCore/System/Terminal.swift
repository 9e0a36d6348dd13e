import Glibc

/// The terminals that standard output and standard error go to.
package enum Terminal {
  /// The width in columns of that of standard output; nil when it is none, or one that does not know its width.
  package static var columns: Int? { size?.columns }

  /// The width and height in characters of that of standard output; nil when it is none, or does not know them.
  package static var size: (columns: Int, rows: Int)? { size(of: STDOUT_FILENO) }

  /// The width in columns of that of standard error, 80 when it does not know; nil when it is none.
  package static var errorColumns: Int? {
    isatty(STDERR_FILENO) == 1 ? size(of: STDERR_FILENO)?.columns ?? 80 : nil
  }

  /// Writes to the terminal of standard error what need not be seen: nothing while the terminal takes nothing, as when
  /// Ctrl-S was pressed.
  package static func show(_ text: String) {
    var ready = pollfd(fd: STDERR_FILENO, events: Int16(POLLOUT), revents: 0)
    guard unsafe poll(&ready, 1, 0) == 1, ready.revents & Int16(POLLOUT) != 0 else { return }
    ThisProcess.show(text)
  }

  private static func size(of descriptor: Int32) -> (columns: Int, rows: Int)? {
    var size = winsize()
    guard unsafe ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
    return (Int(size.ws_col), Int(size.ws_row))
  }
}
