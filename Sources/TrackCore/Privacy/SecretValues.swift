/// Values that are known to be secrets, such as those of environment variables with a secret's name.
package struct SecretValues: Sendable {
  private let values: [[UInt8]]

  /// The shortest value, and part of one, that is looked for: shorter ones stand in too many words.
  static let minimumLength = 8

  /// Takes the values that are long enough.
  package init(_ values: [String]) {
    self.values = values.filter { $0.utf8.count >= Self.minimumLength }.map { Array($0.utf8) }
  }

  /// Whether a value can begin with `byte`.
  func canBegin(with byte: UInt8) -> Bool { values.contains { $0.first == byte } }

  /// The first two bytes of every value.
  var beginnings: [(UInt8, UInt8)] { values.map { ($0[0], $0[1]) } }

  /// The value that stands at `position`, or what a bound has left of it.
  func match(_ text: ScannedText, at position: Int) -> Range<Int>? {
    for value in values where text[position] == value[0] {
      let length = value.indices.first { text[position + $0] != value[$0] } ?? value.count
      let end = position + length
      let isCut = length >= Self.minimumLength && (end == text.end || text.has("…", at: end))
      if length == value.count || isCut { return position..<end }
    }
    return nil
  }

  /// `line` without the values.
  package func removed(from line: String) -> String {
    guard !values.isEmpty else { return line }
    let text = ScannedText(bytes: Array(line.utf8))
    var output: [UInt8] = []
    var position = 0
    while position < text.end {
      if let range = match(text, at: position) {
        output.append(contentsOf: Finding(range, rule: "env").replacement.utf8)
        position = range.upperBound
      } else {
        output.append(text.bytes[position])
        position += 1
      }
    }
    return String(decoding: output, as: UTF8.self)
  }
}
