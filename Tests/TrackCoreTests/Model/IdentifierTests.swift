import Testing

@testable import TrackCore

@Suite("Identifiers") struct IdentifierTests {
  @Test("every byte, at the beginning and after it")
  func everyByte() {
    let letters = Set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789".utf8)
    let signs = Set("._:@+-".utf8)
    for byte in UInt8.min...UInt8.max {
      // A byte above 0x7F is no UTF-8 by itself and arrives as U+FFFD, as it would from a shell.
      let text = String(decoding: [byte], as: UTF8.self)
      #expect(isTaskID(text) == letters.contains(byte), "byte \(byte) first")
      #expect(isTaskID("a" + text) == (letters.contains(byte) || signs.contains(byte)), "byte \(byte) later")
    }
  }

  @Test("lengths up to the longest are taken, the next one is not")
  func lengths() throws {
    for length in [1, 2, 127, 128] { #expect(try TaskID(String(repeating: "a", count: length)).text.count == length) }
    #expect(try ExecutionID(String(repeating: "a", count: 200)).text.count == 200)
    #expect(problem { try TaskID("") } == "it is empty")
    #expect(problem { try TaskID(String(repeating: "a", count: 129)) } == "129 bytes, at most 128 are allowed")
    #expect(problem { try ExecutionID(String(repeating: "a", count: 201)) } == "201 bytes, at most 200 are allowed")
    #expect(problem { try DroidID(String(repeating: "a", count: 10_000)) } == "10000 bytes, at most 128 are allowed")
  }

  @Test(
    "what would be a path, a second line or no text is refused",
    arguments: [
      "1.1\n", "\n1.1", "a/b", "/", "..", ".", "-x", "a b", "a\0b", "a\u{1B}[2J", "é", "1.1\r", "a\\b",
      String(decoding: [0x61, 0xFF, 0xFE], as: UTF8.self), "a\u{2028}b", "a\u{301}",
    ])
  func hostile(text: String) {
    #expect(
      problem { try RunID(text) } == "expected letters, digits and ._:@+- beginning with a letter or digit")
  }

  @Test("a refusal names the kind and keeps the text for whoever shortens it")
  func refusal() {
    let error = #expect(throws: InvalidIdentifier.self) { try ExecutionID("a b") }
    #expect(error?.noun == "execution id")
    #expect(error?.text == "a b")
  }

  @Test(
    "the id of an execution tells its task, whatever dashes the task has",
    arguments: ["1.1", "a-b", "exec-1-2", "a--b", "0", "x-00000000", "a-", "T:1@b+c_d.e"])
  func taskOfExecution(name: String) throws {
    let task = try TaskID(name)
    let id = ExecutionID(task: task, startedAt: Timestamp(microseconds: 1_759_940_514_000_000), random: 0xBEEF)
    #expect(id.text == "exec-1759940514-\(name)-0000beef")
    #expect(id.taskText == name)
    #expect(id.isOf(task: task))
    #expect(try !id.isOf(task: TaskID(name + "x")))
    #expect(try ExecutionID(id.text) == id)
  }

  @Test(
    "an id of another form tells no task, so it may be of any",
    arguments: [
      "e1", "exec-1-2", "exec-1759940514-1.1", "run-1-1.1-0000beef", "exec-1-1.1-beef", "exec-1-1.1-00000beef",
    ])
  func foreignExecution(text: String) throws {
    let id = try ExecutionID(text)
    #expect(try id.isOf(task: TaskID("1.1")))
  }

  @Test("the longest task and time still make an id that is one")
  func longestTask() throws {
    let task = try TaskID(String(repeating: "t", count: 128))
    let id = ExecutionID(task: task, startedAt: Timestamp(microseconds: .max), random: .max)
    #expect(try ExecutionID(id.text).isOf(task: task))
  }

  @Test("a run is named after the minute it began in")
  func runs() throws {
    let time = try #require(Timestamp("2025-10-08T16:21:54.536702Z"))
    #expect(RunID(startedAt: time, random: 0xABCD_0042).text == "r-20251008-1621-0042")
  }
}

private func isTaskID(_ text: String) -> Bool { (try? TaskID(text)) != nil }

private func problem<Value>(_ body: () throws -> Value) -> String? {
  do {
    _ = try body()
    return nil
  } catch {
    return (error as? InvalidIdentifier)?.problem
  }
}
