/// A point in wall-clock time with microsecond resolution.
///
/// Written as RFC 3339 in UTC with a fixed width, `2025-10-08T16:21:54.536702+00:00`. Read more generously: `Z`, other
/// offsets, a space or `t` for `T`, and 0 to 9 fraction digits (digits past the sixth are dropped); what lies outside the
/// years 0 to 9999 in UTC is none.
public struct Timestamp: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// Microseconds since 1970-01-01T00:00:00Z, leap seconds not counted.
  public let microseconds: Int64

  /// Makes a timestamp of microseconds since the epoch.
  public init(microseconds: Int64) { self.microseconds = microseconds }

  public static func < (left: Self, right: Self) -> Bool { left.microseconds < right.microseconds }

  /// The number of bytes of the written form.
  static let writtenLength = 32

  /// The seconds from `earlier` to this one, negative when it lies before.
  public func seconds(since earlier: Timestamp) -> Double {
    microseconds.difference(from: earlier.microseconds) / 1_000_000
  }

  /// The written form: RFC 3339, UTC, six fraction digits, `+00:00`.
  public var description: String {
    var text: [UInt8] = []
    text.reserveCapacity(Self.writtenLength)
    write(to: &text)
    return String(decoding: text, as: UTF8.self)
  }

  /// Appends the written form.
  func write(to text: inout [UInt8]) {
    let time = calendarFields
    // A damaged record may tell of any year; what is written of it is no timestamp.
    if (0...9_999).contains(time.year) {
      text.appendDecimal(time.year, digits: 4)
    } else {
      text.append(contentsOf: decimal(time.year, digits: 4).utf8)
    }
    for (separator, number) in [
      ("-", time.month), ("-", time.day), ("T", time.hour), (":", time.minute), (":", time.second),
    ] as [(Unicode.Scalar, Int)] {
      text.append(UInt8(ascii: separator))
      text.appendDecimal(number, digits: 2)
    }
    text.append(UInt8(ascii: "."))
    text.appendDecimal(time.microsecond, digits: 6)
    text.append(contentsOf: "+00:00".utf8)
  }
}

extension Timestamp {
  /// A timestamp taken apart in UTC.
  package struct CalendarFields {
    package var year: Int, month: Int, day: Int, hour: Int, minute: Int, second: Int, microsecond: Int
  }

  /// The timestamp in the proleptic Gregorian calendar, UTC.
  ///
  /// Days to civil date after Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms".
  package var calendarFields: CalendarFields {
    let seconds = microseconds.floorDivided(by: 1_000_000)
    let days = seconds.floorDivided(by: 86_400)
    let secondOfDay = Int(seconds - days * 86_400)
    let shifted = Int(days) + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let monthFromMarch = (5 * dayOfYear + 2) / 153
    let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
    return CalendarFields(
      year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month: month,
      day: dayOfYear - (153 * monthFromMarch + 2) / 5 + 1,
      hour: secondOfDay / 3_600, minute: secondOfDay / 60 % 60, second: secondOfDay % 60,
      // The product lies beyond what 64 bits hold in the first second of all; the remainder does not.
      microsecond: Int(microseconds &- seconds &* 1_000_000))
  }

  /// The seconds of the years 0 to 9999, which four digits can write; an offset may lead out of them.
  private static let writableSeconds =
    days(year: 0, month: 1, day: 1) * 86_400..<days(year: 10_000, month: 1, day: 1) * 86_400

  /// Days from 1970-01-01 to a civil date (Hinnant's `days_from_civil`).
  private static func days(year: Int, month: Int, day: Int) -> Int {
    let shiftedYear = month <= 2 ? year - 1 : year
    let era = (shiftedYear >= 0 ? shiftedYear : shiftedYear - 399) / 400
    let yearOfEra = shiftedYear - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }

  /// Reads a timestamp, or nil when `text` is none.
  public init?(_ text: String) {
    self.init(utf8: Array(text.utf8).span)
  }

  /// Reads a timestamp from UTF-8 bytes, or nil when they are none.
  package init?(utf8 bytes: Span<UInt8>) {
    var reader = FieldReader(length: bytes.count)
    guard let year = reader.number(bytes, digits: 4), reader.skip(bytes, "-"),
      let month = reader.number(bytes, digits: 2), (1...12).contains(month), reader.skip(bytes, "-"),
      let day = reader.number(bytes, digits: 2), (1...daysIn(month: month, year: year)).contains(day),
      reader.skip(bytes, "T") || reader.skip(bytes, "t") || reader.skip(bytes, " "),
      let hour = reader.number(bytes, digits: 2), hour < 24, reader.skip(bytes, ":"),
      let minute = reader.number(bytes, digits: 2), minute < 60, reader.skip(bytes, ":"),
      let second = reader.number(bytes, digits: 2), second <= 60,
      let fraction = reader.fraction(bytes), let offset = reader.offset(bytes), reader.isAtEnd
    else { return nil }
    let days = Self.days(year: year, month: month, day: day)
    let seconds = days * 86_400 + hour * 3_600 + minute * 60 + second - offset
    guard Self.writableSeconds.contains(seconds) else { return nil }
    self.init(microseconds: Int64(seconds) * 1_000_000 + Int64(fraction))
  }
}

private func daysIn(month: Int, year: Int) -> Int {
  switch month {
  case 2: (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28
  case 4, 6, 9, 11: 30
  default: 31
  }
}

/// Reads fixed-width fields off a span; the span is passed in because a struct cannot hold one.
private struct FieldReader {
  let length: Int
  var position = 0

  init(length: Int) { self.length = length }

  var isAtEnd: Bool { position == length }

  mutating func digit(_ bytes: Span<UInt8>) -> Int? {
    guard position < length, bytes[position] >= UInt8(ascii: "0"), bytes[position] <= UInt8(ascii: "9") else {
      return nil
    }
    position += 1
    return Int(bytes[position - 1] - UInt8(ascii: "0"))
  }

  mutating func number(_ bytes: Span<UInt8>, digits: Int) -> Int? {
    var value = 0
    for _ in 0..<digits {
      guard let digit = digit(bytes) else { return nil }
      value = value * 10 + digit
    }
    return value
  }

  mutating func skip(_ bytes: Span<UInt8>, _ character: Unicode.Scalar) -> Bool {
    guard position < length, bytes[position] == UInt8(ascii: character) else { return false }
    position += 1
    return true
  }

  /// The fraction in microseconds: 0 when there is none, nil when it has no digit or more than nine.
  mutating func fraction(_ bytes: Span<UInt8>) -> Int? {
    guard skip(bytes, ".") || skip(bytes, ",") else { return 0 }
    var value = 0
    var count = 0
    while let digit = digit(bytes) {
      if count < 6 { value = value * 10 + digit }
      count += 1
    }
    guard (1...9).contains(count) else { return nil }
    for _ in count..<max(count, 6) { value *= 10 }
    return value
  }

  /// The offset from UTC in seconds; nil when it is missing or malformed.
  mutating func offset(_ bytes: Span<UInt8>) -> Int? {
    if skip(bytes, "Z") || skip(bytes, "z") { return 0 }
    let sign: Int
    if skip(bytes, "+") { sign = 1 } else if skip(bytes, "-") { sign = -1 } else { return nil }
    guard let hours = number(bytes, digits: 2), hours < 24 else { return nil }
    _ = skip(bytes, ":")
    guard let minutes = number(bytes, digits: 2), minutes < 60 else { return nil }
    return sign * (hours * 3_600 + minutes * 60)
  }
}
