/// `text` on one line: at most `maximumLength` characters, nothing that acts on a terminal.
package func excerpt(_ text: String, maximumLength: Int = 40) -> String {
  var line = ""
  for (position, scalar) in text.unicodeScalars.enumerated() {
    guard position < maximumLength else { return line + "…" }
    if scalar.actsOnTerminals {
      line += "\\u{" + String(scalar.value, radix: 16, uppercase: true) + "}"
    } else {
      line.unicodeScalars.append(scalar)
    }
  }
  return line
}
