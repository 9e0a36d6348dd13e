import Testing
import TrackCore
import TrackMetrics

@Suite struct StoryTests {
  @Test("a late ending is told with the abandonment it replaced")
  func lateEnding() throws {
    let logs = try StoryLogs([
      "events": [
        started("exec-1", at: ago(600), limit: 60),
        abandoned("exec-1", reason: "timeout", at: ago(500)),
        ended("exec-1", at: ago(400), duration: 200, late: true),
        started("exec-2", at: ago(300)),
      ]
    ])
    let stories = try logs.stories(of: .execution("exec-1"))
    try #require(stories.count == 1)
    #expect(stories[0].ending?.status == "completed")
    #expect(stories[0].replacedAbandonment?.fields.text("reason") == "timeout")
    #expect(stories[0].duration == 200)
    let text = StoryText.render(stories, style: TextStyle(width: 80), now: now)
    #expect(text.contains("completed after 3m 20s"))
    #expect(text.contains("given up before, at"))
    #expect(!text.contains("exec-2"))
  }

  @Test("all attempts of a task are told in order, each with the next one")
  func attempts() throws {
    let retry = line([
      "timestamp": .string(ago(100).description), "event_type": "task.execution.started", "task_id": "1.1",
      "droid_id": "builder", "execution_id": "exec-b",
      "details": ["attempt": 2, "retry_of": "exec-a"],
    ])
    let logs = try StoryLogs([
      "events": [
        retry, ended("exec-a", "failed", at: ago(200)), started("exec-a", at: ago(300)),
        started("x", task: "1.10", at: ago(50)),
      ]
    ])
    let stories = try logs.stories(of: .task("1.1"))
    #expect(stories.map(\.id) == ["exec-a", "exec-b"])
    #expect(stories.first?.relatives.map(\.id) == ["exec-b"])
    #expect(stories.first?.relatives.first?.kind == .retry)
    #expect(StoryText.render(stories, style: TextStyle(width: 80), now: now).contains("attempt 2 after exec-a"))
  }

  @Test("the copy of a report in droid_status is told once, a result after its ending")
  func copies() throws {
    let report = line([
      "timestamp": .string(ago(20).description), "event_type": "droid.self_report", "execution_id": "exec-1",
      "details": ["event_type": "progress", "progress": .number(JSONNumber(1)), "message": "half"],
      "event_id": "0199aaaabbbbccccddddeeeeffff0000",
    ])
    let result = line([
      "timestamp": .string(ago(10).description), "event_type": "task.result", "execution_id": "exec-1", "success": true,
      "result_data": ["tests_run": 4],
    ])
    let logs = try StoryLogs([
      "events": [started("exec-1", at: ago(30)), report, ended("exec-1", at: ago(10))], "droid_status": [report],
      "a-results": [result],
    ])
    let types = try logs.stories(of: .execution("exec-1"))[0].entries.map(\.record.type)
    #expect(types == ["task.execution.started", "droid.self_report", "task.execution.completed", "task.result"])
  }

  @Test("nothing in a story acts on the terminal, at any width")
  func hostile() throws {
    let report = line([
      "timestamp": .string(ago(20).description), "event_type": "droid.self_report", "execution_id": "exec-1",
      "droid_id": "\u{1b}[31mred",
      "details": ["message": "a\u{1b}]0;title\u{07}\nb\u{202e}c", "event_type": "\u{9b}2J"],
    ])
    let logs = try StoryLogs(["events": [started("exec-1", at: ago(30)), report]])
    let stories = try logs.stories(of: .execution("exec-1"))
    for width in [20, 60, 200] {
      let text = StoryText.render(stories, style: TextStyle(width: width), now: now)
      #expect(
        text.unicodeScalars.allSatisfy {
          $0 == "\n" || !$0.properties.isBidiControl && $0.value >= 0x20 && !(0x7F...0x9F).contains($0.value)
        })
    }
  }

  @Test("a story as JSON holds the lines as they were recorded")
  func json() throws {
    let logs = try StoryLogs(["events": [started("exec-1", at: ago(30)), ended("exec-1", "failed", at: ago(10))]])
    let object = try JSONParser.object(StoryJSON.render(try logs.stories(of: .execution("exec-1"))))
    guard case .array(let stories)? = object["stories"], case .object(let story)? = stories.first,
      case .array(let events)? = story["events"], case .object(let first)? = events.first
    else { return #expect(Bool(false), "no story in it") }
    #expect(story.text("status") == "failed")
    #expect(first.text("place") == "events.ndjson:1")
    #expect(first.object("event")?.text("event_type") == "task.execution.started")
  }

  @Test("a log that cannot be read makes no half story")
  func unreadable() throws {
    let logs = try StoryLogs(["events": [started("exec-1", at: ago(30))]])
    try logs.makeLink(named: "results.ndjson")
    #expect(throws: StoryReader.Unreadable.self) { try logs.stories(of: .execution("exec-1")) }
  }
}

/// Stories of logs in a directory of their own.
private struct StoryLogs {
  private let logs: TemporaryLogs

  init(_ streams: [String: [String]]) throws {
    logs = try TemporaryLogs()
    for (name, lines) in streams { try logs.write(lines, to: "\(name).ndjson") }
  }

  func makeLink(named name: String) throws { try logs.link(name, to: "/etc/passwd") }

  func stories(of subject: StorySubject) throws -> [Story] {
    try StoryReader([LogSource(path: logs.path, label: "logs")]).stories(of: subject)
  }
}
