import Testing

@testable import TrackCore

@Suite("Rotation") struct RotationTests {
  private let now = Timestamp(microseconds: 1_763_838_000_000_000)

  @Test("nothing is asked for unless it is configured")
  func off() throws {
    #expect(RotationPolicy(Configuration.Retention()) == nil)
    let scene = try Scene()
    try scene.start("1.1")
    let before = scene.names(scene.logs)
    var options = SweepOptions()
    options.retention = RetentionOptions()
    #expect(try scene.journal().sweep(options).retention == RetentionReport())
    #expect(scene.names(scene.logs) == before)
  }

  @Test("limits of the whole set those of a file, unless it has its own")
  func policies() throws {
    var retention = Configuration.Retention()
    retention.maximumAge = .seconds(90 * 86_400)
    var policy = try #require(RotationPolicy(retention))
    #expect((policy.size, policy.age, policy.auditAge) == (64 << 20, .seconds(7 * 86_400), nil))
    retention.maximumAge = .seconds(2 * 3_600)
    retention.maximumSize = 8 << 20
    policy = try #require(RotationPolicy(retention))
    #expect((policy.size, policy.age) == (1 << 20, .seconds(3_600)))
    retention.rotationAge = .seconds(60)
    retention.rotationSize = 4_096
    policy = try #require(RotationPolicy(retention))
    #expect((policy.size, policy.age) == (4_096, .seconds(60)))
  }

  @Test("one file that is due takes the others with it, but audit goes by itself and empty ones stay")
  func plan() throws {
    var retention = Configuration.Retention()
    retention.rotationSize = 100
    retention.rotationAge = .seconds(3_600)
    let policy = try #require(RotationPolicy(retention))
    func streams(_ sizes: [Int64], age: Int64 = 0) -> [TrackCore.Stream] {
      let files = zip(TrackCore.Stream.allCases, sizes).map { stream, size in
        RotationPlan.File(
          stream: stream, size: size, begun: Timestamp(microseconds: now.microseconds - age * 1_000_000))
      }
      return RotationPlan(files, now: now, policy: policy).streams
    }
    #expect(streams([99, 99, 99, 99, 99]).isEmpty)
    #expect(streams([100, 1, 0, 1, 99]) == [.events, .droidStatus, .performance])
    #expect(streams([1, 1, 1, 100, 1]) == [.events, .droidStatus, .results, .performance])
    #expect(streams([1, 0, 0, 0, 100]) == [.audit])
    #expect(streams([1, 1, 1, 1, 1], age: 3_600) == [.events, .droidStatus, .results, .performance])
    #expect(streams([0, 0, 0, 0, 0], age: 9_999).isEmpty)
    let demanded = zip(TrackCore.Stream.allCases, [1, 0, 1, 0, 1] as [Int64]).map {
      RotationPlan.File(stream: $0, size: $1, begun: nil)
    }
    #expect(RotationPlan(demanded, now: now, policy: .now).streams == [.events, .results, .audit])
  }

  @Test("names sort by time and are names of their streams")
  func names() {
    let first = TrackCore.Stream.events.rotatedName(at: now)
    #expect(first == "events-20251122T190000Z.ndjson")
    let second = TrackCore.Stream.events.rotatedName(at: now, number: 2)
    #expect(second == "events-20251122T190000Z-2.ndjson")
    #expect([first, second].allSatisfy { TrackCore.Stream(ofFile: $0) == .events })
    #expect(first < TrackCore.Stream.events.rotatedName(at: Timestamp(microseconds: now.microseconds + 1_000_000)))
  }

  @Test("open executions go on across a rotation, and every byte is sealed")
  func open() throws {
    let scene = try Scene()
    let open = try scene.start("1.1")
    try scene.start("1.2")
    try scene.end("1.2")
    let before = scene.bytes(.events)
    let rotated = try scene.rotateNow()
    #expect(rotated.map(\.stream) == [.events, .results])
    #expect(scene.contents("\(scene.logs)/\(rotated[0].name)") == before)
    #expect(scene.bytes(.events).isEmpty)
    #expect(try scene.end("1.1").execution == open)
    _ = try scene.rotateNow()
    #expect(Set(scene.names(scene.logs)).count == scene.names(scene.logs).count)
    let chain = try SealReader(scene.logs).chain()
    #expect(chain.segments(of: .events).keys.sorted() == [1, 2])
    #expect(chain.isFinal(.events, 1))
  }

  @Test("defect: a line that pruning carried does not make a new file old", arguments: [false, true])
  func carried(isLastPruned: Bool) throws {
    let scene = try Scene { $0.tracking.retention.rotationAge = .seconds(3_600) }
    let line =
      #"{"timestamp": "2025-10-08T16:21:54.536702+00:00", "event_type": "task.execution.started", "task_id": "1.1", "#
      + #""execution_id": "exec-1759940514-1.1-01234567"}"#
    try scene.makeDirectory(scene.logs)
    try scene.write(line + "\n", to: "\(scene.logs)/events.ndjson")
    try scene.fleeting()
    var options = SweepOptions()
    options.retention = RetentionOptions()
    // It is given up, and may be ended late.
    #expect(try scene.journal().sweep(options).retention.rotated.first?.stream == .events)
    if isLastPruned {
      try scene.prune()
    } else {
      try scene.fleeting()
      try scene.rotateNow()
      try scene.pruneOldest()
    }
    #expect(try scene.events().first?.execution == "exec-1759940514-1.1-01234567")
    #expect(try scene.journal().sweep(options).retention.rotated == [])
  }

  @Test("a change that its writer did not finish is finished before its stream is renamed")
  func pending() throws {
    let scene = try Scene()
    let execution = try scene.start("1.1")
    let ledger = try Ledger.existing(
      in: LogDirectory.create(".droid-forge/logs", in: scene.root, machine: scene.machine).state,
      boot: scene.machine.boot)
    var record = try #require(try ledger.record(execution, .open))
    let line =
      Array(#"{"timestamp": "2025-11-22T19:00:00.000000+00:00", "event_type": "droid.self_report"}"#.utf8) + [10]
    let size = Int64(scene.bytes(.events).count)
    (record.state, record.lastReport) = (.reporting, scene.machine.now())
    record.redo = Redo(parts: [Redo.Part(stream: .events, size: size, lines: line)])
    try ledger.begin(record)
    let rotated = try scene.rotateNow()
    #expect(Array(scene.contents("\(scene.logs)/\(rotated[0].name)").suffix(line.count)) == line)
    #expect(try ledger.record(execution, .open)?.state == .open)
  }
}

extension Scene {
  /// Rotates every file that holds anything.
  @discardableResult
  func rotateNow() throws -> [RotatedFile] {
    var options = SweepOptions()
    options.retention = RetentionOptions()
    options.retention?.rotatesNow = true
    return try journal().sweep(options).retention.rotated
  }
}
