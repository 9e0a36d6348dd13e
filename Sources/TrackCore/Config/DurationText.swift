extension Duration {
  /// The longest duration a text can say: 100 years, so that its nanoseconds fit 64 bits.
  private static let longest: Duration = .seconds(36_500 * 86_400)

  /// Reads a duration as people write it: whole seconds, or `500ms 90s 15m 1h 2d`.
  ///
  /// One number of 1 to 9 digits without leading zeros and at most one unit; nil for anything else and for more than
  /// 100 years.
  public init?(durationText text: String) {
    guard let (number, unit) = quantity(text) else { return nil }
    let duration: Duration
    switch unit {
    case "ms": duration = .milliseconds(number)
    case "", "s": duration = .seconds(number)
    case "m": duration = .seconds(number * 60)
    case "h": duration = .seconds(number * 3_600)
    case "d": duration = .seconds(number * 86_400)
    default: return nil
    }
    guard duration <= Self.longest else { return nil }
    self = duration
  }
}

/// A number of bytes as people write it.
package enum SizeText {
  /// Reads bytes, or a number with a unit: `K KiB`, `M MiB`, `G GiB`, `T TiB` are powers of 1024, `KB MB GB TB` of 1000.
  package static func bytes(_ text: String) -> Int64? {
    guard let (number, unit) = quantity(text) else { return nil }
    let factor: Int64
    switch unit {
    case "", "B": factor = 1
    case "K", "KiB": factor = 1 << 10
    case "M", "MiB": factor = 1 << 20
    case "G", "GiB": factor = 1 << 30
    case "T", "TiB": factor = 1 << 40
    case "KB": factor = 1_000
    case "MB": factor = 1_000_000
    case "GB": factor = 1_000_000_000
    case "TB": factor = 1_000_000_000_000
    default: return nil
    }
    let (size, overflow) = number.multipliedReportingOverflow(by: factor)
    return overflow ? nil : size
  }
}

/// The number of 1 to 9 digits at the beginning of `text`, without leading zeros, and what follows it.
///
/// All of it is ASCII: texts are compared as Unicode sees them, and there the Kelvin sign is a K.
private func quantity(_ text: String) -> (number: Int64, unit: Substring)? {
  let digits = text.utf8.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
  guard (1...9).contains(digits.count), digits.count == 1 || digits.first != UInt8(ascii: "0"),
    let number = Int64(Substring(digits)), text.utf8.allSatisfy({ $0 < 0x80 })
  else { return nil }
  return (number, text[digits.endIndex...])
}
