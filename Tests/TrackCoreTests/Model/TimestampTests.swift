import Testing

@testable import TrackCore

@Suite("Timestamps") struct TimestampTests {
  @Test(
    "golden texts and their microseconds",
    arguments: [
      ("1970-01-01T00:00:00.000000+00:00", 0),
      ("1970-01-01T00:00:00.000001+00:00", 1),
      ("1969-12-31T23:59:59.999999+00:00", -1),
      ("1969-12-31T00:00:00.000000+00:00", -86_400_000_000),
      ("1900-03-01T00:00:00.000000+00:00", -2_203_891_200_000_000),
      ("1600-02-29T12:00:00.000000+00:00", -11_670_955_200_000_000),
      ("2000-02-29T23:59:59.500000+00:00", 951_868_799_500_000),
      ("2024-02-29T00:00:00.000000+00:00", 1_709_164_800_000_000),
      ("2025-10-08T16:21:54.536702+00:00", 1_759_940_514_536_702),
      ("2038-01-19T03:14:08.000000+00:00", 2_147_483_648_000_000),
      ("2100-03-01T00:00:00.000000+00:00", 4_107_542_400_000_000),
      ("9999-12-31T23:59:59.999999+00:00", 253_402_300_799_999_999),
    ])
  func golden(text: String, microseconds: Int64) {
    #expect(Timestamp(text)?.microseconds == microseconds)
    #expect(Timestamp(microseconds: microseconds).description == text)
  }

  @Test("what no timestamp can tell is written all the same, as by a damaged record")
  func unwritable() {
    #expect(Timestamp(microseconds: .min).description == "-290308-12-21T19:59:05.224192+00:00")
    #expect(Timestamp(microseconds: .max).description == "294247-01-10T04:00:54.775807+00:00")
    #expect(Timestamp("294247-01-10T04:00:54.775807+00:00") == nil)
  }

  @Test(
    "other writers' forms of one moment",
    arguments: [
      "2025-10-08T16:21:54.5367Z", "2025-10-08t16:21:54.5367z", "2025-10-08 16:21:54.5367+00:00",
      "2025-10-08T18:21:54.5367+02:00", "2025-10-08T18:21:54.5367+0200", "2025-10-08T08:51:54.5367-07:30",
      "2025-10-09T16:20:54.5367+23:59", "2025-10-08T16:21:54,5367Z", "2025-10-08T16:21:54.536700Z",
      "2025-10-08T16:21:54.5367000Z", "2025-10-08T16:21:54.536700999Z",
    ])
  func forms(text: String) {
    #expect(Timestamp(text)?.microseconds == 1_759_940_514_536_700)
  }

  @Test("0 to 9 digits of a fraction")
  func fractions() {
    let digits = "123456789"
    for count in 0...9 {
      let fraction = count == 0 ? "" : "." + digits.prefix(count)
      let expected = Int64(digits.prefix(min(count, 6)) + String(repeating: "0", count: max(0, 6 - count)))
      #expect(Timestamp("1970-01-01T00:00:00\(fraction)Z")?.microseconds == expected, "\(count) digits")
    }
  }

  @Test(
    "what is no timestamp",
    arguments: [
      "", "2025", "2025-10-08", "2025-10-08T16:21:54", "2025-10-08T16:21:54.Z", "2025-10-08T16:21:54.1234567890Z",
      "2025-13-01T00:00:00Z", "2025-00-01T00:00:00Z", "2025-01-00T00:00:00Z", "2025-01-32T00:00:00Z",
      "2025-02-29T00:00:00Z", "1900-02-29T00:00:00Z", "2100-02-29T00:00:00Z", "2025-04-31T00:00:00Z",
      "2025-01-01T24:00:00Z", "2025-01-01T00:60:00Z", "2025-01-01T00:00:61Z", "2025-01-01T00:00:00+24:00",
      "2025-01-01T00:00:00+00:60", "2025-01-01T00:00:00+0", "2025-01-01T00:00:00Zx", " 2025-01-01T00:00:00Z",
      "+025-01-01T00:00:00Z", "2025-1-01T00:00:00Z", "12025-01-01T00:00:00Z", "２025-01-01T00:00:00Z",
      "2025-01-01T00:00:00Z\0", "1759940514",
    ])
  func refused(text: String) {
    #expect(Timestamp(text) == nil)
  }

  @Test("every day of 800 years, against a counter that knows only the lengths of months")
  func everyDay() {
    var day: Int64 = -135_140  // 1600-01-01
    for year in 1600..<2400 {
      let isLeap = year % 400 == 0 || (year % 4 == 0 && year % 100 != 0)
      for (month, length) in [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31].enumerated() {
        for date in 1...length {
          let time = Timestamp(microseconds: day * 86_400_000_000 + 1)
          let fields = time.calendarFields
          guard fields.year == year, fields.month == month + 1, fields.day == date, fields.microsecond == 1,
            fields.hour == 0, date < length || Timestamp(time.description) == time
          else {
            Issue.record("day \(day) is \(time), expected \(year)-\(month + 1)-\(date)")
            return
          }
          day += 1
        }
      }
    }
    #expect(day == 157_054)  // 2400-01-01
  }

  @Test("a random moment read back is the same moment")
  func roundTrip() {
    var generator = SeededGenerator(seed: 1)
    for _ in 0..<20_000 {
      let time = Timestamp(
        microseconds: .random(in: -62_135_596_800_000_000...253_402_300_799_999_999, using: &generator))
      #expect(Timestamp(time.description) == time)
      #expect(time.description.utf8.count == Timestamp.writtenLength)
    }
  }

  @Test("texts sort as their moments do")
  func order() {
    var generator = SeededGenerator(seed: 2)
    let times = (0..<500).map { _ in
      Timestamp(microseconds: .random(in: -62_135_596_800_000_000...253_402_300_799_999_999, using: &generator))
    }
    #expect(times.sorted().map(\.description) == times.map(\.description).sorted())
  }

  @Test("a leap second is the first of the next minute, and the difference of two is signed")
  func differences() throws {
    let leap = try #require(Timestamp("2016-12-31T23:59:60Z"))
    let next = try #require(Timestamp("2017-01-01T00:00:00.5Z"))
    #expect(leap.description == "2017-01-01T00:00:00.000000+00:00")
    #expect(next.seconds(since: leap) == 0.5)
    #expect(leap.seconds(since: next) == -0.5)
  }
}
