import Testing

@testable import TrackCore

private let head = #"{"timestamp": "2025-10-08T16:21:54.536702+00:00", "event_type": "#
private let ids =
  #", "run_id": "r-20251008-1621-0042", "task_id": "1.1", "droid_id": "builder", "execution_id": "exec-1759940514-1.1-0000beef""#
private let tail = #", "event_id": "0199c4a112e87abc8000000012345678", "host": "forge", "project": "app"}"#

@Suite("Event lines") struct EventEncoderTests {
  private let encoder = EventEncoder(origin: Sample.origin)

  private func text(_ payload: Event.Payload) -> String {
    String(decoding: encoder.line(Sample.event(payload)), as: UTF8.self)
  }

  @Test("a start")
  func started() {
    var start = StartDetails()
    #expect(
      text(.started(start)) == head + #""task.execution.started""# + ids + #", "status": "executing", "details": {}"#
        + tail + "\n")
    start.description = "Write the parser"
    start.context = ["branch": "main"]
    start.limit = .milliseconds(1_500)
    start.parent = Sample.parent
    start.owner = Sample.owner
    start.trace = Sample.trace
    (start.kind, start.correlation) = (.subagent, .heuristic)
    let details =
      #"{"description": "Write the parser", "context": {"branch": "main"}, "timeout_seconds": 1.5, "#
      + #""parent_execution_id": "exec-1759940500-1-0000cafe", "owner": {"pid": 4242, "start_ticks": 987654, "#
      + #""boot_id": "4e1c7a3b", "pid_namespace": 4026531836, "uid": 1000, "host": "forge"}, "#
      + #""kind": "subagent", "correlation": "heuristic", "#
      + #""trace_id": "0af7651916cd43dd8448eb211c80319c", "span_id": "0000000000000001", "#
      + #""parent_span_id": "b7ad6b7169203331", "trace_flags": "01", "trace_state": "a=1,t@b=2", "#
      + #""baggage": "user=al%20ice;level=3;seen,empty="}"#
    #expect(
      text(.started(start)) == head + #""task.execution.started""# + ids + #", "status": "executing", "details": "#
        + details + tail + "\n")
  }

  @Test("a report")
  func report() {
    var report = SelfReport(kind: .progress)
    report.status = .waiting
    report.progress = 0.5
    report.message = "half\nway"
    report.error = "one row"
    report.cpuPercent = 12.5
    report.memoryMB = 412
    report.diskIOMB = 0
    report.fields = ["rows": 7]
    let details =
      #"{"event_type": "progress", "progress": 0.5, "message": "half\nway", "error": "one row", "cpu_percent": 12.5, "#
      + #""memory_mb": 412.0, "disk_io_mb": 0.0, "rows": 7}"#
    #expect(
      text(.selfReport(report)) == head + #""droid.self_report""# + ids + #", "status": "waiting", "details": "#
        + details + tail + "\n")
  }

  @Test("an ending")
  func completed() {
    var details = EndingDetails()
    var completion = Completion(ending: .completed, result: nil, durationSeconds: 2.5, details: details)
    let type = head + #""task.execution.completed""# + ids
    #expect(
      text(.completed(completion)) == type + #", "status": "completed", "details": {"duration_seconds": 2.5}"# + tail
        + "\n")
    details.exitCode = 3
    details.signal = "TERM"
    details.error = "no space"
    details.line = 12
    details.isConfirmed = false
    completion = Completion(
      ending: .failed, result: ["tests_run": 12], durationSeconds: 2.5, details: details, isLate: true)
    let own =
      #", "status": "failed", "result": {"tests_run": 12}, "details": {"duration_seconds": 2.5, "exit_code": 3, "#
      + #""signal": "TERM", "error": "no space", "line": 12, "late": true, "confirmed": false}"#
    #expect(text(.completed(completion)) == type + own + tail + "\n")
  }

  @Test("an abandonment")
  func abandoned() {
    let abandonment = Abandonment(reason: .processGone, durationSeconds: 90, evidence: ["pid": 4242])
    let own =
      #", "status": "abandoned", "reason": "process_gone", "details": {"duration_seconds": 90.0, "evidence": {"pid": 4242}}"#
    #expect(text(.abandoned(abandonment)) == head + #""task.execution.abandoned""# + ids + own + tail + "\n")
  }

  @Test("a result and what a look at it found")
  func results() {
    #expect(
      text(.result(success: true, data: [:])) == head + #""task.result""# + ids
        + #", "success": true, "result_data": {}"# + tail + "\n")
    let validation = ResultValidation(category: .testing, problems: ["a", "b"])
    let own =
      #", "category": "testing", "validated_at": "2025-10-08T16:21:54.536702+00:00", "original_result": {"tests_run": 12}, "#
      + #""problems": ["a", "b"]"#
    #expect(
      text(.validated(validation, at: Sample.time, original: ["tests_run": 12]))
        == head + #""task.result.validated""# + ids + own + tail + "\n")
  }

  @Test("metrics, audit lines and events of the orchestrator")
  func others() {
    #expect(
      text(.metrics(["total_tasks_completed": 1])) == head + #""performance.metrics""# + ids
        + #", "total_tasks_completed": 1"# + tail + "\n")
    #expect(
      text(.audit(action: "sweep", details: ["closed": 1]))
        == head + #""audit.recorded""# + ids + #", "action": "sweep", "details": {"closed": 1}"# + tail + "\n")
    #expect(
      text(.orchestrator(.gitCommit, status: nil, fields: ["git": ["sha": "9f2c1ab"]]))
        == head + #""git.commit""# + ids + #", "git": {"sha": "9f2c1ab"}"# + tail + "\n")
    #expect(
      text(.orchestrator(.taskScheduled, status: "scheduled", fields: [:]))
        == head + #""task.scheduled""# + ids + #", "status": "scheduled""# + tail + "\n")
  }

  @Test("what is not known is left out")
  func unknown() {
    let event = Event(
      id: Sample.event, timestamp: Sample.time, run: nil, task: nil, droid: nil, execution: nil,
      payload: .audit(action: "x", details: [:]))
    let line = String(decoding: EventEncoder(origin: Origin(host: nil, project: "app")).line(event), as: UTF8.self)
    #expect(
      line == head
        + #""audit.recorded", "action": "x", "details": {}, "event_id": "0199c4a112e87abc8000000012345678", "project": "app"}"#
        + "\n")
  }

  @Test("a line read back tells what was written, and of another writer what can be understood")
  func readBack() throws {
    var report = SelfReport(kind: .progress)
    report.message = "é\u{202E}\u{1B}[31m"
    let line = encoder.line(Sample.event(.selfReport(report)))
    let record = try EventRecord(line: line, in: 0..<line.count - 1)
    #expect(record.timestamp == Sample.time)
    #expect(record.type == "droid.self_report")
    #expect(record.id == Sample.event)
    #expect(record.execution == Sample.execution.text)
    #expect(record.details.text("message") == report.message)
    #expect((record.host, record.project, record.run) == ("forge", "app", Sample.run.text))

    let foreign = try EventRecord(
      line: Array(#"{"timestamp":"2025-06-17T20:00:00Z","droid":"old","details":{"task_id":"7"}}"#.utf8))
    #expect((foreign.droid, foreign.task, foreign.type, foreign.id) == ("old", "7", nil, nil))
    #expect(foreign.timestamp?.description == "2025-06-17T20:00:00.000000+00:00")
    for line in ["[]", "1", "", "{\"a\":1", "{}{}"] {
      #expect(throws: JSONError.self) { try EventRecord(line: Array(line.utf8)) }
    }
  }
}
