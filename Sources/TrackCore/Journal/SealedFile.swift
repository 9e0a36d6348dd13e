/// A file of a stream as seals see it: bytes that end in lines.
///
/// The one place that opens a file to seal or to verify it. What is appended after it was opened is not looked at.
package struct SealedFile: Sendable {
  /// Its name in the log directory.
  package let name: String
  /// Its device and inode.
  package var identity: FileStatus.Identity { file.identity }
  /// Its size when it was opened.
  package var size: Int64 { file.size }

  private let file: LogFile
  /// How much of a line is looked at to tell it from others.
  private static let lineBound = 1 << 20
  private static let chunk = 256 * 1024

  /// Opens a file in a log directory.
  package init(_ name: String, in directory: String) throws(SystemError) {
    self.name = name
    file = try LogFile(path: "\(directory)/\(name)")
  }

  /// Takes a file that is open.
  package init(_ name: String, _ file: LogFile) {
    self.name = name
    self.file = file
  }

  /// Whether it is compressed, so that its bytes are not those that were sealed.
  package static func isCompressed(_ name: String) -> Bool { name.hasSuffix(".gz") || name.hasSuffix(".zst") }

  /// Where the last whole line that begins at `first` or later ends.
  package func endOfLastLine(from first: Int64 = 0) throws(SystemError) -> Int64 { try file.endOfLastLine(from: first) }

  /// The digest of the first line, its line feed left out; nil while there is no whole line.
  package func firstLine() throws(SystemError) -> SHA256.Digest? {
    var size = 4_096
    while true {
      let bytes = try file.bytes(size, at: 0)
      if let end = bytes.firstIndex(of: 0x0A) { return .of(bytes[..<end]) }
      guard bytes.count == size else { return nil }
      guard size < Self.lineBound else { return .of(bytes[...]) }
      size *= 16
    }
  }

  /// The digest of the line that ends at `end`, its line feed left out; nil at the file's beginning.
  package func line(endingAt end: Int64) throws(SystemError) -> SHA256.Digest? {
    guard end > 0 else { return nil }
    var size: Int64 = 4_096
    while true {
      let begin = max(0, end - size)
      var bytes = try file.bytes(Int(end - begin), at: begin)[...]
      if bytes.last == 0x0A { bytes.removeLast() }
      if let before = bytes.lastIndex(of: 0x0A) { return .of(bytes[(before + 1)...]) }
      if begin == 0 || size >= Int64(Self.lineBound) { return .of(bytes) }
      size *= 16
    }
  }

  /// Whether it is the file of a range, by its lines.
  package func isFile(of range: SealedRange) throws(SystemError) -> Bool {
    guard size >= range.bytes.upperBound else { return false }
    guard range.bytes.upperBound > 0 else { return true }
    guard try firstLine() == range.firstLine else { return false }
    let last = try line(endingAt: range.bytes.upperBound)
    return last == range.lastLine
  }

  /// The digest of a stretch and the line feeds in it.
  /// - Throws: EIO when the file is shorter by now.
  package func measure(_ range: Range<Int64>) throws(SystemError) -> (digest: SHA256.Digest, lines: Int) {
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: Self.chunk, alignment: 64)
    defer { unsafe buffer.deallocate() }
    var hash = SHA256()
    var lines = 0
    var position = range.lowerBound
    var ahead = ReadAhead(range)
    while position < range.upperBound {
      ahead.reach(position, of: file)
      let wanted = Int(min(Int64(Self.chunk), range.upperBound - position))
      let part = unsafe UnsafeMutableRawBufferPointer(rebasing: buffer[..<wanted])
      guard unsafe try file.read(into: part, at: position) == wanted else {
        throw SystemError(code: 5, call: "read", explanation: "it was cut while it was read")
      }
      unsafe hash.update(UnsafeRawBufferPointer(part))
      unsafe lines += Self.lineFeeds(in: UnsafeRawBufferPointer(part))
      position += Int64(wanted)
    }
    return (hash.finish(), lines)
  }

  /// Counts line feeds eight bytes at a time, which costs a tenth of the hash.
  private static func lineFeeds(in bytes: UnsafeRawBufferPointer) -> Int {
    let ones: UInt64 = 0x0101_0101_0101_0101
    var count = 0
    var place = 0
    while place &+ 8 <= bytes.count {
      let word = unsafe bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self) ^ (ones &* 0x0A)
      // The high bit of a byte is set where it is not zero: adding 0x7F to its low seven bits carries into it.
      let others = ((word & (ones &* 0x7F)) &+ (ones &* 0x7F)) | word
      count &+= (~others & (ones &* 0x80)).nonzeroBitCount
      place &+= 8
    }
    while place < bytes.count {
      if unsafe bytes[place] == 0x0A { count &+= 1 }
      place &+= 1
    }
    return count
  }

  /// Up to `count` bytes from `offset`.
  package func bytes(_ count: Int, at offset: Int64) throws(SystemError) -> [UInt8] {
    try file.bytes(count, at: offset)
  }

  /// Fills `buffer` from `offset`; returns the number of bytes read, fewer only at the end of the file.
  package func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int64) throws(SystemError) -> Int {
    unsafe try file.read(into: buffer, at: offset)
  }

  /// Has the kernel read it ahead of a reader who is at `position`.
  package func readAhead(_ ahead: inout ReadAhead, at position: Int64) { ahead.reach(position, of: file) }

  /// Makes its data durable.
  func syncData() throws(SystemError) { try file.syncData() }
}
