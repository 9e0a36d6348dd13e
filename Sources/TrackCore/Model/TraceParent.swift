/// A place in a trace, as `TRACEPARENT` names it to whoever works on from there.
///
/// The source is W3C Trace Context, level 1 with the random flag of level 2; the variables are those of OpenTelemetry's
/// environment variable carriers.
public struct TraceParent: Hashable, Sendable, CustomStringConvertible {
  /// The trace.
  public let trace: TraceID
  /// The span that is the parent of what works on from here.
  public let span: SpanID
  /// Whether the trace is recorded, and whether its id is random.
  public let flags: TraceFlags

  /// Makes a place of its parts.
  init(trace: TraceID, span: SpanID, flags: TraceFlags) {
    self.trace = trace
    self.span = span
    self.flags = flags
  }

  /// Reads a `traceparent`; nil when it is malformed, and then a trace starts anew.
  ///
  /// Of versions that are not known yet the fields of version 00 count; what follows them is passed over.
  public init?(_ text: String) {
    let fields = text.utf8
    guard fields.count >= Self.length, fields.prefix(Self.length).allSatisfy({ $0 < 0x80 }) else { return nil }
    let parts = text.split(separator: "-", maxSplits: 4, omittingEmptySubsequences: false)
    guard parts.count >= 4, parts[0].utf8.count == 2, let version = number(ofHexadecimal: parts[0].utf8),
      version != 0xFF,
      fields.count == Self.length || (version > 0 && parts.count == 5),
      let trace = TraceID(parts[1]), let span = SpanID(parts[2]), let flags = TraceFlags(parts[3])
    else { return nil }
    self.init(trace: trace, span: span, flags: flags)
  }

  /// Whether `text` is a valid `traceparent` of the same trace: what came along with it then holds here, too.
  package func continues(_ text: String?) -> Bool { text.flatMap { Self($0) }?.trace == trace }

  /// The length of a `traceparent` of version 00, in bytes.
  private static let length = 55

  /// The `traceparent`, of version 00.
  public var description: String { "00-\(trace)-\(span)-\(flags)" }
}

/// The flags of a trace, written as two hexadecimal digits.
public struct TraceFlags: Hashable, Sendable, CustomStringConvertible {
  private let bits: UInt8

  /// The flags that are passed on: sampled and random; all others are reserved and to be zero.
  private static let known: UInt8 = 0x03
  /// The trace is recorded.
  public static let sampled = TraceFlags(bits: 0x01)

  private init(bits: UInt8) { self.bits = bits }

  /// Reads two lower-case hexadecimal digits; nil when `text` is not that.
  public init?(_ text: some StringProtocol) {
    let digits = Substring(text).utf8
    guard digits.count == 2, let bits = number(ofHexadecimal: digits) else { return nil }
    self.init(bits: UInt8(bits) & Self.known)
  }

  /// The flags as a number.
  package var value: UInt8 { bits }

  /// Two lower-case hexadecimal digits.
  public var description: String { hexadecimal(UInt64(bits), digits: 2) }
}
