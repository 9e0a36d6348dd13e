/// What one word of an error becomes in its template.
enum ErrorWord {
  private static let timeUnits: Set<[UInt8]> = Set(
    [
      "ns", "us", "ms", "s", "sec", "secs", "second", "seconds", "m", "min", "mins", "minute", "minutes", "h", "hour",
      "hours", "d", "day", "days", "milliseconds",
    ].map { Array($0.utf8) })

  /// Whether a word is a unit of time.
  static func isTimeUnit(_ word: ArraySlice<UInt8>) -> Bool {
    (1...12).contains(word.count) && timeUnits.contains(Array(word))
  }

  /// The template of a word without blanks and without punctuation at its end.
  static func template(of word: ArraySlice<UInt8>) -> [UInt8] {
    if isPath(word) { return Array("<path>".utf8) + place(after: word) }
    guard word.contains(where: isDigit) else { return Array(word) }
    if isTime(word) { return Array("<time>".utf8) }
    if isUUID(word) || isHexadecimalID(word) || holdsLongNumber(word) { return id }
    if isDuration(word) { return Array("<duration>".utf8) }
    return withoutNumbers(word)
  }

  private static let id = Array("<id>".utf8)

  /// Where a path begins, or has several parts or a file's name at its end; `and/or` and `1/2` are no paths.
  private static func isPath(_ word: ArraySlice<UInt8>) -> Bool {
    let slash = UInt8(ascii: "/")
    guard word.contains(slash) else { return false }
    if word.first == slash || word.first == UInt8(ascii: "~") || word.first == UInt8(ascii: ".") { return true }
    let parts = word.split(separator: slash)
    return parts.count > 2 || (parts.last?.contains(UInt8(ascii: ".")) ?? false && word.contains(where: isLetter))
  }

  /// The line and column behind a path.
  private static func place(after word: ArraySlice<UInt8>) -> [UInt8] {
    let numbers = word.split(separator: UInt8(ascii: ":")).dropFirst().filter { $0.allSatisfy(isDigit) }
    return numbers.flatMap { _ in Array(":<n>".utf8) }
  }

  private static func isUUID(_ word: ArraySlice<UInt8>) -> Bool {
    let parts = word.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
    return parts.map(\.count) == [8, 4, 4, 4, 12] && parts.allSatisfy { $0.allSatisfy(isHexadecimal) }
  }

  /// `0x…`, or seven and more hexadecimal digits that are neither all digits nor all letters, as commit ids are.
  private static func isHexadecimalID(_ word: ArraySlice<UInt8>) -> Bool {
    if word.starts(with: Array("0x".utf8)), word.count > 2 { return word.dropFirst(2).allSatisfy(isHexadecimal) }
    return word.count >= 7 && word.allSatisfy(isHexadecimal) && word.contains(where: isDigit)
      && word.contains(where: isLetter)
  }

  /// An id such as `exec-1759940510-test-1` or `req_8f3a9c21`: parts, of which one is a long number or hexadecimal.
  private static func holdsLongNumber(_ word: ArraySlice<UInt8>) -> Bool {
    let parts = word.split { $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_") }
    guard parts.count > 1, word.allSatisfy({ isAlphanumeric($0) || $0 == 0x2D || $0 == 0x5F || $0 == 0x2E }) else {
      return false
    }
    return parts.contains { ($0.count >= 4 && $0.allSatisfy(isDigit)) || isHexadecimalID($0) }
  }

  /// A date, a time of day, or both: digits with `-`, `:`, `T`, `Z` and a fraction between them.
  private static func isTime(_ word: ArraySlice<UInt8>) -> Bool {
    let isMade = word.allSatisfy { isDigit($0) || "-:.+TZ".utf8.contains($0) }
    let parts = word.split { !isDigit($0) }
    let isDate = parts.count >= 3 && parts[0].count == 4 && parts[1].count == 2 && parts[2].count >= 2
    let isClock = parts.count >= 3 && parts.prefix(3).allSatisfy { $0.count == 2 } && word.contains(UInt8(ascii: ":"))
    return isMade && (isDate && word.contains(UInt8(ascii: "-")) || isClock)
  }

  /// `30s`, `1.5h`, `1m30s`.
  private static func isDuration(_ word: ArraySlice<UInt8>) -> Bool {
    var rest = word
    while let first = rest.first, isDigit(first) {
      rest = rest.drop { isDigit($0) || $0 == UInt8(ascii: ".") }
      let unit = rest.prefix(while: isLetter)
      guard isTimeUnit(unit) else { return false }
      rest = rest.dropFirst(unit.count)
    }
    return rest.isEmpty
  }

  /// The word with `<n>` for its numbers; digits behind a letter belong to the word.
  private static func withoutNumbers(_ word: ArraySlice<UInt8>) -> [UInt8] {
    var template: [UInt8] = []
    var rest = word
    while let first = rest.first {
      guard isDigit(first) else {
        let part = rest.prefix { !isDigit($0) }
        template += part
        rest = rest.dropFirst(part.count)
        continue
      }
      let number = rest.prefix { isDigit($0) || $0 == UInt8(ascii: ".") }
      let isOfWord = template.last.map { isLetter($0) || $0 >= 0x80 } ?? false
      template += isOfWord ? Array(number) : Array("<n>".utf8)
      rest = rest.dropFirst(number.count)
    }
    return template
  }

  private static func isHexadecimal(_ byte: UInt8) -> Bool {
    isDigit(byte) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte | 0x20)
  }
}
