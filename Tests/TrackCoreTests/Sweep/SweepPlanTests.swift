import Testing

@testable import TrackCore

/// One open execution and what is known when it is judged.
private struct Case: CustomTestStringConvertible, Sendable {
  let testDescription: String
  var age: Int64 = 0
  var limit: Duration?
  var owner: Liveness?
  var silence: Int64?
  var policy = JudgementPolicy(defaultLimit: .seconds(3_600))
  var expected: AbandonReason?
  var isOverdue = false
}

private let heartbeat = JudgementPolicy(defaultLimit: .seconds(3_600), heartbeatLimit: .seconds(60))
private let zero = JudgementPolicy(defaultLimit: .zero, overridesLimits: true)
private let forced = JudgementPolicy(defaultLimit: .zero, overridesLimits: true, sparesLivingOwners: false)

private let cases = [
  Case(testDescription: "young, no owner", age: 10),
  Case(testDescription: "exactly at the default limit", age: 3_600),
  Case(testDescription: "past the default limit", age: 3_601, expected: .timeout),
  Case(testDescription: "past its own limit", age: 61, limit: .seconds(60), expected: .timeout),
  Case(testDescription: "past the default limit, within its own", age: 5_000, limit: .seconds(7_200)),
  Case(testDescription: "owner alive", age: 10, owner: .alive),
  Case(testDescription: "owner gone", age: 10, owner: .gone, expected: .processGone),
  Case(testDescription: "rebooted", age: 10, owner: .rebooted, expected: .rebooted),
  Case(testDescription: "owner unknown: another host, namespace or boot", age: 10, owner: .unknown),
  Case(testDescription: "owner unknown, by time only", age: 3_601, owner: .unknown, expected: .timeout),
  Case(
    testDescription: "gone comes before timeout", age: 9_000, limit: .seconds(1), owner: .gone, expected: .processGone),
  Case(
    testDescription: "rebooted comes before timeout", age: 9_000, limit: .seconds(1), owner: .rebooted,
    expected: .rebooted),
  Case(
    testDescription: "gone comes before silent", age: 90, owner: .gone, silence: 90, policy: heartbeat,
    expected: .processGone),
  Case(testDescription: "timeout comes before silent", age: 3_601, silence: 90, policy: heartbeat, expected: .timeout),
  Case(testDescription: "a living owner past the default limit is overdue", age: 3_601, owner: .alive, isOverdue: true),
  Case(
    testDescription: "its own limit beats a living owner", age: 61, limit: .seconds(60), owner: .alive,
    expected: .timeout),
  Case(testDescription: "silent after a report", age: 100, silence: 61, policy: heartbeat, expected: .silent),
  Case(testDescription: "exactly at the heartbeat limit", age: 100, silence: 60, policy: heartbeat),
  Case(testDescription: "never reported is never silent", age: 100, policy: heartbeat),
  Case(
    testDescription: "a living owner that is silent is overdue", age: 100, owner: .alive, silence: 61,
    policy: heartbeat, isOverdue: true),
  Case(
    testDescription: "silent with its own limit", age: 100, limit: .seconds(900), silence: 61, policy: heartbeat,
    expected: .silent),
  Case(testDescription: "without a heartbeat limit silence is no cause", age: 3_000, silence: 2_999),
  Case(testDescription: "--timeout 0 closes what is young", age: 0, policy: zero, expected: .timeout),
  Case(
    testDescription: "--timeout 0 does not look at its own limit", age: 1, limit: .seconds(900), policy: zero,
    expected: .timeout),
  Case(testDescription: "--timeout 0 spares a living owner", age: 1, owner: .alive, policy: zero, isOverdue: true),
  Case(testDescription: "--timeout 0 and a dead owner", age: 1, owner: .gone, policy: zero, expected: .processGone),
  Case(
    testDescription: "--timeout 0 --force closes it all the same", age: 1, owner: .alive, policy: forced,
    expected: .timeout),
  Case(
    testDescription: "--timeout 30 spares what is younger", age: 29,
    policy: JudgementPolicy(defaultLimit: .seconds(30), overridesLimits: true)),
  Case(
    testDescription: "--timeout 30 closes what is older, whatever its own limit", age: 31, limit: .seconds(900),
    policy: JudgementPolicy(defaultLimit: .seconds(30), overridesLimits: true), expected: .timeout),
]

