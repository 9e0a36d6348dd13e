/// A count as people read it, in groups of three from 10 000 on: `9999`, `10 000`, `1 234 567`.
///
/// The spaces are no-break spaces (U+00A0), so that no line is broken within a number; a renderer for ASCII shows them
/// as plain ones.
func countText(_ count: Int) -> String {
  let digits = String(count.magnitude)
  guard digits.utf8.count > 4 else { return String(count) }
  var text = count < 0 ? "-" : ""
  for (place, digit) in digits.enumerated() {
    if place > 0, (digits.utf8.count - place) % 3 == 0 { text += "\u{A0}" }
    text.append(digit)
  }
  return text
}
