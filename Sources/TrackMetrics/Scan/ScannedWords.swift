import TrackCore

// What single texts of a line mean. Both readers of a line ask here, the scanner with a place in the batch, the parser
// with a text of its own.

extension ScannedLine.Kind {
  /// The kind of an event type.
  @inline(__always)
  init(_ type: Cursor, _ count: Int) {
    switch count {
    case 11 where type.matches("task.result"): self = .result
    case 14 where type.matches("audit.recorded"): self = .audit
    case 17 where type.matches("droid.self_report"): self = .selfReport
    case 19 where type.matches("performance.metrics"): self = .metrics
    case 21 where type.matches("task.result.validated"): self = .validated
    case 22 where type.matches("task.execution.started"): self = .started
    case 24 where type.matches("task.execution.completed"): self = .completed
    case 24 where type.matches("task.execution.abandoned"): self = .abandoned
    default: self = .other
    }
  }
}

extension ScannedLine.StatusWord {
  /// What a status says of an ending; the other words are those that agents write by hand.
  @inline(__always)
  init(_ status: Cursor, _ count: Int) {
    switch count {
    case 5 where status.matches("error"): self = .failed
    case 6 where status.matches("failed"): self = .failed
    case 7 where status.matches("failure"): self = .failed
    case 7 where status.matches("success"): self = .completed
    case 7 where status.matches("timeout"): self = .timeout
    case 9 where status.matches("completed"): self = .completed
    case 9 where status.matches("abandoned"): self = .abandoned
    default: self = .other
    }
  }
}

extension ScannedLine {
  /// Bytes of an execution id of ours besides the digits of the epoch and the task: `exec-`, `-`, `-` and 8 digits.
  static let idFrame = 15

  /// Takes an execution id apart when it is of the form `exec-<epoch>-<task>-<8 hex>`, from which it can be made again.
  ///
  /// The epoch has no leading zero and fits in 32 bits; the hexadecimal digits are lower case.
  @inline(__always) @discardableResult
  mutating func takeApart(_ id: Cursor, _ count: Int) -> Bool {
    guard count > Self.idFrame + 1, id.matches("exec-"), (id + 5).byte != UInt8(ascii: "0") else {
      return false
    }
    var value: UInt64 = 0
    var digits = 0
    while digits <= 10 {
      let digit = (id + 5 + digits).byte &- UInt8(ascii: "0")
      guard digit < 10 else { break }
      value = value &* 10 &+ UInt64(digit)
      digits &+= 1
    }
    guard digits > 0, value <= UInt64(UInt32.max), count > Self.idFrame + digits,
      (id + 5 + digits).byte == UInt8(ascii: "-"), (id + count - 9).byte == UInt8(ascii: "-"),
      let tail = eightHexadecimal((id + count - 8).word)
    else { return false }
    epochDigits = UInt8(truncatingIfNeeded: digits)
    epoch = UInt32(truncatingIfNeeded: value)
    random = tail
    return true
  }
}

/// The value of eight lower-case hexadecimal digits, of which the first is the word's lowest byte; nil for others.
@inline(__always)
private func eightHexadecimal(_ word: UInt64) -> UInt32? {
  let ones: UInt64 = 0x0101_0101_0101_0101
  let high = ones &* 0x80
  guard word & high == 0 else { return nil }
  // Of a byte below 0x80, x + (0x80 - k) has the high bit set when x is at least k; no byte carries into the next.
  let digits = (word &+ ones &* (0x80 - 0x30)) & ~(word &+ ones &* (0x80 - 0x3A))
  let letters = (word &+ ones &* (0x80 - 0x61)) & ~(word &+ ones &* (0x80 - 0x67))
  guard (digits | letters) & high == high else { return nil }
  let nibbles = (word & (ones &* 0x0F)) &+ ((word &>> 6) & ones) &* 9
  let pairs = ((nibbles &<< 4) | (nibbles &>> 8)) & 0x00FF_00FF_00FF_00FF
  let fours = ((pairs &<< 8) | (pairs &>> 16)) & 0x0000_FFFF_0000_FFFF
  return UInt32(truncatingIfNeeded: (fours &<< 16) | (fours &>> 32))
}

