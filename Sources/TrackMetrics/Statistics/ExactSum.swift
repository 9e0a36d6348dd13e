/// A sum of seconds that does not depend on the order of adding: whole nanoseconds in 128 bits.
///
/// A sum of floating-point numbers shows in its last digits in what order the lines were read.
struct ExactSum: Hashable, Sendable {
  /// The longest time that is added as it is, about 31,700 years; more counts as this.
  static let longest = 1e12

  private var nanoseconds: Int128 = 0

  /// Adds a time that is not negative.
  mutating func add(_ seconds: Double) {
    if seconds < 9e9 {
      nanoseconds += Int128(Int64((seconds * 1e9).rounded()))
    } else {
      nanoseconds += Int128(Int64(min(seconds, Self.longest).rounded())) * 1_000_000_000
    }
  }

  /// Adds another sum, or takes it away.
  mutating func add(_ other: ExactSum, _ sign: Sign) {
    nanoseconds += Int128(sign.rawValue) * other.nanoseconds
  }

  /// The sum in seconds.
  var seconds: Double { Double(nanoseconds) / 1e9 }

  /// The sum as text that nothing is lost of.
  var text: String { String(nanoseconds) }

  init() {}

  /// Reads the text of a sum; nil when it is none.
  init?(text: String) {
    guard let nanoseconds = Int128(text) else { return nil }
    self.nanoseconds = nanoseconds
  }
}
