import Glibc
import TrackCore

/// A made-up history of a healthy project, into which trouble can be planted.
struct MadeHistory {
  /// One execution.
  struct Run {
    let id: String
    let droid: String
    let task: String
    var start: Double
    var duration: Double
    var outcome = "completed"
    var memory: Double?
    var isLate = false
  }

  var runs: [Run] = []

  /// Four droids of different success, pace and memory work days of ten hours with pauses, most of them on tasks of
  /// their own and now and then on one that runs once.
  init(seed: UInt64, days: Int = 4, perDay: Int = 40) {
    var random = SplitMix(state: seed)
    for (droid, success) in [("planner", 0.97), ("builder", 0.8), ("tester", 0.9), ("reviewer", 0.99)] {
      let pace = exp(random.normal())
      for number in 0..<days * perDay {
        // The last day lies within the last window.
        let day = Double(days - 1 - number / perDay) * 86_400
        let outcome = Double.random(in: 0..<1, using: &random)
        var run = Run(
          id: "\(droid)-\(number)", droid: droid,
          task: Int.random(in: 0..<10, using: &random) < 8 ? "\(droid)-daily" : "\(droid)-\(number)",
          start: day + Double.random(in: 4_000...40_000, using: &random),
          duration: min(3_000, 60 * pace * exp(random.normal() * 0.6)))
        if outcome >= success { run.outcome = outcome >= success + (1 - success) * 0.9 ? "timeout" : "failed" }
        if Int.random(in: 0..<40, using: &random) == 0 { run.outcome = "abandoned" }
        if Int.random(in: 0..<3, using: &random) == 0 { run.memory = 300 * pace * exp(random.normal() * 0.4) }
        runs.append(run)
      }
    }
  }

  /// Changes the executions that `condition` selects, at most `limit` of them, the newest first.
  mutating func change(_ limit: Int = .max, where condition: (Run) -> Bool, _ change: (inout Run) -> Void) {
    let chosen = runs.indices.filter { condition(runs[$0]) }.sorted { runs[$0].start < runs[$1].start }
    for place in chosen.prefix(limit) { change(&runs[place]) }
  }

  var lines: [String] {
    runs.flatMap { run -> [String] in
      let end = ago(max(0, run.start - run.duration))
      var lines = [started(run.id, task: run.task, droid: run.droid, at: ago(run.start), limit: 3_600)]
      if let memory = run.memory {
        lines.append(selfReport(run.id, at: ago(run.start - 1), droid: run.droid, memory: memory))
      }
      if run.outcome == "abandoned" { return lines + [abandoned(run.id, reason: "silent", at: end)] }
      return lines + [ended(run.id, run.outcome, at: end, duration: run.duration, late: run.isLate)]
    }
  }
}
