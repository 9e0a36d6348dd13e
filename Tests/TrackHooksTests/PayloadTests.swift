import Testing
import TrackCore

@testable import TrackHooks

@Suite("Payloads of hooks") struct PayloadTests {
  private func event(_ text: String) -> HookEvent? {
    if case .event(let event) = HookInput(Array(text.utf8)) { event } else { nil }
  }

  private func call(_ text: String) -> ToolCall? {
    switch event(text)?.kind {
    case .toolBegins(let call)?, .toolEnds(let call, _)?: call
    default: nil
    }
  }

  @Test(
    "both spellings of keys are one",
    arguments: [
      #"{"session_id": "s", "transcript_path": "/t", "cwd": "/w", "hook_event_name": "SessionStart", "source": "resume"}"#,
      #"{"sessionId": "s", "transcriptPath": "/t", "cwd": "/w", "hookEventName": "SessionStart", "source": "resume"}"#,
      #"{"source":"resume","hookEventName":"session_start","cwd":"/w","session_id":"s","transcriptPath":"\/t"}"#,
    ])
  func spellings(text: String) {
    let event = event(text)
    #expect(event?.kind == .sessionStart(source: "resume", model: nil))
    #expect(event?.session == "s")
    #expect(event?.transcript == "/t")
    #expect(event?.directory == "/w")
  }

  @Test("of a tool only its name, its id and its files are taken")
  func tool() {
    let text = #"""
      {"hook_event_name": "PreToolUse", "tool_name": "Write", "tool_use_id": "toolu_1",
       "tool_input": {"file_path": "/w/a.txt", "content": "secret", "deep": [{"file_path": "/no"}]}}
      """#
    #expect(call(text) == ToolCall(tool: "Write", id: "toolu_1", paths: ["/w/a.txt"]))
  }

  @Test("a patch names its files")
  func patch() {
    let text =
      #"{"hook_event_name":"PostToolUse","tool_name":"ApplyPatch","tool_input":{"input":"*** Begin Patch\n*** Add File: a\n+*** Add File: no\n*** Update File: b\n*** End Patch"}}"#
    #expect(call(text)?.paths == ["a", "b"])
  }

  @Test(
    "what an answer says of failure",
    arguments: [
      (#"{"success": true}"#, false), (#"{"success": false}"#, true), (#"{"isError": true}"#, true),
      (#"{"is_error": false, "error": null}"#, false), (#"{"error": "no such file"}"#, true),
      (#"{"error": ""}"#, false),
      (#"{"error": {"code": 1}}"#, true), (#"{"interrupted": true}"#, true), (#""plain text""#, false), ("[]", false),
    ])
  func failure(response: String, isFailure: Bool) {
    let kind = event(#"{"hook_event_name":"PostToolUse","tool_name":"Bash","tool_response":\#(response)}"#)?.kind
    #expect(kind == .toolEnds(ToolCall(tool: "Bash"), failed: isFailure))
  }

  @Test("texts with escapes, surrogates and broken bytes")
  func texts() {
    #expect(
      event(#"{"hook_event_name":"Stop","session_id":"a\u00e9\ud83d\ude00\n\"\ud800x"}"#)?.session == "aé😀\n\"\u{FFFD}x"
    )
    let broken = Array(#"{"hook_event_name":"Stop","session_id":"a"#.utf8) + [0xFF] + Array(#""}"#.utf8)
    #expect(HookInput(broken) == .event(HookEvent(kind: .turnEnds, session: "a\u{FFFD}")))
  }

  @Test("a text longer than is kept counts as missing")
  func longText() {
    let long = String(repeating: "x", count: 5_000)
    #expect(event(#"{"hook_event_name":"Stop","session_id":"\#(long)"}"#)?.session == nil)
  }

  @Test("of equal keys the last counts, and what follows the object is nobody's")
  func repetition() {
    #expect(event(#"{"hook_event_name":"Stop","session_id":"a","sessionId":"b"} trailing"#)?.session == "b")
  }

  @Test(
    "what is no object, or names no event, is refused",
    arguments: [
      "", " ", "null", "[]", "7", #""text""#, "{}", #"{"session_id":"s"}"#, #"{"hook_event_name":5}"#, "{\"a\":1,}",
      #"{"a":01,"hook_event_name":"Stop"}"#, #"{"hook_event_name":"Stop""#, "{\"a\":\"\u{1}\"}", #"{"a":"\x"}"#,
      #"{"a":"\u12g4"}"#, "{'a':1}", "{\"a\":tru}", "{\"a\" 1}", "\0", "{\"hook_event_name\":\"Stop\"\0}",
      #"{"a":"# + String(repeating: "[", count: 600),
    ])
  func refused(text: String) {
    guard case .refused(let reason) = HookInput(Array(text.utf8)) else {
      Issue.record("taken: \(text.prefix(80))")
      return
    }
    #expect(reason.hasPrefix("cannot read the payload: "))
  }

  @Test("cut anywhere, a payload is refused")
  func truncated() {
    let whole = Array(
      #"{"hook_event_name":"PreToolUse","tool_name":"Bash","tool_input":{"command":"a\u00e9\n","n":-1.5e3}}"#.utf8)
    #expect(HookInput(whole) == .event(HookEvent(kind: .toolBegins(ToolCall(tool: "Bash")))))
    for length in 0..<whole.count {
      guard case .refused = HookInput(Array(whole[..<length])) else {
        Issue.record("taken at \(length)")
        continue
      }
    }
  }

  @Test("an event that is not known is told by its name")
  func unknown() {
    #expect(event(#"{"hook_event_name":"Frob"}"#)?.kind == .unknown("Frob"))
    #expect(event(#"{"hook_event_name":"PostToolBatch"}"#)?.kind == .passedOver)
    #expect(event(#"{"hook_event_name":"PreToolUse"}"#)?.kind == .passedOver)
  }
}
