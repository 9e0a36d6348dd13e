import Testing
import TrackCore

/// A number as it was written.
private func number(_ text: String) -> JSONValue { .number(JSONNumber(scanned: text)) }

@Suite("The validation of a result")
struct ResultValidatorTests {
  @Test(
    "finds the category by the first key that has one",
    arguments: [
      (["files_created": ["a"], "tests_run": 1, "error": "x"], .fileOperations),
      (["tests_run": 1, "files_deleted": []], .fileOperations), (["files_modified": 3], .fileOperations),
      (["branches": ["main"], "coverage": 1], .gitOperations), (["commits": []], .gitOperations),
      (["error": "x", "coverage": 50], .testing), (["tests_run": .null], .testing),
      (["error_type": "E"], .error), (["error": "x"], .error), (["note": "x"], .unknown), ([:], .unknown),
    ] as [(JSONObject, ResultCategory)])
  func category(result: JSONObject, category: ResultCategory) {
    #expect(ResultValidator.validate(result, ending: .failed).category == category)
  }

  @Test("finds nothing wrong with good results")
  func good() {
    let result: JSONObject = [
      "files_created": ["src/a.swift"], "files_modified": [],
      "commits": ["a687a6b", "A687A6B0C1D2E3F4A5B6C7D8E9F0A1B2C3D4E5F6"],
      "branches": ["main"], "tests_run": 12, "tests_passed": 11, "tests_failed": 1, "coverage": number("87.5"),
      "error": "",
      "anything": ["else": 1],
    ]
    #expect(ResultValidator.validate(result, ending: .completed).problems == [])
    #expect(ResultValidator.validate(["error": "boom"], ending: .failed).problems == [])
  }

  @Test(
    "says what is wrong",
    arguments: [
      ([:], "the result is empty"),
      (["files_created": "a"], "files_created is not an array of strings"),
      (["files_deleted": ["a", 1]], "files_deleted is not an array of strings"),
      (["files_modified": [""]], "files_modified holds an empty string among its paths"),
      (["branches": .null], "branches is not an array of strings"),
      (
        ["commits": ["a687a6b", "HEAD", "zzzzzzz"]],
        "commits holds 2 that are no commit ids of 7 to 64 hexadecimal digits"
      ),
      (["tests_run": -1], "tests_run is not a whole number from 0 on"),
      (["tests_run": number("1.5")], "tests_run is not a whole number from 0 on"),
      (["tests_run": "12"], "tests_run is not a whole number from 0 on"),
      (["tests_run": 2, "tests_failed": 3], "tests_failed is greater than tests_run"),
      (["coverage": 101], "coverage is not a number from 0 to 100"),
      (["coverage": "80%"], "coverage is not a number from 0 to 100"),
      (["error": "boom"], "error in the result of a completed task"),
      (["error_type": ["x"]], "error_type in the result of a completed task"),
    ] as [(JSONObject, String)])
  func problem(result: JSONObject, problem: String) {
    #expect(ResultValidator.validate(result, ending: .completed).problems == [problem])
  }
}

@Suite("An argument about a result")
struct ResultArgumentTests {
  @Test(
    "sets a member",
    arguments: [
      ("a=1", "a", 1), ("a=-1.50", "a", number("-1.50")), ("a=true", "a", true),
      ("a=false", "a", false), ("a=null", "a", .null), ("a=", "a", ""), ("a=text", "a", "text"), ("a=b=c", "a", "b=c"),
      ("a=007", "a", "007"), ("a= 1", "a", " 1"), ("a=1 ", "a", "1 "), ("a=\"x\"", "a", "\"x\""), ("a=[1]", "a", "[1]"),
      ("a={}", "a", "{}"), ("a=True", "a", "True"), ("a=NaN", "a", "NaN"), ("a=0x1F", "a", "0x1F"),
      ("a=1e3", "a", number("1e3")),
      ("a.b=1", "a.b", 1), ("a:=[1, {\"b\": null}]", "a", [1, ["b": .null]]), ("a:=\"1\"", "a", "1"), ("ü=ü", "ü", "ü"),
    ] as [(String, String, JSONValue)])
  func sets(text: String, key: String, value: JSONValue) throws {
    let argument = try ResultArgument(text)
    #expect(argument.key == key && argument.value == value && !argument.appends)
  }

  @Test("is one of several, in their order")
  func several() throws {
    let result = try ResultArgument.result(
      of: ["n=1", "l[]=a", "l[]=2", "n=2", "l[]:={\"x\": 1}", "m:=[]", "m[]=true"], into: ["first": 0])
    #expect(result == ["first": 0, "n": 2, "l": ["a", 2, ["x": 1]], "m": [true]])
    #expect(result.members.map(\.key) == ["first", "n", "l", "m"])
  }

  @Test(
    "is refused without its value being told",
    arguments: [
      (["hunter2"], "expected key=value, key:=JSON or key[]=value"),
      (["=hunter2"], "the key is not 1 to 128 bytes long"),
      ([":=1"], "the key is not 1 to 128 bytes long"), (["[]=1"], "the key is not 1 to 128 bytes long"),
      (["a:=hunter2"], "'a': bad JSON at byte 0: expected a value"),
      (["a:="], "'a': bad JSON at byte 0: the text ends too early"),
      (["a=1", "a[]=hunter2"], "'a': the value so far is no array"),
    ])
  func refused(arguments: [String], description: String) {
    let error = #expect(throws: InvalidResultArgument.self) { try ResultArgument.result(of: arguments) }
    #expect(error?.description == description)
    #expect(error?.description.contains("hunter2") == false)
  }

  @Test("may be nested as deep as a result may be")
  func depth() {
    let deep = "a:=" + String(repeating: "[", count: 10_000)
    let error = #expect(throws: InvalidResultArgument.self) { try ResultArgument(deep) }
    #expect(error?.description.contains("nested deeper than 32 levels") == true)
  }
}
