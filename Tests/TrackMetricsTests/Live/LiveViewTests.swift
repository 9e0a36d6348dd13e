import Testing
import TrackCore

@testable import TrackMetrics

/// A screenful of what runs and what ended last.
struct LiveViewTests {
  private func facts(_ lines: [String]) -> LiveFacts { LiveFacts(fold: fold(lines), defaultLimit: 3_600) }

  private func view(_ lines: [String], width: Int = 100, rows: Int? = nil) -> [String] {
    LiveView(facts: facts(lines), title: "shop", now: now, style: TextStyle(width: width), rows: rows).lines
  }

  private func completed(_ id: String, task: String, droid: String, taking seconds: Double) -> [String] {
    [
      started(id, task: task, droid: droid, at: ago(9_000)),
      ended(id, at: ago(9_000 - seconds), duration: seconds),
    ]
  }

  @Test func `what is usual is the median of the closest history that there is enough of`() throws {
    var lines: [String] = []
    for (place, seconds) in [10.0, 20, 90].enumerated() {
      lines += completed("a\(place)", task: "1", droid: "one", taking: seconds)
      lines += completed("b\(place)", task: "1", droid: "two", taking: seconds * 10)
      lines += completed("c\(place)", task: "3", droid: "two", taking: seconds * 100)
    }
    for (task, droid) in [("1", "one"), ("1", "new"), ("9", "two"), ("9", "new")] {
      lines.append(started("open-\(task)-\(droid)", task: task, droid: droid, at: ago(5)))
    }
    let usual = Dictionary(uniqueKeysWithValues: facts(lines).running.map { ($0.id, $0.usual) })
    #expect(usual["open-1-one"] == LiveFacts.Usual(seconds: 20, count: 3, basis: .taskAndDroid))
    #expect(usual["open-1-new"] == LiveFacts.Usual(seconds: 95, count: 6, basis: .task))
    #expect(usual["open-9-two"] == LiveFacts.Usual(seconds: 950, count: 6, basis: .droid))
    #expect(usual["open-9-new"] == .some(nil))
  }

  @Test func `an execution ends when such work usually does, is overdue, or past its limit`() {
    let history = (0..<3).flatMap { completed("h\($0)", task: "1", droid: "builder", taking: 100) }
    func told(_ age: Double, limit: Int? = nil) -> String {
      view(history + [started("open", task: "1", at: ago(age), limit: limit)])[3]
    }
    #expect(told(40).hasSuffix("ends 16:01, in 1m"))
    #expect(told(130).hasSuffix("▲ overdue by 30.0s, usually 1m 40s"))
    #expect(told(130, limit: 120).hasSuffix("✖ past its limit of 2m"))
  }

  @Test func `sessions are only counted unless they are asked for`() {
    func session(_ id: String, at time: Double) -> String {
      started(id, task: "claude.session", droid: "claude", at: ago(time), kind: .session)
    }
    var lines = [session("s1", at: 900), session("s2", at: 900), started("w", task: "1", droid: "claude", at: ago(5))]
    for number in 0..<3 {
      lines += [session("e\(number)", at: 8_000), ended("e\(number)", at: ago(1_000), duration: 7_000)]
    }
    let plain = facts(lines)
    #expect(plain.running.map(\.id) == ["w"] && plain.openCount == 1 && plain.sessionCount == 2)
    #expect(plain.endings.isEmpty && plain.tally.started == 1)
    // How long sessions take says nothing of how long work does.
    #expect(plain.running.first?.usual == nil)
    #expect(view(lines).first?.contains("1 open, 2 sessions") == true)
    #expect(view([session("s", at: 9)]).first?.contains("nothing runs, 1 session") == true)
    let all = LiveFacts(fold: fold(lines), defaultLimit: 3_600, includesSessions: true)
    #expect(all.openCount == 3 && all.sessionCount == 0 && all.endings.count == 3)
  }

  @Test func `nothing runs and nothing ended`() {
    let lines = view([])
    #expect(lines.contains { $0.contains("nothing runs") })
    #expect(lines.contains("  None yet."))
  }

  @Test(arguments: [(40, 6), (60, 10), (80, 24), (200, 3), (40, 1)])
  func `it fits the terminal, and counts what does not`(width: Int, rows: Int) {
    let lines = (0..<40).flatMap { number in
      [
        started("o\(number)", droid: "a droid with a long name \(number)", at: ago(Double(number))),
        ended("e", at: ago(9)),
      ]
    }
    let shown = view(lines, width: width, rows: rows)
    #expect(shown.count <= rows)
    #expect(shown.allSatisfy { $0.displayWidth <= width })
    if rows > 5 { #expect(shown.contains { $0.hasSuffix(" more") }) }
  }

  @Test func `what a log holds does not act on the terminal`() {
    let hostile = "\u{1B}[2J\u{7}\r\n\u{202E}x"
    let lines = view([
      started("a", task: hostile, droid: hostile, at: ago(60)),
      started("b", task: hostile, droid: hostile, at: ago(60)),
      ended("b", "failed", at: ago(3)),
    ])
    #expect(lines.allSatisfy { $0.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0 != "\u{202E}" } })
    #expect(lines.contains { $0.contains("\\u{1b}") })
  }

  @Test func `only endings end up among the endings, the newest first`() {
    let facts = facts([
      started("a", at: ago(60)), ended("a", at: ago(30)), started("b", at: ago(50)), ended("b", "failed", at: ago(10)),
      started("c", at: ago(40)), abandoned("c", at: ago(20)), started("d", at: ago(5)),
    ])
    #expect(facts.endings.map(\.id) == ["b", "c", "a"])
    #expect(facts.endings.map(\.outcome) == [.failed, .abandoned, .completed])
    #expect(facts.openCount == 1)
  }
}
