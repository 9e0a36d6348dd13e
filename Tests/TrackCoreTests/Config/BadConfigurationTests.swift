import Testing
import TrackCore

/// What the decoder says of a text it refuses; nil when it takes it.
private func complaint(about text: String) -> String? {
  do throws(ConfigurationError) {
    _ = try decode(text)
    return nil
  } catch {
    return error.description
  }
}

@Suite("A bad configuration")
struct BadConfigurationTests {
  private static let numbers = [
    "08", "0x1F", "1:30", "1_000", "1e3", "+12", "-1", "0o17", "1.0", "1234567890", "three",
  ]

  @Test("says where, what and what is expected")
  func wholeMessage() {
    let lines = String(repeating: "#\n", count: 292) + "performance:\n  execution_tracking:\n"
    let text = lines + "    default_timeout: soon\n"
    #expect(
      complaint(about: text)
        == "droid-forge.yaml:295:22: performance.execution_tracking.default_timeout: "
        + "expected a duration such as 90s, 15m or 3600, found 'soon'")
  }

  @Test("has numbers that are none", arguments: numbers)
  func number(value: String) {
    #expect(
      complaint(about: "performance:\n  max_retries: \(value)\n")
        == "droid-forge.yaml:2:16: performance.max_retries: expected a whole number from 0 to 999999999, "
        + "found '\(value)'")
    #expect(complaint(about: "performance:\n  execution_tracking:\n    default_timeout: \(value)\n") != nil)
  }

  @Test(
    "has a quoted number or boolean",
    arguments: ["max_retries: \"3\"", "execution_tracking: {enforce_timeout: 'yes'}"])
  func quoted(line: String) {
    #expect(complaint(about: "performance:\n  \(line)\n")?.contains("found \"") == true)
  }

  @Test("has booleans that are none", arguments: ["True", "YES", "y", "1", "\"yes\"", "[true]", "truee"])
  func boolean(value: String) {
    let message = complaint(about: "performance: {execution_tracking: {enforce_timeout: \(value)}}")
    #expect(message?.contains("enforce_timeout: expected true or false, found ") == true)
  }

  @Test(
    "has a value that its key cannot have",
    arguments: [
      ("performance: {max_concurrent_droids: 0}", "performance.max_concurrent_droids"),
      ("performance: {execution_tracking: {default_timeout: 0}}", "performance.execution_tracking.default_timeout"),
      ("performance: {execution_tracking: {default_timeout: off}}", "default_timeout"),
      ("performance: {execution_tracking: {default_timeout: [1]}}", "default_timeout"),
      ("performance: {execution_tracking: {durability: some}}", "one of none, lifecycle, all, found 'some'"),
      ("performance: {execution_tracking: {retention: {max_size: 10 MB}}}", "retention.max_size"),
      ("performance: {execution_tracking: {retention: {max_age: 0}}}", "retention.max_age"),
      ("performance: {execution_tracking: {issues: {success_rate: 1.5}}}", "issues.success_rate"),
      ("performance: {execution_tracking: {issues: {success_rate: nan}}}", "issues.success_rate"),
      ("performance: {execution_tracking: {issues: {success_rate: -0.1}}}", "issues.success_rate"),
      ("performance: {execution_tracking: {issues: {duration_factor: 0.5}}}", "issues.duration_factor"),
      ("performance: {execution_tracking: {issues: {resource_factor: 1e2}}}", "issues.resource_factor"),
      ("performance: {execution_tracking: {issues: {frequency_factor: 1001}}}", "issues.frequency_factor"),
      ("performance: {execution_tracking: {issues: {min_sample: 9}}}", "issues.min_sample"),
      ("performance: {execution_tracking: {issues: {drift_window: 0}}}", "issues.drift_window"),
      ("performance: {execution_tracking: {issues: {consecutive_failures: 0}}}", "issues.consecutive_failures"),
      ("performance: {execution_tracking: {issues: {false_alarms: 2}}}", "issues.false_alarms"),
      ("performance: {execution_tracking: {redaction: {patterns: abc}}}", "redaction.patterns"),
      ("performance: {execution_tracking: {redaction: {patterns: [a, ~]}}}", "redaction.patterns"),
      ("performance: {execution_tracking: {redaction: {patterns: [a, '']}}}", "redaction.patterns"),
      ("performance: {execution_tracking: []}", "execution_tracking: expected a mapping, found a sequence"),
      ("performance: 3", "performance: expected a mapping, found '3'"),
      ("logging: {format: json}", "logging.format: expected ndjson, found 'json'"),
      ("logging: {directory: ''}", "logging.directory"),
      ("logging: {directory: ../../etc}", "logging.directory"),
      ("logging: {directory: ~/logs}", "logging.directory"),
      ("logging: {directory: \"a\\nb\"}", "found \"a\\u{A}b\""),
      ("logging: {directory: \"a\\0b\"}", "found a text with a NUL"),
      ("logging: {events: task.result}", "logging.events"),
      ("logging: {events: [{a: b}]}", "logging.events"),
      ("concurrency: {file_locking: {lock_extension: lock}}", "lock_extension"),
      ("concurrency: {file_locking: {lock_extension: ./x}}", "lock_extension"),
      ("concurrency: {file_locking: {lock_extension: .}}", "lock_extension"),
      ("concurrency: {file_locking: {lock_extension: .\(String(repeating: "x", count: 32))}}", "lock_extension"),
      ("concurrency: {file_locking: {max_lock_attempts: 0}}", "max_lock_attempts"),
      ("concurrency: {file_locking: {enabled: maybe}}", "file_locking.enabled"),
      ("- a\n- b\n", "expected a mapping, found a sequence"),
      ("just text", "1:1: expected a mapping, found 'just text'"),
    ])
  func value(text: String, part: String) {
    #expect(complaint(about: text)?.contains(part) == true)
  }

  @Test(
    "has a key of ours twice",
    arguments: [
      ("performance: {max_retries: 1, max_retries: 1}", "droid-forge.yaml:1:31: performance.max_retries: "),
      ("logging: {}\nother: 1\nlogging: {}\n", "droid-forge.yaml:3:1: logging: "),
      ("performance: ~\nperformance: ~\n", "droid-forge.yaml:2:1: performance: "),
      ("performance: {execution_tracking: {durability: all, \"durability\": all}}", "execution_tracking.durability: "),
    ])
  func duplicate(text: String, part: String) {
    #expect(complaint(about: text)?.contains(part) == true)
    #expect(complaint(about: text)?.hasSuffix("expected the key once, found it a second time") == true)
  }

  @Test(
    "has references in what is ours",
    arguments: [
      ("x: &x 1\nperformance: {max_retries: *x}", "an alias"),
      ("performance: {max_retries: &x 1}", "an anchor"),
      ("performance: {max_retries: !!int 1}", "a tag"),
      ("performance: {execution_tracking: &x {}}", "an anchor"),
      ("x: &x {}\nperformance: {execution_tracking: *x}", "an alias"),
      ("x: &x {}\nlogging: *x", "an alias"),
      ("x: &x {}\nlogging: {<<: *x}", "a merge key"),
      ("x: &x {}\nconcurrency: *x", "an alias"),
      ("logging: {&x directory: a}", "an anchor"),
      ("logging: {events: [&x a]}", "an anchor"),
      ("logging: {events: &x [a, *x]}", "an anchor"),
      ("logging: !!map {}", "a tag"),
    ])
  func reference(text: String, found: String) {
    #expect(complaint(about: text)?.hasSuffix("found \(found)") == true)
  }

  @Test("is no YAML, or more than one document")
  func malformed() {
    #expect(
      complaint(about: "logging:\n\tdirectory: x\n")
        == "droid-forge.yaml:2:1: found character that cannot start any token")
    #expect(complaint(about: "a: 1\n---\nb: 2\n") == "droid-forge.yaml:2:1: expected one document, found a second one")
    #expect(complaint(about: "a: 1\n--- \n")?.hasSuffix("found a second one") == true)
    #expect(complaint(about: "a: [1, 2\n") != nil)
    #expect(complaint(about: "a: b\u{0}c\n") == "droid-forge.yaml:1:5: control characters are not allowed")
  }

  @Test("is not UTF-8")
  func invalidUTF8() throws {
    let bytes = Array("a: 1\nb: ".utf8) + [0xFF, 0xFE, 0x0A]
    let error = #expect(throws: ConfigurationError.self) { try Configuration.decode(bytes, file: "f") }
    #expect(error?.description == "f:2:4: invalid leading UTF-8 octet")
  }

  @Test("cannot write to the terminal")
  func terminal() {
    let hostile = "\u{1B}]0;x\u{7}" + String(repeating: "A", count: 5000)
    let message = complaint(about: "logging: {format: \"\\e]0;x\\a\(String(repeating: "A", count: 5000))\"}") ?? ""
    #expect(!message.isEmpty && !message.unicodeScalars.contains { $0.value < 0x20 })
    #expect(message.utf8.count < 200)
    let error = #expect(throws: ConfigurationError.self) { try Configuration.decode(Array("3".utf8), file: hostile) }
    #expect(error?.description.contains("\u{1B}") == false)
  }
}

