import TrackCore

/// How far a log file was read, known by its contents: a renamed, copied or compressed file is the same file.
struct LogPlace: Hashable, Sendable {
  /// Where its last whole line ended.
  let offset: Int64
  /// The hash of its first block, or of less where less was read.
  let head: UInt64
  /// The hash of the last block before the offset.
  let block: UInt64

  private static let blockSize: Int64 = 4_096

  /// The place at `offset` in a file.
  init(_ file: LogFile, offset: Int64) throws(SystemError) {
    self.offset = offset
    let size = min(offset, Self.blockSize)
    head = contentHash(try file.bytes(Int(size), at: 0))
    block = contentHash(try file.bytes(Int(size), at: offset - size))
  }

  /// Takes a place from the mark.
  init(offset: Int64, head: UInt64, block: UInt64) {
    (self.offset, self.head, self.block) = (offset, head, block)
  }

  /// Whether this is a place in `file`.
  func isIn(_ file: LogFile) -> Bool {
    guard offset <= file.size, let place = try? LogPlace(file, offset: offset) else { return false }
    return place == self
  }
}
