import Glibc

/// A place in the bytes of a stretch; what is unsafe in checking lines is here.
///
/// Good for as long as the stretch's buffer. The bytes end in `padding` zero bytes, of which the first ends every string,
/// number and run of spaces, so that no loop goes past it and no look ahead past the padding.
@safe struct Place: Comparable {
  /// The zero bytes behind the bytes of a stretch.
  static let padding = 64

  private let pointer: UnsafeRawPointer

  @inline(__always) init(_ pointer: UnsafeRawPointer) { unsafe self.pointer = unsafe pointer }

  /// The byte here.
  @inline(__always) var byte: UInt8 { unsafe pointer.load(as: UInt8.self) }
  /// The eight bytes from here on, the first lowest.
  @inline(__always) var word: UInt64 { unsafe UInt64(littleEndian: pointer.loadUnaligned(as: UInt64.self)) }

  @inline(__always) func matches(_ literal: StaticString) -> Bool {
    unsafe memcmp(pointer, literal.utf8Start, literal.utf8CodeUnitCount) == 0
  }

  /// Whether the bytes from here on are `bytes[range]`.
  @inline(__always) func matches(_ bytes: ContiguousArray<UInt8>, _ range: Range<Int>) -> Bool {
    var place = 0
    while place < range.count {
      if (self + place).byte != bytes[range.lowerBound &+ place] { return false }
      place &+= 1
    }
    return true
  }

  /// The first byte from here on that a JSON string does not hold as it stands: a quote, a backslash, a control character
  /// or a byte that is not ASCII.
  ///
  /// Sixteen bytes a step; the bits are exact for the lowest such byte, which is what is asked for.
  @inline(__always) var endOfPlainText: Place {
    var place = self
    while true {
      let block = unsafe place.pointer.loadUnaligned(as: SIMD16<UInt8>.self)
      let one = SIMD16<UInt8>(repeating: 1)
      let quote = block ^ SIMD16(repeating: 0x22)
      let backslash = block ^ SIMD16(repeating: 0x5C)
      let hits =
        ((quote &- one) & ~quote) | ((backslash &- one) & ~backslash) | (block &- SIMD16(repeating: 0x20)) | block
      let high = unsafe unsafeBitCast(hits & SIMD16(repeating: 0x80), to: SIMD8<UInt16>.self)
      let narrow = SIMD8<UInt8>(truncatingIfNeeded: (high &>> 4) | (high &>> 8))
      let bits = unsafe unsafeBitCast(narrow, to: UInt64.self)
      if bits != 0 { return place + (bits.trailingZeroBitCount &>> 2) }
      place = place + 16
    }
  }

  /// A 64-bit hash of the `count` bytes from here on, the same in every process, mixed by multiplication as in wyhash.
  func hash(_ count: Int) -> UInt64 {
    var state = UInt64(truncatingIfNeeded: count) ^ 0xa076_1d64_78bd_642f
    var place = 0
    while place &+ 8 <= count {
      state = mixed(state ^ (self + place).word, 0xe703_7ed1_a0b4_28db)
      place &+= 8
    }
    // The bytes behind the text are shifted out.
    if place < count {
      let rest = (self + place).word << UInt64(8 &* (8 &- (count &- place)))
      state = mixed(state ^ rest, 0x8ebc_6af0_9c88_c6e3)
    }
    return mixed(state, 0x5899_65cc_7537_4cc3)
  }

  /// The first line feed of the `count` bytes from here on.
  @inline(__always) func lineFeed(within count: Int) -> Place? {
    guard count > 0, let found = unsafe memchr(pointer, 0x0A, count) else { return nil }
    return unsafe Place(UnsafeRawPointer(found))
  }

  /// The `count` bytes from here on.
  func bytes(_ count: Int) -> [UInt8] { unsafe Array(UnsafeRawBufferPointer(start: pointer, count: count)) }

  @inline(__always) static func + (place: Place, distance: Int) -> Place { unsafe Place(place.pointer + distance) }
  @inline(__always) static func - (end: Place, start: Place) -> Int { unsafe end.pointer - start.pointer }
  @inline(__always) static func < (left: Place, right: Place) -> Bool { unsafe left.pointer < right.pointer }
  @inline(__always) static func == (left: Place, right: Place) -> Bool { unsafe left.pointer == right.pointer }
}

/// Both halves of a product, folded into one word.
@inline(__always) func mixed(_ one: UInt64, _ other: UInt64) -> UInt64 {
  let product = one.multipliedFullWidth(by: other)
  return product.high ^ product.low
}
