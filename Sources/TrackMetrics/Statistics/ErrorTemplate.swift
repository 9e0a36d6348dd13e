/// Makes errors comparable: what differs from case to case is replaced, so that the same trouble counts once.
///
/// Quoted texts become `<text>`; UUIDs, hexadecimal numbers and ids that hold a long number `<id>`; paths and URLs
/// `<path>`; dates and times of day `<time>`; numbers with a unit of time `<duration>`; other numbers `<n>`. Digits that
/// belong to a word stay (`utf8`, `E1101`). Of several lines the first counts, of a Python traceback the last.
package enum ErrorTemplate {
  /// How many templates a table holds; what comes after counts as `NameTable.other`.
  package static let tableLimit = 4_096
  /// The longest template in bytes; more is cut.
  package static let maximumLength = 200

  /// The template of an error.
  package static func of(_ text: String) -> String { String(decoding: of(Array(text.utf8)), as: UTF8.self) }

  /// The template of an error in UTF-8.
  static func of(_ text: [UInt8]) -> [UInt8] {
    var template: [UInt8] = []
    template.reserveCapacity(2 * maximumLength)
    let bytes = line(of: text)
    var position = bytes.startIndex
    while position < bytes.endIndex, template.count < maximumLength {
      let byte = bytes[position]
      if isBlank(byte) {
        if let last = template.last, last != space { template.append(space) }
        position += 1
      } else if let end = endOfQuote(bytes, from: position) {
        template += "<text>".utf8
        position = end
      } else if isWordPart(byte) {
        var end = position + 1
        while end < bytes.endIndex, isWordPart(bytes[end]) { end += 1 }
        append(bytes[position..<end], to: &template)
        position = end
      } else {
        template.append(byte)
        position += 1
      }
    }
    while template.last == space { template.removeLast() }
    cut(&template)
    return joiningUnits(template)
  }

  private static let space = UInt8(ascii: " ")

  /// The line that tells what went wrong.
  private static func line(of text: [UInt8]) -> ArraySlice<UInt8> {
    let first = text.drop(while: isLineEnd).prefix { !isLineEnd($0) }
    guard first.starts(with: "Traceback (most recent call last)".utf8),
      let last = text.lastIndex(where: { !isLineEnd($0) })
    else { return first }
    let start = text[...last].lastIndex(where: isLineEnd).map { $0 + 1 } ?? 0
    return text[start...last]
  }

  private static func isLineEnd(_ byte: UInt8) -> Bool { byte == 0x0A || byte == 0x0D }

  /// The end of a quoted text that begins here; an apostrophe within a word begins none.
  private static func endOfQuote(_ bytes: ArraySlice<UInt8>, from start: Int) -> Int? {
    let quote = bytes[start]
    guard quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") || quote == UInt8(ascii: "`"),
      start == bytes.startIndex || !isAlphanumeric(bytes[start - 1])
    else { return nil }
    var end = start + 1
    while end < bytes.endIndex {
      if bytes[end] == quote, end + 1 == bytes.endIndex || !isAlphanumeric(bytes[end + 1]) { return end + 1 }
      end += 1
    }
    return nil
  }

  private static func cut(_ template: inout [UInt8]) {
    guard template.count > maximumLength else { return }
    let end = template[...maximumLength].lastIndex { $0 & 0xC0 != 0x80 } ?? maximumLength
    template.replaceSubrange(end..., with: "...".utf8)
  }

  /// A number and a unit of time that stand apart are a duration as well.
  private static func joiningUnits(_ template: [UInt8]) -> [UInt8] {
    guard holdsNumber(template) else { return template }
    var joined: [UInt8] = []
    joined.reserveCapacity(2 * maximumLength)
    var (position, followsNumber) = (0, false)
    while true {
      let word = template[position...].prefix { $0 != space }
      if followsNumber, let unit = unit(word) {
        joined.removeLast(number.count + 1)
        joined += "<duration>".utf8
        joined += word[unit...]
        followsNumber = false
      } else {
        joined += word
        followsNumber = word.elementsEqual(number)
      }
      guard word.endIndex < template.endIndex else { return joined }
      joined.append(space)
      position = word.endIndex + 1
    }
  }

  private static let number = Array("<n>".utf8)

  /// Whether a number stands before a blank.
  private static func holdsNumber(_ template: [UInt8]) -> Bool {
    template.indices.dropFirst(3).contains {
      template[$0] == space && template[$0 - 1] == 0x3E && template[$0 - 2] == 0x6E && template[$0 - 3] == 0x3C
    }
  }

  /// The end of the unit of time that a word consists of but for punctuation at its end.
  private static func unit(_ word: ArraySlice<UInt8>) -> Int? {
    let unit = word.prefix(while: isLetter)
    let isUnit = ErrorWord.isTimeUnit(unit)
    guard isUnit, String(decoding: word[unit.endIndex...], as: UTF8.self).allSatisfy(\.isPunctuation) else {
      return nil
    }
    return unit.endIndex
  }

  /// Appends what a word becomes, with the punctuation around it.
  private static func append(_ bytes: ArraySlice<UInt8>, to template: inout [UInt8]) {
    var word = bytes
    while let last = word.last, isPunctuation(last) { word.removeLast() }
    let tail = bytes[word.endIndex...]
    if !word.contains(where: isDigitOrSlash) {
      template += word
    } else if isPlainNumber(word) {
      template += number
    } else {
      template += ErrorWord.template(of: word)
    }
    template += tail
  }

  private static func isPunctuation(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: ".") || byte == UInt8(ascii: ":") || byte == UInt8(ascii: "/") || byte == UInt8(ascii: "-")
  }

  private static func isDigitOrSlash(_ byte: UInt8) -> Bool { isDigit(byte) || byte == UInt8(ascii: "/") }

  /// Digits and points, beginning with a digit, which are never more than a number.
  private static func isPlainNumber(_ word: ArraySlice<UInt8>) -> Bool {
    word.first.map(isDigit) ?? false && word.allSatisfy { isDigit($0) || $0 == UInt8(ascii: ".") }
  }

  private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }

  private static func isWordPart(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "."), UInt8(ascii: ":"), UInt8(ascii: "/"), UInt8(ascii: "@"), UInt8(ascii: "~"),
      UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "%"), UInt8(ascii: "\\"), UInt8(ascii: "_"):
      true
    default: isAlphanumeric(byte) || byte >= 0x80
    }
  }
}

func isAlphanumeric(_ byte: UInt8) -> Bool { isDigit(byte) || isLetter(byte) }

func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

func isLetter(_ byte: UInt8) -> Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20) }
