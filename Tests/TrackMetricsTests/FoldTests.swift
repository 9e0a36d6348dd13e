import Testing
import TrackCore
import TrackMetrics

@Suite struct FoldTests {
  @Test("a late ending replaces the abandonment in every figure and is counted apart")
  func lateEnding() {
    let lines = [
      started("e1", at: ago(500)), abandoned("e1", at: ago(300)), ended("e1", at: ago(100), late: true),
    ]
    for lines in [lines, lines.reversed()] {
      let report = report(lines)
      let tally = report.executions.tally
      #expect([tally.started, tally.completed, tally.abandoned, tally.open, tally.late] == [1, 1, 0, 0, 1])
      #expect(tally.abandonmentRate == 0)
      #expect(report.executions.abandonedByReason.isEmpty)
      #expect(report.executions.durations?.maximum == 400)
      #expect(report.droids.map(\.tally) == [tally])
    }
  }

  @Test("an ending that is read before its start ends it")
  func endingBeforeStart() {
    let report = report([ended("e1", "failed", at: ago(100)), started("e1", at: ago(160))])
    #expect(report.executions.tally.failed == 1)
    #expect(report.executions.tally.started == 1)
    #expect(report.executions.durations?.maximum == 60)
    #expect(report.open.isEmpty)
  }

  @Test("of several endings the first in time counts, the others are told")
  func surplusEndings() {
    let report = report([
      started("e1", at: ago(100)), ended("e1", "completed", at: ago(80)), ended("e1", "failed", at: ago(90)),
    ])
    #expect(report.executions.tally.failed == 1)
    #expect(report.executions.tally.completed == 0)
    #expect(report.executions.surplusEndings == 1)
  }

  @Test("rates: success of ended, completion and abandonment of started")
  func rates() {
    let lines = [("completed", 3), ("failed", 1), ("timeout", 1)].flatMap { status, count in
      (0..<count).flatMap {
        [started("\(status)\($0)", at: ago(200)), ended("\(status)\($0)", status, at: ago(100))]
      }
    }
    let tally = report(
      lines + [
        started("a", at: ago(50)), abandoned("a", at: ago(5)), started("o", at: ago(20)), started("p", at: ago(9)),
      ]
    ).executions.tally
    #expect(tally.started == 8)
    #expect(tally.successRate == 3.0 / 5)
    #expect(tally.completionRate == 5.0 / 8)
    #expect(tally.abandonmentRate == 1.0 / 8)
  }

  @Test("sessions are counted apart, unless they are asked for; subagents count as every execution")
  func sessions() {
    let lines = [
      started("s1", task: "claude.session", droid: "claude", at: ago(500), kind: .session), ended("s1", at: ago(100)),
      started("s2", task: "claude.session", droid: "claude", at: ago(90), kind: .session),
      started("a1", droid: "explorer", at: ago(80), kind: .subagent), ended("a1", "failed", at: ago(70)),
      started("e1", at: ago(60)), ended("e1", at: ago(50)),
    ]
    for lines in [lines, lines.reversed(), lines + lines] {
      let plain = report(lines).executions
      #expect([plain.tally.started, plain.tally.completed, plain.tally.failed, plain.tally.open] == [2, 1, 1, 0])
      #expect([plain.sessions.started, plain.sessions.completed, plain.sessions.open] == [2, 1, 1])
      #expect(plain.durations?.maximum == 10)
      var selection = Selection.everything
      selection.includesSessions = true
      let full = report(lines, selection: selection)
      #expect([full.executions.tally.started, full.executions.tally.completed, full.openCount] == [4, 2, 1])
      #expect(full.executions.sessions == plain.sessions)
    }
    var selection = Selection()
    selection.droid = "builder"
    #expect(report(lines, selection: selection).executions.sessions.started == 0)
  }

  @Test("the measured duration goes before the difference of the timestamps")
  func durations() {
    let report = report([
      started("e1", at: ago(100)), ended("e1", at: ago(90), duration: 3.5),
      started("e2", at: ago(80)), ended("e2", at: ago(70)),
      started("e3", at: ago(60)), abandoned("e3", at: ago(10)),
    ])
    #expect(report.executions.durations?.count == 2)
    #expect(report.executions.durations?.total == 13.5)
  }

  @Test("an execution is its starter's, whoever ends it")
  func droidOfExecution() {
    let ending = line([
      "timestamp": .string(ago(5).description), "event_type": "task.execution.completed", "execution_id": "e1",
      "droid_id": "somebody-else", "status": "completed",
    ])
    let droids = report([started("e1", droid: "builder", at: ago(10)), ending]).droids
    #expect(droids.first { $0.droid == "builder" }?.tally.completed == 1)
    #expect(droids.first { $0.droid == "somebody-else" }?.tally.started == 0)
  }

