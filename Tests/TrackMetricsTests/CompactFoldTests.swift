import Testing
import TrackCore
import TrackMetrics

/// Rows of 64 bytes say the same as records with texts and sets, which define what an execution is.
@Suite struct CompactFoldTests {
  @Test("random histories", arguments: UInt64(1)...60)
  func sameExecutions(seed: UInt64) {
    var random = SplitMix(state: seed)
    let lines = (0..<120).map { _ in history(&random) }
    let executions = fold(lines).executions
    let told = executions.map { execution in
      describe(
        executions.id(of: execution), executions.tasks[execution.task], executions.droids[execution.droid],
        execution.started, execution.ended, "\(execution.outcome)", executions.reasons[execution.reason],
        executions.errors[execution.error], execution.isLate, execution.limit, execution.hasStart,
        execution.isSession)
    }
    let expected = Set(expected(lines))
    #expect(expected.subtracting(told).sorted() == [])
    #expect(Set(told).subtracting(expected).sorted() == [])
    #expect(told.count > 20)
  }

  private func expected(_ lines: [String]) -> [String] {
    var records: [String: ExecutionRecord] = [:]
    for line in lines {
      guard let record = try? EventRecord(line: Array(line.utf8)), let id = record.execution else { continue }
      if record.type == EventType.started {
        _ = records[id, default: ExecutionRecord()].add(
          StartNote(
            time: record.timestamp, droid: record.droid, task: record.task,
            limit: record.details.number(WireKey.timeoutSeconds),
            isSession: record.details.text(WireKey.kind) == WorkKind.session.rawValue))
      } else {
        let kinds: [String: EndingKind] = ["completed": .completed, "failed": .failed, "timeout": .timeout]
        _ = records[id, default: ExecutionRecord()].add(
          EndingNote(
            time: record.timestamp, kind: kinds[record.status ?? ""] ?? .abandoned, droid: record.droid,
            task: record.task, duration: record.details.number(WireKey.durationSeconds),
            reason: record.status == "abandoned" ? record.fields.text(WireKey.reason) : nil,
            error: record.details.text(WireKey.error).map { ErrorTemplate.of($0) },
            isLate: record.details.bool(WireKey.late) ?? false))
      }
    }
    return records.flatMap { id, record in
      record.executions.map { execution in
        let (start, ending) = (execution.start, execution.ending)
        let outcome = ending.map { "\($0.kind)" } ?? "open"
        return describe(
          id, start?.task ?? ending?.task, start?.droid ?? ending?.droid ?? "unknown-droid", start?.time, ending?.time,
          outcome, outcome == "abandoned" ? ending?.reason ?? "unknown" : nil, ending?.error, execution.isLate,
          start?.limit, start != nil, start?.isSession ?? false)
      }
    }
  }

  private func describe(
    _ id: String, _ task: String?, _ droid: String?, _ started: Timestamp?, _ ended: Timestamp?, _ outcome: String,
    _ reason: String?, _ error: String?, _ isLate: Bool, _ limit: Double?, _ hasStart: Bool,
    _ isSession: Bool
  ) -> String {
    [
      id, task ?? "-", droid ?? "-", started.map { "\($0)" } ?? "-", ended.map { "\($0)" } ?? "-", outcome,
      reason ?? "-", error ?? "-", "\(isLate)", limit.map { "\($0)" } ?? "-", "\(hasStart)", "\(isSession)",
    ].joined(separator: "|")
  }

  /// One line of few executions, droids, tasks and times, so that everything meets everything.
  private func history(_ random: inout SplitMix) -> String {
    func pick(_ words: [String]) -> String { words.randomElement(using: &random) ?? "" }
    func maybe(_ key: String, _ value: String) -> String {
      Bool.random(using: &random) ? "\"\(key)\": \(value), " : ""
    }
    let id = pick(
      ["exec-17-1.1-0000000a", "exec-17-1.2-0000000a", "exec-17-1.1-0000000b", "x", "exec-18-2-00000001"]
        + (0..<20).map { "exec-\($0 + 1)-1.1-0000000c" })
    let head =
      maybe("timestamp", "\"2025-11-24T15:00:0\(Int.random(in: 0...3, using: &random))Z\"")
      + maybe("droid_id", "\"\(pick(["a", "b"]))\"") + maybe("task_id", "\"\(pick(["1.1", "1.1", "2"]))\"")
    let details =
      maybe("timeout_seconds", pick(["900", "0.1", "60"])) + maybe("duration_seconds", pick(["1", "2.5"]))
      + maybe("error", "\"\(pick(["no file 3", "broken"]))\"") + maybe("late", "true")
      + maybe("kind", "\"\(pick(["session", "subagent"]))\"") + "\"z\": 0"
    let tail = "\"execution_id\": \"\(id)\", \"details\": {\(details)}, \"event_type\": "
    switch Int.random(in: 0..<3, using: &random) {
    case 0: return "{\(head)\(tail)\"task.execution.started\"}"
    case 1:
      return "{\(head)\"status\": \"\(pick(["completed", "failed", "timeout"]))\", \(tail)\"task.execution.completed\"}"
    default:
      return "{\(head)\(maybe("reason", "\"\(pick(["timeout", "silent"]))\""))\"status\": \"abandoned\", \(tail)"
        + "\"task.execution.abandoned\"}"
    }
  }
}
