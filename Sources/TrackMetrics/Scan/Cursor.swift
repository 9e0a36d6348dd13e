import Glibc

/// A place in the bytes of a batch.
///
/// All that is unsafe in scanning is here. A cursor is good for as long as its batch's bytes stay where they are. The
/// bytes end in `padding` zero bytes, and a zero byte ends every string, number and run of spaces, so that no loop steps
/// past the first of them; the widest look ahead of any function is shorter than the padding.
@safe struct Cursor: Comparable {
  /// The zero bytes behind the bytes of a batch.
  static let padding = 128

  /// Where it points.
  let pointer: UnsafeRawPointer

  @inline(__always) init(_ pointer: UnsafeRawPointer) { unsafe self.pointer = unsafe pointer }

  /// The byte here.
  @inline(__always) var byte: UInt8 { unsafe pointer.load(as: UInt8.self) }
  /// The eight bytes from here on, the first lowest on the machines that Swift runs on.
  @inline(__always) var word: UInt64 { unsafe UInt64(littleEndian: pointer.loadUnaligned(as: UInt64.self)) }
  /// The sixteen bytes from here on.
  @inline(__always) var block: SIMD16<UInt8> { unsafe pointer.loadUnaligned(as: SIMD16<UInt8>.self) }

  /// Whether the bytes from here on are those of `literal`; the compiler makes one or two wide compares of it.
  @inline(__always) func matches(_ literal: StaticString) -> Bool {
    unsafe memcmp(pointer, literal.utf8Start, literal.utf8CodeUnitCount) == 0
  }

  /// Whether the `count` bytes from here on are those at `other`.
  @inline(__always) func equals(_ other: Cursor, _ count: Int) -> Bool {
    guard count >= 8 else { return equalsFew(other, count) }
    var place = 0
    while place &+ 8 <= count {
      if (self + place).word != (other + place).word { return false }
      place &+= 8
    }
    return (self + (count &- 8)).word == (other + (count &- 8)).word
  }

  @inline(__always) private func equalsFew(_ other: Cursor, _ count: Int) -> Bool {
    var place = 0
    while place < count {
      if (self + place).byte != (other + place).byte { return false }
      place &+= 1
    }
    return true
  }

  /// What `body` makes of the bytes from `place` on, which it must not look beyond: an array has no padding.
  @inline(__always) static func within<Result>(_ bytes: [UInt8], at place: Int, _ body: (Cursor) -> Result) -> Result {
    unsafe bytes.withUnsafeBytes { buffer in
      // An array of nothing has no address; nothing is read of it.
      unsafe body(Cursor((buffer.baseAddress ?? nowhere) + place))
    }
  }

  private static nonisolated(unsafe) let nowhere = unsafe UnsafeRawPointer(bitPattern: 8).unsafelyUnwrapped

  /// The `count` bytes from here on.
  func bytes(_ count: Int) -> [UInt8] { unsafe Array(UnsafeRawBufferPointer(start: pointer, count: count)) }

  /// The text of the `count` bytes from here on, which are valid UTF-8.
  func text(_ count: Int) -> String {
    unsafe String(decoding: UnsafeRawBufferPointer(start: pointer, count: count), as: UTF8.self)
  }

  /// The first line feed of the `count` bytes from here on.
  @inline(__always) func lineFeed(within count: Int) -> Cursor? {
    guard count > 0, let found = unsafe memchr(pointer, 0x0A, count) else { return nil }
    return unsafe Cursor(UnsafeRawPointer(found))
  }

  @inline(__always) static func + (cursor: Cursor, distance: Int) -> Cursor { unsafe Cursor(cursor.pointer + distance) }
  @inline(__always) static func - (cursor: Cursor, distance: Int) -> Cursor { unsafe Cursor(cursor.pointer - distance) }
  @inline(__always) static func - (end: Cursor, start: Cursor) -> Int { unsafe end.pointer - start.pointer }
  @inline(__always) static func += (cursor: inout Cursor, distance: Int) { cursor = cursor + distance }
  @inline(__always) static func < (left: Cursor, right: Cursor) -> Bool { unsafe left.pointer < right.pointer }
  @inline(__always) static func == (left: Cursor, right: Cursor) -> Bool { unsafe left.pointer == right.pointer }
}
