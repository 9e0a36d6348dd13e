import TrackCore
import TrackMetrics

/// A made-up project of some days: the same on every run.
enum BusyProject {
  private static let droids = [
    ("schema-designer", 24, 20), ("unit-tester", 18, 7), ("翻訳者-日本語", 9, 8),
    ("database-migration-specialist-for-postgres", 6, 6), ("reviewer", 3, 2),
  ]

  /// Its report, of the moment `now`.
  static func report() -> Report {
    let events = droids.enumerated().flatMap { place, droid in
      (0..<droid.1).flatMap { execution(of: droid.0, place, $0, isGood: $0 * 7 % droid.1 < droid.2) }
    }
    var fold = fold(events)
    fold.begin(file: "results.ndjson", stream: .results)
    for number in 0..<40 {
      let text = result(number)
      fold.add(line: number + 1, Array(text.utf8))
    }
    return Report(fold: fold, policy: ReportPolicy(), now: now, lastSweep: ago(60))
  }

  private static func execution(of droid: String, _ place: Int, _ number: Int, isGood: Bool) -> [String] {
    let task = "\(1 + number % 6).\(1 + place)"
    let id = "exec-\(place)\(number)-\(task)-0000000a"
    let begin = Double(number * 9_000 + place * 1_200 + 400)
    let duration = Double((number * 37 + place * 11) % 290 + 5)
    var lines = [started(id, task: task, droid: droid, at: ago(begin), limit: number == 0 ? 300 : nil)]
    lines.append(report(id, task, droid, ago(begin - 2), Double(number + 1)))
    guard number > 0 else { return lines }
    if number % 11 == 10 {
      lines.append(abandoned(id, reason: "process_gone", at: ago(begin - duration)))
    } else {
      let error = isGood ? nil : "tests failed: \(number) of 120"
      lines.append(ended(id, isGood ? "completed" : "failed", at: ago(begin - duration), duration, error))
    }
    return lines
  }

  private static func report(_ id: String, _ task: String, _ droid: String, _ time: Timestamp, _ figure: Double)
    -> String
  {
    line([
      "timestamp": .string(time.description), "event_type": "droid.self_report", "task_id": .string(task),
      "droid_id": .string(droid), "execution_id": .string(id),
      "details": [
        "event_type": "progress", "progress": number(0.25), "message": "reading sources",
        "cpu_percent": number(figure * 7), "memory_mb": number(figure * 100),
      ],
    ])
  }

  private static func ended(
    _ id: String, _ status: String, at time: Timestamp, _ duration: Double, _ error: String?
  ) -> String {
    var details: JSONObject = ["duration_seconds": number(duration)]
    details["error"] = error.map { .string($0) }
    return line([
      "timestamp": .string(time.description), "event_type": "task.execution.completed",
      "execution_id": .string(id), "status": .string(status), "details": .object(details),
    ])
  }

  private static func result(_ number: Int) -> String {
    let category = ["testing", "file_operations", "git_operations"][number % 3]
    let problems: JSONValue = number % 9 == 0 ? ["coverage is not a percentage"] : []
    return line([
      "timestamp": .string(ago(Double(9_000 - number)).description), "event_type": "task.result.validated",
      "execution_id": .string("exec-0\(number)-x"), "category": .string(category), "problems": problems,
    ])
  }

  private static func number(_ value: Double) -> JSONValue { JSONNumber(value).map { .number($0) } ?? .null }
}
