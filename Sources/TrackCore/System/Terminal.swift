import Glibc

/// The terminal that standard output goes to.
package enum Terminal {
  /// Its width in columns; nil when standard output is no terminal, or one that does not know its width.
  package static var columns: Int? { size?.columns }

  /// Its width and height in characters; nil when standard output is no terminal, or one that does not know them.
  package static var size: (columns: Int, rows: Int)? {
    var size = winsize()
    guard unsafe ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
    return (Int(size.ws_col), Int(size.ws_row))
  }
}