/// Whether 16 bytes are lower-case hexadecimal digits.
@inline(__always)
func areHexadecimal(_ start: Cursor) -> Bool {
  let block = start.block
  let digits = (block &+ SIMD16(repeating: 0x80 - 0x30)) & ~(block &+ SIMD16(repeating: 0x80 - 0x3A))
  let letters = (block &+ SIMD16(repeating: 0x80 - 0x61)) & ~(block &+ SIMD16(repeating: 0x80 - 0x67))
  let misses = ~(digits | letters) | block
  let words = unsafe unsafeBitCast(misses, to: SIMD2<UInt64>.self)
  return (words.x | words.y) & 0x8080_8080_8080_8080 == 0
}

/// What an event is known by that has an id, of which the 32 digits begin at `start`; never 0.
@inline(__always)
func eventIdentity(_ start: Cursor) -> UInt64 {
  return mixed(
    mixed(start.word ^ 0xa076_1d64_78bd_642f, (start + 8).word ^ 0xe703_7ed1_a0b4_28db),
    mixed((start + 16).word ^ 0x8ebc_6af0_9c88_c6e3, (start + 24).word ^ 0x5899_65cc_7537_4cc3)) | 1
}

/// What an event without an id is known by: its line without a carriage return at its end; never 0.
func lineIdentity(_ start: Cursor, _ end: Cursor) -> UInt64 {
  let isReturned = end > start && (end - 1).byte == 0x0D
  return hash(start, end - start - (isReturned ? 1 : 0)) | 1
}

/// Reads timestamps; remembers the last day, because the lines of a log are mostly of one.
struct DayCache {
  /// The first eight and the last eight bytes of `YYYY-MM-DDT`.
  private var head: UInt64 = 0
  private var tail: UInt64 = 0
  /// Its midnight in microseconds since the epoch.
  private var midnight: Int64 = 0

  /// The time written as `2025-10-08T16:21:54.536702+00:00` with a closing quote, on the remembered day; nil otherwise.
  @inline(__always)
  func time(_ start: Cursor) -> Int64? {
    let clock = (start + 11).word ^ Self.clockShape
    let fraction = (start + 19).word ^ Self.fractionShape
    let isShaped = ((clock &+ Self.clockLimits) | (fraction &+ Self.fractionLimits) | clock | fraction)
    guard isShaped & 0x8080_8080_8080_8080 == 0, start.word == head,
      (start + 3).word == tail, (start + 26).matches("+00:00\"")
    else { return nil }
    let hour = digit(clock, 0) &* 10 &+ digit(clock, 1)
    let minute = digit(clock, 3) &* 10 &+ digit(clock, 4)
    let second = digit(clock, 6) &* 10 &+ digit(clock, 7)
    guard hour < 24, minute < 60, second <= 60 else { return nil }
    let thousands = (digit(fraction, 1) &* 10 &+ digit(fraction, 2)) &* 10 &+ digit(fraction, 3)
    let units = (digit(fraction, 4) &* 10 &+ digit(fraction, 5)) &* 10 &+ digit(fraction, 6)
    return midnight &+ ((hour &* 60 &+ minute) &* 60 &+ second) &* 1_000_000 &+ thousands &* 1_000 &+ units
  }

  /// The time written in any way that is read at all; nil when it is none.
  @inline(never)
  mutating func unusualTime(_ start: Cursor, _ count: Int) -> Int64? {
    let bytes = start.bytes(count)
    guard let time = Timestamp(utf8: bytes.span) else { return nil }
    // A leap second would be taken for the next day's midnight.
    if count == 32, bytes[10] == UInt8(ascii: "T"), bytes[17] != UInt8(ascii: "6"), (start + 26).matches("+00:00") {
      head = start.word
      tail = (start + 3).word
      let day: Int64 = 86_400_000_000
      midnight = time.microseconds - (time.microseconds % day + day) % day
    }
    return time.microseconds
  }

  @inline(__always) private func digit(_ word: UInt64, _ place: UInt64) -> Int64 {
    Int64(truncatingIfNeeded: (word &>> (place &* 8)) & 0xFF)
  }

  // Bytes from the lowest: digits become 0 to 9 and punctuation 0. Adding the limits sets the high bit of a byte that
  // is neither, or, with a carry, of the one after it, which a high bit of the byte itself gives away already.
  private static let clockShape: UInt64 = 0x3030_3A30_303A_3030
  private static let clockLimits: UInt64 = 0x7676_7F76_767F_7676
  private static let fractionShape: UInt64 = 0x2B30_3030_3030_302E
  private static let fractionLimits: UInt64 = 0x7F76_7676_7676_767F
}