  @Test("an execution whose start was lost counts as started and is told")
  func lostStart() {
    let report = report([ended("e1", at: ago(5), duration: 7)])
    #expect(report.executions.tally.started == 1)
    #expect(report.executions.withoutStart == 1)
    #expect(report.executions.durations?.maximum == 7)
    #expect(report.issues.map(\.kind) == [.endingWithoutStart])
  }

  @Test("a report of an execution that never started makes no execution")
  func reportOnly() {
    let report = report(
      [
        "{\"timestamp\": \"2025-11-24T15:00:00Z\", \"droid_id\": \"d\", \"execution_id\": \"x\", \"status\": \"completed\", "
          + "\"details\": {\"event_type\": \"task_completion\", \"success\": true}}"
      ], stream: .droidStatus)
    #expect(report.executions.tally.started == 0)
    #expect(report.droids.map(\.selfReports) == [1])
    #expect(report.data.selfReports.map(\.name) == ["task_completion"])
  }

  @Test("an event that stands in two streams counts once")
  func twoStreams() {
    let report =
      "{\"timestamp\": \"2025-11-24T15:00:00Z\", \"event_type\": \"droid.self_report\", \"droid_id\": \"d\", "
    let id = "\"event_id\": \"0123456789abcdef0123456789abcdef\""
    var fold = fold([report + id + "}"])
    fold.begin(file: "droid_status.ndjson", stream: .droidStatus)
    fold.add(line: 1, Array((report + "\"host\": \"h\", " + id + "}").utf8))
    #expect(fold.droids["d"]?.selfReports == 1)
    #expect(fold.repeats == 1)
  }

  @Test("an ending, its result and the validation share an id and are three events")
  func sharedEventID() {
    let id = "\"event_id\": \"0123456789abcdef0123456789abcdef\", \"timestamp\": \"2025-11-24T15:00:00Z\"}"
    let types = ["task.execution.completed", "task.result", "task.result.validated"]
    let fold = fold(types.map { "{\"event_type\": \"\($0)\", \"execution_id\": \"e1\", " + id })
    #expect(fold.eventTypes == Dictionary(uniqueKeysWithValues: types.map { ($0, 1) }))
    #expect(fold.repeats == 0)
  }

  @Test("unknown event types are counted by type and are no bad lines")
  func foreignTypes() {
    let report = report(["{\"event_type\": \"x.y\", \"timestamp\": \"2025-11-24T15:00:00Z\"}"])
    #expect(report.data.foreignTypes.map(\.name) == ["x.y"])
    #expect(report.data.problems.count == 0)
    #expect(report.issues.isEmpty)
  }

  @Test(
    "what cannot be taken in is named by file and line",
    arguments: [
      ("[1]", "not a JSON object: expected an object at byte 1"),
      ("{\"a\": 1", "not a JSON object: the text ends too early at byte 8"),
      ("{\"a\": 1}", "no event_type"),
      ("{\"event_type\": 7}", "no event_type"),
      ("{\"event_type\": \"task.execution.started\"}", "task.execution.started without execution_id"),
      (
        "{\"event_type\": \"task.execution.completed\", \"execution_id\": null}",
        "task.execution.completed without execution_id"
      ),
      (
        "{\"event_type\": \"git.commit\", \"timestamp\": \"yesterday\"}",
        "no readable timestamp: counted without a time"
      ),
    ])
  func problems(line: String, reason: String) {
    let report = report([started("e1", at: ago(5)), line])
    #expect(report.data.problems.first == [LineProblem(file: "events.ndjson", line: 2, reason: reason)])
    #expect(report.executions.tally.started == 1)
    #expect(report.issues.map(\.kind) == [.badLines])
  }

  @Test("a status that is not ours does not leave the execution open")
  func foreignStatus() {
    let report = report([started("e1", at: ago(9_000)), ended("e1", "done", at: ago(5))])
    #expect(report.executions.tally.completed == 1)
    #expect(report.data.problems.first.map(\.reason) == ["unknown status \"done\": counted as completed"])
  }

  @Test("all bad lines are counted, the first hundred are held")
  func boundedProblems() {
    let fold = fold(Array(repeating: "x", count: 250))
    #expect(fold.problems.count == 250)
    #expect(fold.problems.first.map(\.line) == Array(1...100))
  }

  @Test("the newest report of an open execution is told")
  func lastReport() {
    func progress(_ part: String, at time: Timestamp) -> String {
      "{\"timestamp\": \"\(time)\", \"event_type\": \"droid.self_report\", \"execution_id\": \"e1\", "
        + "\"details\": {\"event_type\": \"progress\", \"progress\": \(part)}}"
    }
    let report = report([progress("0.7", at: ago(10)), progress("0.3", at: ago(20)), started("e1", at: ago(30))])
    #expect(report.open.map(\.lastReport?.progress) == [0.7])
  }
}
