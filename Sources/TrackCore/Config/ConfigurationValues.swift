/// Readers of the value of the key just read: nil for null, an error for what it cannot be.
///
/// Booleans and integers stand without quotes; durations, sizes and words may be quoted.
extension ConfigurationReader {
  /// A whole number of 1 to 9 digits without sign and leading zeros.
  mutating func integer(atLeast minimum: Int) throws(ConfigurationError) -> Int? {
    let expected = "a whole number from \(minimum) to 999999999"
    guard let scalar = try scalar(expected: expected) else { return nil }
    guard scalar.isPlain, let value = wholeNumber(scalar.text), value >= minimum else {
      throw mismatch(scalar, expected)
    }
    return value
  }

  /// One of the plain words true, false, yes, no, on and off.
  mutating func boolean() throws(ConfigurationError) -> Bool? {
    let expected = "true or false"
    guard let scalar = try scalar(expected: expected) else { return nil }
    switch scalar.text {
    case "true" where scalar.isPlain, "yes" where scalar.isPlain, "on" where scalar.isPlain: return true
    case "false" where scalar.isPlain, "no" where scalar.isPlain, "off" where scalar.isPlain: return false
    default: throw mismatch(scalar, expected)
    }
  }

  /// A duration, 0 included.
  mutating func duration() throws(ConfigurationError) -> Duration? {
    let expected = "a duration such as 90s, 15m or 3600"
    guard let scalar = try scalar(expected: expected) else { return nil }
    guard let duration = Duration(durationText: scalar.text) else { throw mismatch(scalar, expected) }
    return duration
  }

  /// A duration longer than 0.
  mutating func positiveDuration() throws(ConfigurationError) -> Duration? {
    let expected = "a duration such as 90s, 15m or 3600"
    guard let scalar = try scalar(expected: expected) else { return nil }
    guard let duration = Duration(durationText: scalar.text), duration > .zero else {
      throw mismatch(scalar, expected)
    }
    return duration
  }

  /// A duration longer than 0; nil for `off`, too.
  mutating func positiveDurationOrOff() throws(ConfigurationError) -> Duration? {
    let expected = "off or a duration such as 90s, 15m or 3600"
    guard let scalar = try scalar(expected: expected), scalar.text != "off" else { return nil }
    guard let duration = Duration(durationText: scalar.text), duration > .zero else {
      throw mismatch(scalar, expected)
    }
    return duration
  }

  /// A number of bytes above 0; nil for `off`, too.
  mutating func sizeOrOff() throws(ConfigurationError) -> Int64? {
    let expected = "off or a size such as 1048576, 10MB or 1GiB"
    guard let scalar = try scalar(expected: expected), scalar.text != "off" else { return nil }
    guard let size = SizeText.bytes(scalar.text), size > 0 else { throw mismatch(scalar, expected) }
    return size
  }

  /// A number from 0 to 1 in decimal notation.
  mutating func rate() throws(ConfigurationError) -> Double? {
    try decimal(in: 0...1, expected: "a number from 0 to 1 such as 0.25")
  }

  /// A number of times, from 1 to 1000 in decimal notation.
  mutating func factor() throws(ConfigurationError) -> Double? {
    try decimal(in: 1...1_000, expected: "a number from 1 to 1000 such as 2.5")
  }

  private mutating func decimal(
    in range: ClosedRange<Double>, expected: String
  ) throws(ConfigurationError) -> Double? {
    guard let scalar = try scalar(expected: expected) else { return nil }
    let isDecimal = scalar.text.utf8.allSatisfy {
      ((UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)) || $0 == UInt8(ascii: ".")
    }
    guard scalar.isPlain, isDecimal, scalar.text.utf8.count <= 20, let value = Double(scalar.text),
      range.contains(value)
    else { throw mismatch(scalar, expected) }
    return value
  }

  /// One of the words of a closed set.
  mutating func word<Word>(
    _ type: Word.Type = Word.self
  ) throws(ConfigurationError) -> Word? where Word: RawRepresentable<String> & CaseIterable {
    let expected = "one of " + Word.allCases.map(\.rawValue).joined(separator: ", ")
    guard let scalar = try scalar(expected: expected) else { return nil }
    guard let word = Word(rawValue: scalar.text) else { throw mismatch(scalar, expected) }
    return word
  }

  /// A sequence of strings, none of them empty.
  mutating func strings(of things: String) throws(ConfigurationError) -> [String]? {
    let expected = "a sequence of \(things)"
    guard let scalars = try scalars(expected: expected) else { return nil }
    if let empty = scalars.first(where: { $0.text.isEmpty }) { throw mismatch(empty, expected) }
    return scalars.map(\.text)
  }

  /// The only format there is; the original's file names it.
  mutating func format() throws(ConfigurationError) {
    guard let scalar = try scalar(expected: "ndjson"), scalar.text != "ndjson" else { return }
    throw mismatch(scalar, "ndjson")
  }

  /// A path that is absolute or stays below the project's root.
  ///
  /// `~` is not expanded by anybody here, and a directory of that name invites a fatal `rm -r ~`, so it is refused.
  mutating func directory() throws(ConfigurationError) -> String? {
    let expected = "a directory below the project's root, or an absolute one"
    guard let scalar = try scalar(expected: expected) else { return nil }
    let text = scalar.text
    guard (1...1024).contains(text.utf8.count), !text.hasPrefix("~"),
      !text.utf8.split(separator: UInt8(ascii: "/")).contains(where: { $0.elementsEqual("..".utf8) }),
      !text.unicodeScalars.contains(where: \.actsOnTerminals)
    else { throw mismatch(scalar, expected) }
    return text
  }

  /// The end of a file's name: a dot and at most 31 letters, digits and `._-`.
  mutating func fileNameSuffix() throws(ConfigurationError) -> String? {
    let expected = "a suffix such as .lock"
    guard let scalar = try scalar(expected: expected) else { return nil }
    let isSafe = scalar.text.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-"):
        true
      default: false
      }
    }
    guard isSafe, scalar.text.hasPrefix("."), (2...32).contains(scalar.text.utf8.count) else {
      throw mismatch(scalar, expected)
    }
    return scalar.text
  }

  private func mismatch(_ scalar: ConfigurationScalar, _ expected: String) -> ConfigurationError {
    let quote = scalar.isPlain ? "'" : "\""
    return error(at: scalar.mark, expected: expected, found: quote + excerpt(scalar.text) + quote)
  }
}

/// The number that 1 to 9 digits without leading zeros write.
private func wholeNumber(_ text: String) -> Int? {
  let digits = text.utf8
  guard (1...9).contains(digits.count), digits.count == 1 || digits.first != UInt8(ascii: "0"),
    digits.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) })
  else { return nil }
  return Int(text)
}
