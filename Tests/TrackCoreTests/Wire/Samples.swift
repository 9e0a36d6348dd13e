@testable import TrackCore

/// Values of every kind, for tests of what is written and read back.
enum Sample {
  static let caller = Caller(pid: 4242, boot: "4e1c7a3b", pidNamespace: 4_026_531_836)

  static let time = Timestamp(microseconds: 1_759_940_514_536_702)
  static let instant = Instant(wall: time, boot: "4e1c7a3b", monotonic: 123_456_789_012, boottime: 223_456_789_012)
  static let event = EventID(time: time, random: (0xABC, 0x1234_5678))
  static let task = TaskID(trusted: "1.1")
  static let droid = DroidID(trusted: "builder")
  static let run = RunID(trusted: "r-20251008-1621-0042")
  static let execution = ExecutionID(trusted: "exec-1759940514-1.1-0000beef")
  static let parent = ExecutionID(trusted: "exec-1759940500-1-0000cafe")
  static let owner = ProcessIdentity(
    pid: 4242, startTicks: 987_654, boot: "4e1c7a3b", pidNamespace: 4_026_531_836, user: 1000, host: "forge")
  static let origin = Origin(host: "forge", project: "app")

  static func event(_ payload: Event.Payload) -> Event {
    Event(id: event, timestamp: time, run: run, task: task, droid: droid, execution: execution, payload: payload)
  }

  static func execution(owner: ProcessIdentity? = owner) -> Execution {
    Execution(
      id: execution, task: task, droid: droid, run: run, started: instant, host: "forge", limit: .seconds(90),
      parent: parent, owner: owner, trace: trace, kind: .session)
  }

  /// A place in a trace with everything that can travel along.
  static let trace = TraceContext(
    own: TraceParent(trace: TraceID(0x0AF7_6519_16CD_43DD, 0x8448_EB21_1C80_319C), span: SpanID(0x1), flags: .sampled),
    parent: SpanID(0xB7AD_6B71_6920_3331), state: TraceState("a=1,t@b=2"),
    baggage: Baggage("user=al%20ice;level=3;seen,empty="))

  static func record(_ state: LedgerRecord.State = .open, status: Status = .completed, redo: Redo? = nil)
    -> LedgerRecord
  {
    let isEnded = state == .closing || state == .closed
    return LedgerRecord(
      execution: execution(), state: state,
      lastReport: Instant(wall: time, boot: "4e1c7a3b", monotonic: 123_456_789_012, boottime: 0),
      conclusion: isEnded ? LedgerConclusion(conclusion: Conclusion(status: status, time: time), event: event) : nil,
      redo: redo)
  }

  static let redo = Redo(parts: [
    Redo.Part(stream: .events, size: 1_234, lines: Array("{\"a\": \"é\\n\"}\n{\"b\": 2}\n".utf8)),
    Redo.Part(stream: .results, size: 0, lines: Array("{\"c\": 3}\n".utf8)),
  ])
}