@Suite("A configuration that is a bomb")
struct ConfigurationBombTests {
  @Test("of depth is stopped at once", arguments: ["[", "{a: ", "- ", "? "])
  func depth(nest: String) throws {
    let count = min(100_000, Configuration.maximumFileSize / nest.utf8.count - 10)
    let clock = ContinuousClock()
    let time = clock.measure {
      #expect(
        complaint(about: "a:\n " + String(repeating: nest, count: count))?.contains("nested deeper than 32") == true)
    }
    #expect(time < .seconds(1))
  }

  @Test("of size is refused before it is looked at")
  func size() {
    let text = String(repeating: "#", count: Configuration.maximumFileSize + 1)
    #expect(complaint(about: text) == "droid-forge.yaml:1:1: expected at most 262144 bytes, found 262145")
    #expect(complaint(about: String(text.dropFirst())) == nil)
  }

  @Test("of nodes is stopped")
  func nodes() {
    let text = "a: [" + String(repeating: "1,", count: 50_000) + "]"
    #expect(complaint(about: text)?.hasSuffix("more than 20000 nodes") == true)
  }

  @Test("of aliases goes past, as nobody expands it")
  func aliases() throws {
    var text = "a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol]\n"
    for level in 1...20 {
      text += "a\(level): &a\(level) [" + Array(repeating: "*a\(level - 1)", count: 9).joined(separator: ", ") + "]\n"
    }
    #expect(try decode(text) == Configuration())
    #expect(complaint(about: text + "logging: {events: *a20}\n")?.hasSuffix("found an alias") == true)
  }
}
