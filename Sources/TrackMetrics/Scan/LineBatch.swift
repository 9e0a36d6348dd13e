import TrackCore

/// The lines of one stretch of a file: its bytes, and what was scanned of each line.
///
/// A batch is used again for the next stretch, so that its memory is allocated once. It belongs to one thread at a time.
@safe final class LineBatch {
  /// The lines, in order.
  private(set) var lines: [ScannedLine] = []
  /// Texts that lines have escaped, decoded.
  let texts = DecodedTexts()
  /// What is to be said of lines, by their place in `lines`.
  private(set) var remarks: [(line: Int, reason: String)] = []
  /// Of a batch that was folded the lines whose resources count, by their place in `lines`, with the place of their droid.
  var measured: [(line: Int, droid: Int)] = []
  /// The line that is being folded, by its place in `lines`.
  var current = 0
  /// Which file it is of, by its place among the fold's files.
  var file = 0
  /// Where its bytes begin in the file.
  var offset: Int64 = 0
  /// Why the file could not be read any further.
  var failure: SystemError?

  /// The beginning of its bytes.
  let start: Cursor
  private let storage: UnsafeMutableRawBufferPointer
  private var scanner: LineScanner

  /// Allocates room for `capacity` bytes; memory is taken only as far as it is filled.
  init(capacity: Int) {
    unsafe storage = UnsafeMutableRawBufferPointer.allocate(byteCount: capacity + Cursor.padding, alignment: 64)
    start = unsafe Cursor(UnsafeRawPointer(storage.baseAddress.unsafelyUnwrapped))
    scanner = LineScanner(base: start, texts: texts)
  }

  deinit { unsafe storage.deallocate() }

  /// The most bytes it holds.
  var capacity: Int { unsafe storage.count - Cursor.padding }

  /// Forgets its lines.
  func clear() {
    lines.removeAll(keepingCapacity: true)
    remarks.removeAll(keepingCapacity: true)
    measured.removeAll(keepingCapacity: true)
    texts.removeAll()
    failure = nil
  }

  /// Fills `range` with what `read` brings, and the padding behind it with zeros; the number of bytes read.
  func fill(
    _ range: Range<Int>, _ read: (UnsafeMutableRawBufferPointer) throws(SystemError) -> Int
  ) throws(SystemError) -> Int {
    let count = unsafe try read(UnsafeMutableRawBufferPointer(rebasing: storage[range]))
    for place in range.lowerBound + count..<range.lowerBound + count + Cursor.padding { unsafe storage[place] = 0 }
    return count
  }

  /// The bytes that a range of a line stands for.
  @inline(__always)
  func bytes<Result>(_ range: TextRange, _ body: (Cursor, Int) -> Result) -> Result {
    if range.isDecoded { return Cursor.within(texts.bytes, at: range.offset) { body($0, range.count) } }
    return body(start + range.offset, range.count)
  }

  /// The text of a range of a line; nil when it is absent.
  func text(_ range: TextRange) -> String? {
    range.isPresent ? bytes(range) { $0.text($1) } : nil
  }

  /// Whether a range of a line is `other`.
  func equals(_ range: TextRange, _ other: [UInt8]) -> Bool {
    range.count == other.count
      && bytes(range) { start, count in Cursor.within(other, at: 0) { $0.equals(start, count) } }
  }

  /// Holds one line without its line feed, which is all that the batch then holds of bytes.
  func hold(_ bytes: [UInt8]) {
    unsafe storage.copyBytes(from: bytes)
    for place in bytes.count..<bytes.count + Cursor.padding { unsafe storage[place] = 0 }
  }

  /// What the scanner alone makes of the `count` bytes that the batch holds; nil when they need the parser.
  func scanAlone(_ count: Int) -> ScannedLine? {
    guard let end = scan(start), end - start == count else { return nil }
    return scanner.line
  }

  /// Takes in one line without its line feed, which is all that the batch then holds of bytes.
  func take(_ bytes: [UInt8], isTerminated: Bool) {
    hold(bytes)
    if let end = scan(start), end - start == bytes.count {
      take()
    } else {
      parse(start, bytes.count, isFirst: false, isTerminated: isTerminated)
    }
  }

  /// Scans and takes in lines from `position` on until one begins at `limit` or later, needs the parser, is too long or
  /// does not end before `end`; where that one begins.
  func takeLines(_ first: Cursor, limit: Cursor, end: Cursor) -> Cursor {
    // In variables of this function, of which nobody else can have hold: a member of a class is checked for that at
    // every access.
    var (position, scanner, lines) = (first, self.scanner, [ScannedLine]())
    swap(&lines, &self.lines)
    while position < limit, let last = scanner.scan(position), last < end, last.byte == 0x0A,
      last - position <= LineReader.maximumLineLength
    {
      lines.append(scanner.line)
      position = last + 1
    }
    swap(&lines, &self.lines)
    self.scanner = scanner
    return position
  }

  /// Scans the line that begins at `start` in one pass; its end, nil when it needs the parser or does not end here.
  @inline(__always) func scan(_ start: Cursor) -> Cursor? { scanner.scan(start) }

  /// Takes in the line that was scanned last.
  @inline(__always) func take() { lines.append(scanner.line) }

  /// Takes in a line that was read in another way.
  func take(_ line: ScannedLine) { lines.append(line) }

  /// Takes in a line of which only `reason` is to be said, and where it begins.
  func refuse(_ start: Cursor, _ reason: String) {
    var line = ScannedLine()
    line.kind = .refused
    line.offset = UInt32(truncatingIfNeeded: start - self.start)
    remark(reason)
    lines.append(line)
  }

  /// Says something of the line that is taken in next.
  func remark(_ reason: String) { remarks.append((lines.count, reason)) }
}
