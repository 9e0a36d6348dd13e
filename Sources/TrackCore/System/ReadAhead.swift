import Glibc

/// Has the kernel read a file some way ahead of who reads it from one place to another.
///
/// It does so of itself for one reader. Threads that read pieces of a file side by side look to it like reads at random, and
/// what was not in memory then costs twice the time.
package struct ReadAhead: Sendable {
  private static let distance: Int64 = 4 << 20

  private var asked: Int64
  private let end: Int64

  /// Is to read the bytes of `range`.
  package init(_ range: Range<Int64>) { (asked, end) = (range.lowerBound, range.upperBound) }

  /// Asks for what comes next when the reader is at `position`.
  package mutating func reach(_ position: Int64, of file: LogFile) {
    while asked < min(end, position + Self.distance) {
      file.expect(asked..<min(end, asked + Self.distance))
      asked += Self.distance
    }
  }
}

extension LogFile {
  /// Tells the kernel that a stretch will be read; of a compressed file it is not known where it lies.
  fileprivate func expect(_ range: Range<Int64>) {
    guard let descriptor = plainDescriptor else { return }
    // Advice only: without it reading takes longer.
    _ = posix_fadvise(descriptor, off_t(range.lowerBound), off_t(range.count), POSIX_FADV_WILLNEED)
  }
}
