import TrackCore

/// Writes arrays of plain values one after the other, as they lie in memory.
///
/// Each is its count (8 bytes), its elements, and the hash of both; the machine that reads them is the one that wrote
/// them, of which the format's number tells the rest.
struct CheckpointWriter: ~Copyable {
  private var file: ReplacedFile

  /// Begins the file `name` in the directory at `path`.
  static func begin(_ name: String, in path: String) throws(SystemError) -> CheckpointWriter {
    CheckpointWriter(file: try ReplacedFile.begin(name, in: path))
  }

  private init(file: consuming ReplacedFile) { self.file = file }

  /// Writes an array; `Element` is plain (BitwiseCopyable), so that its bytes are all there is of it.
  mutating func array<Element: BitwiseCopyable>(_ values: [Element]) throws(SystemError) {
    try array(ContiguousArray(values))
  }

  /// Writes an array; `Element` is plain (BitwiseCopyable), so that its bytes are all there is of it.
  mutating func array<Element: BitwiseCopyable>(_ values: ContiguousArray<Element>) throws(SystemError) {
    var count = UInt64(values.count)
    var failure: SystemError?
    let code = unsafe values.withUnsafeBytes { bytes in unsafe hashOfArray(bytes, count) }
    unsafe withUnsafeBytes(of: &count) { bytes in
      do throws(SystemError) { unsafe try file.write(bytes) } catch { failure = error }
    }
    if failure == nil {
      unsafe values.withUnsafeBytes { bytes in
        do throws(SystemError) { unsafe try file.write(bytes) } catch { failure = error }
      }
    }
    var last = code
    unsafe withUnsafeBytes(of: &last) { bytes in
      do throws(SystemError) { unsafe try file.write(bytes) } catch { failure = failure ?? error }
    }
    if let failure { throw failure }
  }

  /// Writes a number.
  mutating func number(_ value: Int) throws(SystemError) { try array([Int64(value)]) }

  /// Writes a text.
  mutating func text(_ value: String) throws(SystemError) { try array(Array(value.utf8)) }

  /// Puts the file in its place.
  mutating func commit() throws(SystemError) { try file.commit() }
}

/// The hash of an array's bytes and count.
func hashOfArray(_ bytes: UnsafeRawBufferPointer, _ count: UInt64) -> UInt64 {
  guard let base = bytes.baseAddress else { return mixed(count, 0x9e37_79b9_7f4a_7c15) }
  return unsafe wideHash(Cursor(base), bytes.count) ^ mixed(count, 0x9e37_79b9_7f4a_7c15)
}

/// Reads what `CheckpointWriter` wrote; anything that is not so is an error, after which nothing of it may be used.
struct CheckpointFile {
  /// What is read is not what was written.
  struct Damage: Error {}

  private let file: LogFile
  private var offset: Int64 = 0

  init(path: String) throws(SystemError) { file = try LogFile(path: path) }

  /// Reads an array.
  mutating func array<Element: BitwiseCopyable>(_ type: Element.Type = Element.self) throws(Damage) -> [Element] {
    Array(try contiguous(type))
  }

  /// Reads an array.
  mutating func contiguous<Element: BitwiseCopyable>(
    _ type: Element.Type = Element.self
  ) throws(Damage) -> ContiguousArray<Element> {
    let count = try word()
    let room = UInt64(clamping: file.size - offset) / UInt64(MemoryLayout<Element>.stride)
    guard count <= room else { throw Damage() }
    let (file, place) = (file, offset)
    var got = -1
    let values = unsafe ContiguousArray<Element>(unsafeUninitializedCapacity: Int(count)) { buffer, initialized in
      let bytes = UnsafeMutableRawBufferPointer(buffer)
      got =
        unsafe (try? file.read(
          into: UnsafeMutableRawBufferPointer(rebasing: bytes[..<(Int(count) * MemoryLayout<Element>.stride)]),
          at: place)) ?? -1
      initialized = got == Int(count) * MemoryLayout<Element>.stride ? Int(count) : 0
    }
    guard values.count == count else { throw Damage() }
    offset += Int64(got)
    guard try word() == (unsafe values.withUnsafeBytes({ unsafe hashOfArray($0, count) })) else { throw Damage() }
    return values
  }

  /// Reads a number.
  mutating func number() throws(Damage) -> Int {
    let numbers = try array(Int64.self)
    guard numbers.count == 1 else { throw Damage() }
    return Int(numbers[0])
  }

  /// Reads a text.
  mutating func text() throws(Damage) -> String { String(decoding: try array(UInt8.self), as: UTF8.self) }

  private mutating func word() throws(Damage) -> UInt64 {
    guard let bytes = try? file.bytes(8, at: offset), bytes.count == 8 else { throw Damage() }
    offset += 8
    return bytes.reversed().reduce(0) { $0 << 8 | UInt64($1) }
  }
}
