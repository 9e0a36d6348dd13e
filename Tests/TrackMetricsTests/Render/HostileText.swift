import TrackCore
import TrackMetrics

/// Texts that mean harm to some reader of a report, and a report that is full of them.
enum HostileText {
  static let all: [String] = [
    "\u{1B}]0;owned\u{7}", "\u{1B}[2J\u{1B}[31mred", "\u{1B}]8;;http://evil.example\u{1B}\\link",
    "\u{9B}2J\u{90}x\u{9C}",
    "\u{202E}txt.exe\u{2066}", "two\nlines\r\nthree", "line\u{2028}separator\u{85}next", "tab\tand\u{8}\u{8}back",
    "nul\u{0}byte", "=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(A1)", "\t=1", "＝1", "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>", "</code></details><h1>x", "a|b\\|c", "`code` ``more``", "\"quoted\" 'too'",
    "[text](javascript:alert(1))", "![i](http://evil.example/x.png)", "www.evil.example http://evil.example",
    "mail@evil.example @admin #1 GH-1", "**bold** _it_ ~~no~~ $x^2$ :tada:", "&lt;b&gt; &amp; &#60;", "{\"a\": 1}}",
    "droid=\"other\"} 1 #", "back\\slash\\", "zero\u{200B}width\u{FEFF}", "z\u{300}\u{301}\u{302}\u{303}\u{304}algo",
    "Ünïcödé 翻訳者 🙂", "other", "", " leading and trailing ", String(repeating: "long ", count: 400),
    String(repeating: "x", count: 3_000),
  ]

  /// A report with `text` in every place where a log can put one.
  static func report(_ text: String) -> Report {
    var fold = TrackMetricsTests.fold(events(text))
    fold.begin(file: text, stream: .results)
    fold.add(
      line: 1,
      Array(
        line([
          "timestamp": .string(ago(50).description), "event_type": "task.result.validated",
          "execution_id": .string("a" + text), "category": .string(text), "problems": [.string(text)],
        ]).utf8))
    fold.begin(file: "audit.ndjson", stream: .audit)
    let note: JSONObject = ["timestamp": .string(ago(40).description), "droid": .string(text), "action": "x"]
    fold.add(line: 1, Array(line(note).utf8))
    fold.add(line: 2, Array("{\"\(text)".utf8))
    return Report(fold: fold, policy: ReportPolicy(), now: now, lastSweep: nil)
  }

  private static func events(_ text: String) -> [String] {
    var failed: JSONObject = [
      "timestamp": .string(ago(8_900).description), "event_type": "task.execution.completed", "status": "failed",
    ]
    failed["details"] = ["error": .string(text), "duration_seconds": 10]
    var lines: [String] = []
    for id in ["a", "b", "c", "d"] {
      lines.append(started(id + text, task: text, droid: text, at: ago(9_000)))
      failed["execution_id"] = .string(id + text)
      lines.append(line(failed))
    }
    lines.append(started("e" + text, task: text, droid: text, at: ago(8_000)))
    lines.append(abandoned("e" + text, reason: text, at: ago(7_000)))
    lines.append(started("open" + text, task: text, droid: text, at: ago(7_500)))
    lines.append(
      line([
        "timestamp": .string(ago(60).description), "event_type": "droid.self_report", "droid_id": .string(text),
        "execution_id": .string("open" + text), "details": ["event_type": .string(text), "message": .string(text)],
      ]))
    lines.append(line(["timestamp": .string(ago(30).description), "event_type": .string("x" + text)]))
    return lines
  }
}
