/// The identity of a trace: 16 bytes that are not all zero, written as 32 hexadecimal digits.
///
/// The corresponding field is `trace-id` of W3C Trace Context.
public struct TraceID: Hashable, Sendable, CustomStringConvertible {
  private let high: UInt64
  private let low: UInt64

  /// Makes an id of 128 bits; the all-zero ones become another, for they are no id.
  init(_ high: UInt64, _ low: UInt64) {
    self.high = high
    self.low = high == 0 && low == 0 ? 1 : low
  }

  /// Reads 32 lower-case hexadecimal digits; nil when `text` is not that or is all zeros.
  public init?(_ text: some StringProtocol) {
    let digits = Substring(text).utf8
    guard digits.count == 32, let high = number(ofHexadecimal: digits.prefix(16)),
      let low = number(ofHexadecimal: digits.suffix(16)), high != 0 || low != 0
    else { return nil }
    self.init(high, low)
  }

  /// A new id.
  static func random() -> TraceID { TraceID(.random(in: .min ... .max), .random(in: .min ... .max)) }

  /// 32 lower-case hexadecimal digits.
  public var description: String { hexadecimal(high, digits: 16) + hexadecimal(low, digits: 16) }
}

/// The identity of a span within its trace: 8 bytes that are not all zero, written as 16 hexadecimal digits.
///
/// The corresponding field is `parent-id` of W3C Trace Context.
public struct SpanID: Hashable, Sendable, CustomStringConvertible {
  private let value: UInt64

  /// Makes an id of 64 bits; the all-zero ones become another, for they are no id.
  init(_ value: UInt64) { self.value = max(value, 1) }

  /// Reads 16 lower-case hexadecimal digits; nil when `text` is not that or is all zeros.
  public init?(_ text: some StringProtocol) {
    let digits = Substring(text).utf8
    guard digits.count == 16, let value = number(ofHexadecimal: digits), value != 0 else { return nil }
    self.init(value)
  }

  /// A new id.
  static func random() -> SpanID { SpanID(.random(in: 1 ... .max)) }

  /// 16 lower-case hexadecimal digits.
  public var description: String { hexadecimal(value, digits: 16) }
}
