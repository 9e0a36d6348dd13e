import Testing

@testable import TrackCore

@Suite("JSON objects") struct JSONObjectTests {
  @Test("keys keep the order in which they came")
  func order() {
    var object: JSONObject = ["z": 1, "a": 2]
    object["m"] = 3
    object["z"] = 4
    #expect(object.members.map(\.key) == ["z", "a", "m"])
    object["a"] = nil
    object["a"] = 5
    #expect(object.members.map(\.key) == ["z", "m", "a"])
    object["none"] = nil
    #expect(object.members.count == 3)
  }

  @Test("of equal keys the first keeps its place and the last its value")
  func duplicates() {
    let object: JSONObject = ["a": 1, "b": 2, "a": 3, "b": 4]
    #expect(object.members.map(\.key) == ["a", "b"])
    #expect(object["a"] == 3)
    #expect(object["b"] == 4)
  }

  @Test("10 000 keys, each three times, are read in less than a second")
  func manyKeys() throws {
    var text = "{"
    for round in 0..<3 { for key in 0..<10_000 { text += "\"key\(key)\":\(round)," } }
    text += "\"last\":true}"
    let clock = ContinuousClock()
    let start = clock.now
    let object = try JSONParser.object(Array(text.utf8))
    #expect(clock.now - start < .seconds(1))
    #expect(object.members.count == 10_001)
    #expect(object.members.allSatisfy { $0.value == 2 || $0.key == "last" })
  }

  @Test("numbers keep their text; only what JSON can say is a number")
  func numbers() throws {
    #expect(JSONNumber(Double.nan) == nil)
    #expect(JSONNumber(Double.infinity) == nil)
    #expect(JSONNumber(UInt64.max).text == "18446744073709551615")
    #expect(JSONNumber(scanned: "1.0e5").double == 100_000)
    let object = try JSONParser.object(Array(#"{"n":1.10,"i":12,"big":99999999999999999999,"s":"1","t":true}"#.utf8))
    #expect(object["n"] == .number(JSONNumber(scanned: "1.10")))
    #expect(object.integer("i", as: Int8.self) == 12)
    #expect(object.integer("big", as: Int64.self) == nil)
    #expect(object.integer("n", as: Int.self) == nil)
    #expect(object.number("s") == nil)
    #expect(object.text("s") == "1")
    #expect(object.bool("t") == true)
    #expect(object.object("t") == nil)
  }

  @Test("a duration in seconds is whole where it can be")
  func seconds() {
    #expect(Duration.seconds(90).jsonSeconds.text == "90")
    #expect(Duration.milliseconds(1_500).jsonSeconds.text == "1.5")
    #expect(Duration.milliseconds(1_500).seconds == 1.5)
  }
}
