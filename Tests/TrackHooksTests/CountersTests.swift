import Testing
import TrackCore

@testable import TrackHooks

@Suite("Counts of a session") struct CountersTests {
  private func at(_ seconds: Double) -> Timestamp {
    Timestamp(microseconds: 1_700_000_000_000_000 + Int64(seconds * 1e6))
  }

  private func tally(_ counters: SessionCounters, _ tool: String) -> SessionCounters.Tally? {
    counters.tools.first { $0.name == tool }?.tally
  }

  @Test("a call is counted when it begins, timed when it ends")
  func call() {
    var counters = SessionCounters()
    let begins = counters.begin(ToolCall(tool: "Bash", id: "1"), at: at(0))
    let ends = counters.end(ToolCall(tool: "Bash", id: "1"), failed: true, at: at(1.5))
    #expect(begins && ends)
    #expect(tally(counters, "Bash") == SessionCounters.Tally(calls: 1, failures: 1, milliseconds: 1_500))
    #expect(counters.pending.isEmpty)
  }

  @Test("an event that is repeated changes nothing")
  func repetition() {
    var counters = SessionCounters()
    let call = ToolCall(tool: "Write", id: "1", paths: ["/a"])
    var isNew = [counters.begin(call, at: at(0)), counters.begin(call, at: at(1))]
    isNew.append(counters.end(call, failed: false, at: at(2)))
    let before = counters
    isNew.append(counters.end(call, failed: true, at: at(3)))
    isNew.append(counters.begin(call, at: at(4)))
    #expect(isNew == [true, false, true, false, false])
    #expect(counters == before)
  }

  @Test("an ending without a beginning is a call")
  func endingAlone() {
    var counters = SessionCounters()
    _ = counters.end(ToolCall(tool: "Read", id: "9"), failed: false, at: at(0))
    #expect(tally(counters, "Read") == SessionCounters.Tally(calls: 1, failures: 0, milliseconds: 0))
  }

  @Test("calls without ids end in the order in which they began")
  func withoutIDs() {
    var counters = SessionCounters()
    for second in 0..<3 { _ = counters.begin(ToolCall(tool: "Execute"), at: at(Double(second))) }
    _ = counters.end(ToolCall(tool: "Execute"), failed: false, at: at(10))
    #expect(tally(counters, "Execute") == SessionCounters.Tally(calls: 3, failures: 0, milliseconds: 10_000))
    #expect(counters.pending.map(\.began) == [at(1), at(2)])
  }

  @Test("files that tools write are kept, those that they read or failed on are not")
  func files() {
    var counters = SessionCounters()
    func end(_ tool: String, _ path: String, failed: Bool = false) {
      _ = counters.end(ToolCall(tool: tool, paths: [path]), failed: failed, at: at(0))
    }
    end("Create", "/new")
    end("Edit", "/old")
    end("Edit", "/new")
    end("NotebookEdit", "/book")
    end("Read", "/read")
    end("Write", "/refused", failed: true)
    #expect(counters.created == ["/new"])
    #expect(counters.modified == ["/old", "/book"])
  }

  @Test("everything is bounded, however much there is")
  func bounds() {
    var counters = SessionCounters()
    for number in 0..<1_000 {
      let call = ToolCall(tool: "mcp__server__\(number)", id: "\(number)")
      _ = counters.begin(call, at: at(0))
      _ = counters.end(ToolCall(tool: "Write", id: "w\(number)", paths: ["/f\(number)"]), failed: false, at: at(0))
    }
    #expect(counters.tools.count <= SessionCounters.maximumTools + 1)
    #expect(tally(counters, ToolName.other)?.calls ?? 0 > 900)
    #expect(counters.calls == 2_000)
    #expect(counters.pending.count <= SessionCounters.maximumPending)
    #expect(counters.modified.count == SessionCounters.maximumPaths)
    #expect(counters.pathsLeftOut == 1_000 - SessionCounters.maximumPaths)
  }

  @Test(
    "a name that is none is counted with the others",
    arguments: [
      ("Bash", "Bash"), ("mcp__github__get_issue", "mcp__github__get_issue"), ("", "other"), ("rm -rf /", "other"),
      ("a\u{1B}[31m", "other"), (String(repeating: "x", count: 97), "other"),
    ])
  func names(name: String, counted: String) { #expect(ToolName.counted(name) == counted) }

  @Test("a record is read back as it was")
  func coding() throws {
    var record = SessionRecord()
    record.session = "0f3b"
    record.execution = try ExecutionID("exec-1-claude.session-00000001")
    record.run = try RunID("r-1")
    record.droid = try DroidID("claude")
    record.traceParent = "00-1-2-01"
    record.transcript = "/t.jsonl"
    record.reported = at(1)
    (record.isWaiting, record.isChanged, record.isGivenUp) = (true, true, true)
    record.told = ["ended"]
    (record.counters.prompts, record.counters.turns, record.counters.compactions) = (3, 2, 1)
    _ = record.counters.begin(ToolCall(tool: "Task", id: "1"), at: at(2))
    _ = record.counters.end(ToolCall(tool: "Write", id: "2", paths: ["/a"]), failed: false, at: at(3))
    record.delegations = [
      SessionRecord.Delegation(
        execution: try ExecutionID("exec-1-claude.subagent-00000002"), call: "1", type: "Explore", agent: "a1",
        isBackground: true, calls: 4)
    ]
    #expect(SessionRecord(record.bytes) == record)
    for length in 0..<record.bytes.count - 1 { #expect(SessionRecord(Array(record.bytes[..<length])) == nil) }
  }

  @Test("token counts are taken as they are, in either spelling")
  func tokens() throws {
    let settings = try JSONParser.object(
      Array(
        #"{"tokenUsage": {"inputTokens": 10, "output_tokens": 2, "thinkingTokens": -1, "cacheReadTokens": "x"}}"#.utf8))
    #expect(SessionTokens.counts(settings) == ["input_tokens": 10, "output_tokens": 2])
    #expect(SessionTokens.counts(["tokenUsage": []]) == nil)
  }

  @Test("to the file of export lines ours is appended where it is not the last of ours")
  func environment() {
    let line = EnvironmentFile.line([("DROID_EXECUTION_ID", "e-2"), ("X", "it's")])
    #expect(line == "export DROID_EXECUTION_ID='e-2' X='it'\\''s'\n")
    func addition(_ old: String) -> String? {
      EnvironmentFile.addition(of: line, to: Array(old.utf8)).map { String(decoding: $0, as: UTF8.self) }
    }
    #expect(addition("") == line)
    #expect(addition("export A=1\nexport DROID_EXECUTION_ID='e-1'\nB=2") == "\n" + line)
    #expect(addition("export A=1\n" + line) == nil)
    #expect(addition(line + "B=2\n") == nil)
    #expect(addition(line + "export DROID_EXECUTION_ID='e-1'\n") == line)
    #expect(addition(String(line.dropLast(2))) == "\n" + line)
  }
}
