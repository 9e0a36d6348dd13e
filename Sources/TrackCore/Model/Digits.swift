/// The low `digits` hexadecimal digits of `value`, lower case, zero-padded.
package func hexadecimal(_ value: UInt64, digits: Int) -> String {
  var text: [UInt8] = []
  text.appendHexadecimal(value, digits: digits)
  return String(decoding: text, as: UTF8.self)
}

/// The number that lower-case hexadecimal digits stand for; nil when there are none, more than 16, or other bytes.
func number(ofHexadecimal digits: Substring.UTF8View) -> UInt64? {
  guard (1...16).contains(digits.count) else { return nil }
  var number: UInt64 = 0
  for byte in digits {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): number = number << 4 | UInt64(byte - UInt8(ascii: "0"))
    case UInt8(ascii: "a")...UInt8(ascii: "f"): number = number << 4 | UInt64(byte - UInt8(ascii: "a") + 10)
    default: return nil
    }
  }
  return number
}

/// `value` in decimal, zero-padded to at least `digits` digits; `value` is not negative.
package func decimal(_ value: Int, digits: Int) -> String {
  let text = String(value)
  return String(repeating: "0", count: max(0, digits - text.utf8.count)) + text
}

extension [UInt8] {
  /// Appends the low `digits` hexadecimal digits of `value`, lower case, zero-padded.
  mutating func appendHexadecimal(_ value: UInt64, digits: Int) {
    for place in (0..<UInt64(digits)).reversed() {
      let digit = UInt8(truncatingIfNeeded: value >> (4 * place)) & 0xF
      append(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") - 10 + digit)
    }
  }

  /// Appends `value`, which is not negative and has no more than `digits` digits, in decimal and zero-padded.
  mutating func appendDecimal(_ value: Int, digits: Int) {
    var divisor = 1
    for _ in 1..<digits { divisor *= 10 }
    while divisor > 0 {
      append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: value / divisor % 10))
      divisor /= 10
    }
  }
}

extension Int64 {
  /// The difference from `other`, also where 64 bits do not hold it: a damaged record may tell any time.
  func difference(from other: Int64) -> Double {
    let (difference, overflow) = subtractingReportingOverflow(other)
    return overflow ? Double(self) - Double(other) : Double(difference)
  }

  /// The quotient rounded towards minus infinity, so that times before 1970 stay in order.
  package func floorDivided(by divisor: Int64) -> Int64 {
    let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? quotient - 1 : quotient
  }
}
