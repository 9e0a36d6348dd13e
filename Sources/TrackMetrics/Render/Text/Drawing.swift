/// Small pictures of numbers in a line of text.
extension TextStyle {
  /// A bar of `columns` columns of which `part` is filled, to an eighth of a column; nothing of nothing.
  package func bar(_ part: Double, columns: Int) -> String {
    guard part > 0, columns > 0 else { return "" }
    let eighths = max(1, Int((min(1, part) * Double(columns * 8)).rounded()))
    guard unicode else { return String(repeating: "#", count: max(1, (eighths + 4) / 8)) }
    let partial = eighths % 8
    let last = partial == 0 ? "" : String(Unicode.Scalar(0x2590 - UInt32(partial)) ?? " ")
    return String(repeating: "█", count: eighths / 8) + last
  }

  /// A column per value, as high as its part of `top`, else of the largest; what is not known is left empty.
  package func sparkline(_ values: [Double?], top: Double? = nil) -> String {
    let largest = top ?? values.compactMap(\.self).max() ?? 0
    return values.reduce(into: "") { line, value in
      guard let value else {
        line += unicode ? "·" : " "
        return
      }
      line += level(largest > 0 ? min(1, max(0, value / largest)) : 0)
    }
  }

  private func level(_ part: Double) -> String {
    let step = part == 0 ? 0 : min(7, max(1, Int((part * 7).rounded())))
    guard unicode else { return String(Array("_.:-=+*#")[step]) }
    return String(Unicode.Scalar(0x2581 + UInt32(step)) ?? " ")
  }
}
