/// The part of the work that is done, as people write it: `0.5`, `1`, `50%`, `3/10`.
package enum PartDone {
  /// Whether a word is meant as a number, though it may be none: it holds a digit and what numbers are made of.
  package static func looksLikeNumber(_ word: ArraySlice<UInt8>) -> Bool {
    var hasDigit = false
    for byte in word {
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): hasDigit = true
      case UInt8(ascii: "."), UInt8(ascii: ","), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "/"),
        UInt8(ascii: "%"), UInt8(ascii: "e"), UInt8(ascii: "E"):
        continue
      default: return isNumberOfFloatingPoint(word)
      }
    }
    return hasDigit
  }

  /// The part a word tells, from 0 to 1; nil when it tells none.
  package static func value(_ word: ArraySlice<UInt8>) -> Double? {
    let value: Double?
    if word.last == UInt8(ascii: "%") {
      value = number(word.dropLast()).map { $0 / 100 }
    } else if let slash = word.firstIndex(of: UInt8(ascii: "/")) {
      let whole = number(word[(slash + 1)...]) ?? 0
      value = whole > 0 ? number(word[..<slash]).map { $0 / whole } : nil
    } else {
      value = number(word)
    }
    guard let value, value >= 0, value <= 1 else { return nil }
    return value
  }

  /// What is neither finite nor a part of anything, but surely no message.
  private static func isNumberOfFloatingPoint(_ word: ArraySlice<UInt8>) -> Bool {
    guard word.count <= 9 else { return false }
    let unsigned = word.drop { $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "+") }
    return ["nan", "inf", "infinity"].contains(String(decoding: unsigned, as: UTF8.self).lowercased())
  }

  private static func number(_ digits: ArraySlice<UInt8>) -> Double? {
    if let plain = plainNumber(digits) { return plain }
    guard looksLikeNumber(digits) else { return nil }
    return Double(String(decoding: digits, as: UTF8.self)).flatMap { $0.isFinite ? $0 : nil }
  }

  /// The value of at most fifteen digits with at most one point between them; nil for what is written otherwise.
  ///
  /// Both the digits and the power of ten are then exact, so that their quotient is the nearest value (Clinger, How to
  /// Read Floating Point Numbers Accurately, 1990).
  private static func plainNumber(_ text: ArraySlice<UInt8>) -> Double? {
    guard let first = text.first, let last = text.last, first != point, last != point, text.count <= 16 else {
      return nil
    }
    var (value, scale, digits) = (0, 0, 0)
    for byte in text {
      if byte == point, scale == 0 {
        scale = 1
      } else {
        guard byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") else { return nil }
        value = value * 10 + Int(byte - UInt8(ascii: "0"))
        digits += 1
        if scale > 0 { scale *= 10 }
      }
    }
    guard digits <= 15 else { return nil }
    return scale > 1 ? Double(value) / Double(scale) : Double(value)
  }

  private static let point = UInt8(ascii: ".")
}
