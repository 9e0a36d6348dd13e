import Glibc

/// Reads a log file line by line with bounded memory, whatever the file holds.
///
/// Lines are split on LF alone. Nothing in the file stops the reader: a line too long to hold is passed over and
/// told by its length, a last line without LF is told apart, NUL bytes (what a power cut leaves) are counted.
package struct LineReader: ~Copyable {
  /// One line of the file.
  package struct Line {
    /// Its number, counted from 1.
    package let number: Int
    /// Where it begins in the file.
    package let offset: Int64
    /// Its length in bytes as it stands in the file, the LF left out.
    package let length: Int
    /// The reader's buffer; who keeps it past the next line makes the reader copy it.
    package let bytes: [UInt8]
    /// The line in `bytes`, without a BOM, NUL bytes at its beginning and CR at its end; empty when too long.
    package let range: Range<Int>
    /// The NUL bytes at its beginning.
    package let leadingNULs: Int
    /// Whether it is longer than the reader holds, so that its bytes were passed over.
    package let isTooLong: Bool
    /// Whether it ends in LF; only the file's last line may lack it, and then it was perhaps torn.
    package let isTerminated: Bool
  }

  /// The longest line that is held, by default.
  package static let maximumLineLength = 1 << 20
  /// How many bytes are read at once, by default.
  package static let usualChunk = 256 * 1024

  /// The file's device and inode, which tell whether two paths name one file.
  package let identity: FileStatus.Identity

  /// What is read as it comes; nil where `file` is read from `position` on.
  private let handle: Handle?
  private let file: LogFile?
  private var position: Int64
  private let maximumLineLength: Int
  private let chunkSize: Int
  private var buffer: [UInt8]
  /// What was read and not yet given out is `buffer[start..<end]`; up to `searched` it holds no LF.
  private var start = 0
  private var searched = 0
  private var end = 0
  private var isAtEnd = false
  /// Bytes of the current line that were passed over because it is too long.
  private var passedOver = 0
  private var lineOffset: Int64
  private var lineNumber = 1

  /// Opens a regular file, at a byte offset that is the beginning of a line; of a compressed one, an offset in its
  /// content.
  /// - Throws: `SystemError` when it cannot be opened, is a symbolic link or no regular file.
  package init(
    path: String, from offset: Int64 = 0, maximumLineLength: Int = LineReader.maximumLineLength,
    chunkSize: Int = LineReader.usualChunk
  ) throws(SystemError) {
    if LogFile.isCompressed(path) {
      let file = try LogFile(path: path)
      self.init(nil, file, file.identity, from: offset, maximumLineLength, chunkSize)
    } else {
      let (descriptor, identity) = try Self.openRegularFile(path, at: offset)
      self.init(Handle(adopting: descriptor), nil, identity, from: offset, maximumLineLength, chunkSize)
    }
  }

  /// Reads a file that is open, from a byte offset in its content that is the beginning of a line.
  package init(_ file: LogFile, from offset: Int64 = 0) {
    self.init(nil, file, file.identity, from: offset)
  }

  /// Reads standard input, whatever it is: a pipe, a terminal or a file.
  package static func standardInput() throws(SystemError) -> LineReader {
    let descriptor = fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 3)
    guard descriptor >= 0 else { throw SystemError.last("read") }
    let handle = Handle(adopting: descriptor)
    let identity = try handle.status().identity
    return LineReader(handle, nil, identity)
  }

  private init(
    _ handle: consuming Handle?, _ file: LogFile?, _ identity: FileStatus.Identity, from offset: Int64 = 0,
    _ maximumLineLength: Int = LineReader.maximumLineLength, _ chunkSize: Int = LineReader.usualChunk
  ) {
    self.handle = handle
    self.file = file
    self.identity = identity
    position = offset
    lineOffset = offset
    self.maximumLineLength = maximumLineLength
    self.chunkSize = chunkSize
    buffer = [UInt8](repeating: 0, count: chunkSize)
  }

  /// The next line; nil at the end of the file.
  package mutating func next() throws(SystemError) -> Line? {
    while true {
      if let lineFeed = findLineFeed() { return take(upTo: lineFeed, terminated: true) }
      if passedOver + end - start > maximumLineLength {
        passedOver += end - start
        start = end
      }
      if isAtEnd {
        guard passedOver > 0 || start < end else { return nil }
        return take(upTo: end, terminated: false)
      }
      try fill()
    }
  }

  private mutating func findLineFeed() -> Int? {
    guard searched < end else { return nil }
    let (from, count) = (searched, end - searched)
    let distance: Int? = unsafe buffer.withUnsafeBytes { bytes in
      guard let base = bytes.baseAddress, let found = unsafe memchr(base + from, 0x0A, count) else { return nil }
      return unsafe UnsafeRawPointer(found) - base
    }
    searched = distance ?? end
    return distance
  }

  private mutating func take(upTo stop: Int, terminated: Bool) -> Line {
    let length = passedOver + stop - start
    let isTooLong = length > maximumLineLength
    let (range, nuls) = isTooLong ? (start..<start, 0) : content(start..<stop)
    let line = Line(
      number: lineNumber, offset: lineOffset, length: length, bytes: buffer, range: range, leadingNULs: nuls,
      isTooLong: isTooLong, isTerminated: terminated)
    lineOffset += Int64(length) + (terminated ? 1 : 0)
    lineNumber += 1
    passedOver = 0
    start = terminated ? stop + 1 : stop
    searched = start
    return line
  }

  private func content(_ whole: Range<Int>) -> (range: Range<Int>, leadingNULs: Int) {
    var (from, to) = (whole.lowerBound, whole.upperBound)
    if lineOffset == 0, buffer[whole].starts(with: [0xEF, 0xBB, 0xBF]) { from += 3 }
    let beforeNULs = from
    while from < to, buffer[from] == 0 { from += 1 }
    if to > from, buffer[to - 1] == 0x0D { to -= 1 }
    return (from..<to, from - beforeNULs)
  }

  /// Reads the next chunk behind what is held, which moves to the buffer's front.
  private mutating func fill() throws(SystemError) {
    if start > 0 {
      let held = start..<end
      unsafe buffer.withUnsafeMutableBytes { bytes in
        unsafe bytes.copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes[held]))
      }
      (start, end, searched) = (0, held.count, held.count)
    }
    if buffer.count - end < chunkSize { buffer.append(contentsOf: repeatElement(0, count: chunkSize)) }
    let count = if let file { try read(file) } else { try readOn() }
    end += count
    isAtEnd = count == 0
  }

  private mutating func readOn() throws(SystemError) -> Int {
    let descriptor =
      switch handle {
      case .some(let handle): handle.descriptor
      case nil: Int32(-1)
      }
    var count = -1
    repeat {
      count = unsafe buffer.withUnsafeMutableBytes { bytes in
        let room = unsafe UnsafeMutableRawBufferPointer(rebasing: bytes[end...])
        return unsafe Glibc.read(descriptor, room.baseAddress, room.count)
      }
    } while count < 0 && errno == EINTR
    guard count >= 0 else { throw SystemError.last("read") }
    return count
  }

  private mutating func read(_ file: LogFile) throws(SystemError) -> Int {
    let (first, offset) = (end, position)
    let result = unsafe buffer.withUnsafeMutableBytes { bytes in
      let room = unsafe UnsafeMutableRawBufferPointer(rebasing: bytes[first...])
      return Result { () throws(SystemError) in unsafe try file.read(into: room, at: offset) }
    }
    let count = try result.get()
    position += Int64(count)
    return count
  }

  /// Opens without waiting (a FIFO in a file's place must not hold us) and without following a link.
  static func openRegularFile(
    _ path: String, at offset: Int64
  ) throws(SystemError) -> (descriptor: Int32, identity: FileStatus.Identity) {
    var descriptor: Int32
    repeat {
      descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOFOLLOW)
    } while descriptor < 0 && errno == EINTR
    guard descriptor >= 0 else {
      let failure = SystemError.last("open")
      throw failure.code == ELOOP
        ? SystemError(code: ELOOP, call: "open", explanation: "it is a symbolic link") : failure
    }
    do throws(SystemError) {
      var status = stat()
      guard unsafe fstat(descriptor, &status) == 0 else { throw SystemError.last("fstat") }
      guard status.st_mode & S_IFMT == S_IFREG else {
        throw SystemError(code: EINVAL, call: "open", explanation: "it is not a regular file")
      }
      guard lseek(descriptor, off_t(offset), SEEK_SET) >= 0 else { throw SystemError.last("lseek") }
      return (descriptor, FileStatus(status).identity)
    } catch {
      _ = close(descriptor)
      throw error
    }
  }
}