@Suite("The plan of a sweep") struct SweepPlanTests {
  private func now(_ seconds: Int64, boot: String = "b") -> Instant {
    Instant(
      wall: Timestamp(microseconds: (1_000_000 + seconds) * 1_000_000), boot: boot,
      monotonic: (500 + seconds) * 1_000_000_000,
      boottime: (700 + seconds) * 1_000_000_000)
  }

  private func record(
    _ id: String = "exec-1-1.1-00000000", started: Instant, limit: Duration? = nil, owner: ProcessIdentity? = nil,
    report: Instant? = nil
  ) -> LedgerRecord {
    LedgerRecord(
      execution: Execution(
        id: ExecutionID(trusted: id), task: Sample.task, droid: Sample.droid, run: Sample.run, started: started,
        host: "forge",
        limit: limit, parent: nil, owner: owner, trace: Sample.trace),
      state: .open, lastReport: report, conclusion: nil, redo: nil)
  }

  @Test("every cause, alone and against the others", arguments: cases)
  private func causes(test: Case) {
    let record = record(
      started: now(0), limit: test.limit, owner: test.owner == nil ? nil : Sample.owner,
      report: test.silence.map { now(test.age - $0) })
    let owners = test.owner.map { [Sample.owner: $0] } ?? [:]
    let plan = SweepPlan([record], owners: owners, now: now(test.age), policy: test.policy)
    #expect(plan.closings.map(\.reason) == (test.expected.map { [$0] } ?? []))
    #expect(plan.overdue.isEmpty == !test.isOverdue)
  }

  @Test("an owner of whom nothing was found out proves nothing")
  func unseenOwner() {
    let plan = SweepPlan(
      [record(started: now(0), owner: Sample.owner)], owners: [:], now: now(10),
      policy: JudgementPolicy(defaultLimit: .seconds(60)))
    #expect(plan.closings.isEmpty && plan.overdue.isEmpty)
  }

  @Test("a jump of the wall clock does not matter on the same boot, and is all there is on another")
  func wallClock() {
    let policy = JudgementPolicy(defaultLimit: .seconds(60))
    let jumped = Instant(
      wall: Timestamp(microseconds: .max / 2), boot: "b", monotonic: now(10).monotonic, boottime: now(10).boottime)
    #expect(SweepPlan([record(started: now(0))], owners: [:], now: jumped, policy: policy).closings.isEmpty)
    let other = Instant(wall: now(61).wall, boot: "c", monotonic: 0, boottime: 0)
    #expect(SweepPlan([record(started: now(0))], owners: [:], now: other, policy: policy).closings.count == 1)
    let back = Instant(wall: now(-500).wall, boot: "c", monotonic: .max, boottime: .max)
    #expect(SweepPlan([record(started: now(0))], owners: [:], now: back, policy: policy).closings.isEmpty)
  }

  @Test("suspend does not count for limits")
  func suspend() {
    let woken = Instant(
      wall: now(100_000).wall, boot: "b", monotonic: now(10).monotonic, boottime: now(100_000).boottime)
    let plan = SweepPlan(
      [record(started: now(0))], owners: [:], now: woken, policy: JudgementPolicy(defaultLimit: .seconds(60)))
    #expect(plan.closings.isEmpty)
  }

  @Test("the oldest are closed first, and each says what proves it")
  func orderAndEvidence() {
    let records = [
      record("exec-3-1.1-00000000", started: now(3), owner: Sample.owner),
      record("exec-1-1.1-00000001", started: now(1)),
      record("exec-1-1.1-00000000", started: now(1), limit: .seconds(5)),
      record("exec-9-1.1-00000000", started: now(99)),
    ]
    let plan = SweepPlan(
      records, owners: [Sample.owner: .gone], now: now(100), policy: JudgementPolicy(defaultLimit: .seconds(60)))
    #expect(
      plan.closings.map(\.record.execution.id.text) == [
        "exec-1-1.1-00000000", "exec-1-1.1-00000001", "exec-3-1.1-00000000",
      ])
    #expect(plan.closings[0].evidence.members.map(\.key) == ["limit_seconds", "age_seconds"])
    #expect(plan.closings[0].evidence["limit_seconds"] == 5)
    #expect(plan.closings[0].evidence.number("age_seconds") == 99)
    #expect(plan.closings[2].evidence == ["pid": 4242, "start_ticks": 987_654, "boot_id": "4e1c7a3b"])
  }
}
