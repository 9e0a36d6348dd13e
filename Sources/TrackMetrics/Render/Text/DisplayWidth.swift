/// The columns that a terminal gives to text, by UAX 11 (East Asian Width) and UTS 51 (emoji).
///
/// A cluster is as wide as its widest scalar: combining marks and what is joined to an emoji take no room of their own.
extension StringProtocol {
  /// The columns that all clusters together take.
  package var displayWidth: Int {
    utf8.allSatisfy { $0 < 0x80 } ? utf8.count : reduce(0) { $0 + $1.displayWidth }
  }
}

extension Character {
  /// 0, 1 or 2 columns.
  var displayWidth: Int {
    var width = 0
    for scalar in unicodeScalars {
      // The selector asks for the coloured, wide form of what stands before it.
      if scalar.value == 0xFE0F, let base = unicodeScalars.first, !base.isASCII, base.properties.isEmoji { return 2 }
      width = Swift.max(width, scalar.displayWidth)
    }
    return width
  }
}

extension Unicode.Scalar {
  /// 0 for what combines or is not shown, 2 for what is wide, else 1.
  var displayWidth: Int {
    if value < 0x300 { return value == 0xAD ? 0 : 1 }
    switch properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format: return 0
    default: break
    }
    if (0x1160...0x11FF).contains(value) || (0xD7B0...0xD7FF).contains(value) { return 0 }
    return properties.isEmojiPresentation || isWide ? 2 : 1
  }

  /// Whether its East Asian Width is W or F; emoji are told by their own property.
  private var isWide: Bool {
    var (low, high) = (0, Self.wide.count)
    while low < high {
      let middle = (low + high) / 2
      if Self.wide[middle].upperBound < value { low = middle + 1 } else { high = middle }
    }
    return low < Self.wide.count && Self.wide[low].contains(value)
  }

  /// The wide blocks of Unicode 15; code points in them that are not assigned yet count as wide, as UAX 11 says.
  private static let wide: [ClosedRange<UInt32>] = [
    0x1100...0x115F, 0x231A...0x231B, 0x2329...0x232A, 0x2E80...0x303E, 0x3041...0x3247, 0x3250...0x4DBF,
    0x4E00...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE10...0xFE19, 0xFE30...0xFE6F,
    0xFF01...0xFF60, 0xFFE0...0xFFE6, 0x16FE0...0x18DFF, 0x1AFF0...0x1B2FF, 0x1F200...0x1F202, 0x1F210...0x1F23B,
    0x1F240...0x1F248, 0x1F250...0x1F251, 0x1F260...0x1F265, 0x20000...0x2FFFD, 0x30000...0x3FFFD,
  ]
}
