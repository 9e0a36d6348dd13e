// Wide looks at bytes. Swift 6.3 compiles comparisons of SIMD vectors to loops over their elements, but arithmetic and
// bit operations to single instructions, so that everything here is written in those.

/// The first byte from `start` on that a JSON string does not hold as it stands.
///
/// That is a quote, a backslash, a control character or a byte that is not ASCII.
@inline(__always)
func endOfPlainText(_ start: Cursor) -> Cursor {
  var position = start
  while true {
    let block = position.block
    let bits = specialNibbles(block)
    if bits != 0 { return position + (bits.trailingZeroBitCount &>> 2) }
    position += 16
  }
}

/// Four bits a byte, of which the highest is set for the bytes that a string does not hold as they stand.
///
/// Exact for the lowest such byte and all before it, which is what is asked for: subtraction in lanes has no carries.
@inline(__always)
func specialNibbles(_ block: SIMD16<UInt8>) -> UInt64 {
  let one = SIMD16<UInt8>(repeating: 1)
  let quote = block ^ SIMD16(repeating: 0x22)
  let backslash = block ^ SIMD16(repeating: 0x5C)
  // The high bit of x-1 & ~x is set for x = 0 alone; that of x-0x20 for control characters (and for some of the bytes
  // from 0x80 on, which are wanted anyway).
  let hits = ((quote &- one) & ~quote) | ((backslash &- one) & ~backslash) | (block &- SIMD16(repeating: 0x20)) | block
  let high = unsafe unsafeBitCast(hits & SIMD16(repeating: 0x80), to: SIMD8<UInt16>.self)
  let narrow = SIMD8<UInt8>(truncatingIfNeeded: (high &>> 4) | (high &>> 8))
  return unsafe unsafeBitCast(narrow, to: UInt64.self)
}

/// The end of the well-formed UTF-8 sequence of several bytes at `position`; nil when it is none.
///
/// By the table of well-formed sequences (Unicode, table 3-7).
@inline(never)
func endOfMultibyte(_ position: Cursor) -> Cursor? {
  let (lead, second) = (position.byte, (position + 1).byte)
  let count: Int
  switch (lead, second) {
  case (0xC2...0xDF, 0x80...0xBF): count = 2
  case (0xE0, 0xA0...0xBF), (0xED, 0x80...0x9F), (0xE1...0xEC, 0x80...0xBF), (0xEE...0xEF, 0x80...0xBF): count = 3
  case (0xF0, 0x90...0xBF), (0xF4, 0x80...0x8F), (0xF1...0xF3, 0x80...0xBF): count = 4
  default: return nil
  }
  for place in 2..<max(count, 2) {
    guard (position + place).byte & 0xC0 == 0x80 else { return nil }
  }
  return position + count
}

/// A 64-bit hash of bytes, the same in every process.
///
/// Eight bytes a step, mixed by multiplication as in wyhash (Wang Yi); not made to resist somebody who looks for
/// collisions, of which a log that he writes gives him nothing.
func hash(_ start: Cursor, _ count: Int) -> UInt64 {
  var state = UInt64(truncatingIfNeeded: count) ^ 0xa076_1d64_78bd_642f
  var place = 0
  while place &+ 8 <= count {
    state = mixed(state ^ ((start + place).word), 0xe703_7ed1_a0b4_28db)
    place &+= 8
  }
  if place < count {
    var rest: UInt64 = 0
    while place < count {
      rest = rest << 8 | UInt64((start + place).byte)
      place &+= 1
    }
    state = mixed(state ^ rest, 0x8ebc_6af0_9c88_c6e3)
  }
  return mixed(state, 0x5899_65cc_7537_4cc3)
}

/// A 64-bit hash of many bytes, in four lanes that do not wait for each other.
func wideHash(_ start: Cursor, _ count: Int) -> UInt64 {
  var (one, two, three, four): (UInt64, UInt64, UInt64, UInt64) = (1, 2, 3, 4)
  var place = 0
  while place &+ 32 <= count {
    one = mixed(one ^ (start + place).word, 0xa076_1d64_78bd_642f)
    two = mixed(two ^ (start + (place &+ 8)).word, 0xe703_7ed1_a0b4_28db)
    three = mixed(three ^ (start + (place &+ 16)).word, 0x8ebc_6af0_9c88_c6e3)
    four = mixed(four ^ (start + (place &+ 24)).word, 0x5899_65cc_7537_4cc3)
    place &+= 32
  }
  return mixed(one ^ three, two ^ four ^ 0xa076_1d64_78bd_642f) ^ hash(start + place, count - place)
}

/// Both halves of a product, folded into one word.
@inline(__always)
func mixed(_ one: UInt64, _ other: UInt64) -> UInt64 {
  let product = one.multipliedFullWidth(by: other)
  return product.high ^ product.low
}
