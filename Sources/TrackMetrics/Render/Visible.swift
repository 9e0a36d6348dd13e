import TrackCore

extension Unicode.Scalar {
  /// Whether it is to be seen and does nothing: no control, no line end, no bidirectional control, nothing that hides.
  var isHarmless: Bool {
    if isASCII { return value >= 0x20 && value != 0x7F }
    guard !actsOnTerminals else { return false }
    switch properties.generalCategory {
    // The joiner holds emoji of several parts together; every other format character only hides.
    case .format: return value == 0x200D
    case .control, .lineSeparator, .paragraphSeparator, .surrogate: return false
    default: return true
    }
  }

  /// The scalar as it is told where it may not stand: `\u{1b}`.
  var escaped: String { "\\u{\(String(value, radix: 16))}" }
}

/// Text of any origin with everything that could act on its reader told as `\u{1b}`.
func visible(_ text: String) -> String {
  if text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) { return text }
  return text.unicodeScalars.reduce(into: "") { safe, scalar in
    if scalar.isHarmless { safe.unicodeScalars.append(scalar) } else { safe += scalar.escaped }
  }
}
