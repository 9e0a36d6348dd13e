/// `text` on one line: no secret, at most `maximumLength` characters, nothing that acts on a terminal.
///
/// It is for messages, which end up in logs of their own. Secrets are taken out before the rest is cut, as half a secret
/// has no format any more. Names of people stay: a message must name the path it is about.
package func excerpt(_ text: String, maximumLength: Int = 40) -> String {
  var line = ""
  for (position, scalar) in Sanitizer.messages.text(text).unicodeScalars.enumerated() {
    guard position < maximumLength else { return line + "…" }
    if scalar.actsOnTerminals {
      line += "\\u{" + String(scalar.value, radix: 16, uppercase: true) + "}"
    } else {
      line.unicodeScalars.append(scalar)
    }
  }
  return line
}

extension Sanitizer {
  /// Made when the first message needs it.
  fileprivate static let messages = Sanitizer(redactor: .ofMessages)
}
