/// The identity of an event: a UUID of version 7 (RFC 9562), written as 32 hexadecimal digits.
///
/// The same id stands in every stream that holds the event; a line whose id was seen before is a repeat.
public struct EventID: Hashable, Sendable, CustomStringConvertible {
  /// The first 8 bytes: 48 bits of milliseconds since the epoch, the version, 12 random bits.
  let high: UInt64
  /// The last 8 bytes: the variant and 62 random bits.
  let low: UInt64

  /// Makes an id of a time and 74 random bits.
  init(time: Timestamp, random: (UInt64, UInt64)) {
    let milliseconds = UInt64(clamping: time.microseconds.floorDivided(by: 1_000))
    high = (milliseconds << 16) | 0x7000 | (random.0 & 0x0FFF)
    low = 0x8000_0000_0000_0000 | (random.1 & 0x3FFF_FFFF_FFFF_FFFF)
  }

  private init(high: UInt64, low: UInt64) { (self.high, self.low) = (high, low) }

  /// The id after this one, of the same millisecond: as new as it, for it is drawn from the same random bits.
  ///
  /// RFC 9562, 6.2, method 2. Events that are made together get ids in their order.
  var successor: EventID {
    EventID(high: high, low: 0x8000_0000_0000_0000 | ((low &+ 1) & 0x3FFF_FFFF_FFFF_FFFF))
  }

  /// Reads 32 hexadecimal digits; nil when `text` is not that.
  public init?(_ text: String) {
    guard text.utf8.count == 32, let high = number(ofHexadecimal: text.utf8.prefix(16)),
      let low = number(ofHexadecimal: text.utf8.suffix(16))
    else { return nil }
    (self.high, self.low) = (high, low)
  }

  /// 32 lower-case hexadecimal digits.
  public var description: String { hexadecimal(high, digits: 16) + hexadecimal(low, digits: 16) }

  /// Appends the written form.
  func write(to text: inout [UInt8]) {
    text.appendHexadecimal(high, digits: 16)
    text.appendHexadecimal(low, digits: 16)
  }
}
