import Glibc
import Testing

@testable import TrackCore
@testable import TrackMetrics

/// Pruning changes no figure but for the percentiles, and those within the error of the sketch.
@Suite("Figures of pruned files") struct PruningFiguresTests {
  @Test("histories that are cut anywhere and pruned piece by piece make the same report", arguments: UInt64(1)...30)
  func cuts(seed: UInt64) throws {
    var random = SplitMix(state: seed)
    let lines = history(&random)
    let logs = try CutLogs(lines, &random)
    let whole = try logs.report()
    var sessions = TrackMetrics.Selection.everything
    sessions.includesSessions = true
    let wholeWithSessions = try logs.report(sessions)
    for _ in 0..<logs.pieces {
      try logs.pruneOldest(several: Int.random(in: 1...2, using: &random))
      try expectSame(try logs.report(), whole)
      try expectSame(try logs.report(sessions), wholeWithSessions)
    }
    #expect(whole.data.prunedExecutions == 0)
    #expect(try logs.report().data.prunedSegments == logs.pieces)
  }

  @Test("what goes on after a pruning is counted as if there had been none", arguments: UInt64(31)...50)
  func goingOn(seed: UInt64) throws {
    var random = SplitMix(state: seed)
    let lines = orderlyHistory(&random)
    // What is written in one go is there as a whole or not at all.
    let count = Int.random(in: 0...lines.count, using: &random)
    let half = lines[..<count].flatMap(\.self)
    let (pruned, plain) = (try CutLogs(half, &random), try CutLogs(half, &random))
    while pruned.left > 0 { try pruned.pruneOldest(several: 1) }
    try pruned.append(lines[count...].flatMap(\.self))
    try plain.append(lines[count...].flatMap(\.self))
    try expectSame(try pruned.report(), try plain.report())
  }

  @Test(
    "defect: what is written, rotated and pruned for long makes the same report, and what is over goes for good",
    arguments: UInt64(61)...75)
  func longLife(seed: UInt64) throws {
    var random = SplitMix(state: seed)
    let (pruned, plain) = (try CutLogs(pieces: []), try CutLogs(pieces: []))
    var rest = orderlyHistory(&random)[...]
    while !rest.isEmpty {
      let piece = rest.prefix(Int.random(in: 1...9, using: &random))
      rest.removeFirst(piece.count)
      for logs in [pruned, plain] { try logs.append(piece.flatMap(\.self)) }
      try pruned.rotate()
      while pruned.left > 3 { try pruned.pruneOldest(several: Int.random(in: 1...2, using: &random)) }
      try expectSame(try pruned.report(), try plain.report())
    }
    // What rotations have cut is carried once more, and then only what is not over.
    for _ in 0..<2 {
      try pruned.rotate()
      while pruned.left > 0 { try pruned.pruneOldest(several: 1) }
    }
    try expectSame(try pruned.report(), try plain.report())
    let tally = try plain.report().executions.tally
    #expect(try pruned.lines().count == tally.open + 2 * tally.abandoned)
  }

  @Test("a crash before the files are removed counts nothing twice", arguments: UInt64(51)...60)
  func notRemoved(seed: UInt64) throws {
    var random = SplitMix(state: seed)
    let logs = try CutLogs(history(&random), &random)
    let whole = try logs.report()
    try logs.pruneOldest(several: 2, removing: false)
    try expectSame(try logs.report(), whole)
  }

  @Test(
    "what was carried forward counts where it is all that a file holds, just like one that went",
    arguments: [true, false])
  func nothingButCarriedLines(removing: Bool) throws {
    let logs = try CutLogs(pieces: [[started("a", at: ago(500))], [started("a", at: ago(500))]])
    try logs.pruneOldest(several: 2, removing: removing)
    #expect(try logs.report().executions.tally.started == 1)
    #expect(try logs.report().executions.tally.open == 1)
    try logs.append([ended("a", at: ago(400))])
    #expect(try logs.report().executions.tally.started == 1)
    #expect(try logs.report().executions.tally.completed == 1)
  }

  @Test("a time that holds a pruning whole has its figures, one that cuts it is told how many are left out")
  func selection() throws {
    let logs = try CutLogs(pieces: [
      [started("a", at: ago(5_000)), ended("a", at: ago(4_900))],
      [started("b", at: ago(500)), ended("b", at: ago(400))],
    ])
    try logs.pruneOldest(several: 1)
    func tally(_ change: (inout TrackMetrics.Selection) -> Void) throws -> (Int, Int) {
      var selection = TrackMetrics.Selection.everything
      change(&selection)
      let report = try logs.report(selection)
      return (report.executions.tally.started, report.data.undecidedExecutions)
    }
    #expect(try tally { _ in } == (2, 0))
    #expect(try tally { $0.since = ago(6_000) } == (2, 0))
    #expect(try tally { $0.since = ago(1_000) } == (1, 0))
    #expect(try tally { $0.until = ago(1_000) } == (1, 0))
    #expect(try tally { $0.until = ago(5_000) } == (0, 0))
    #expect(try tally { $0.droid = "builder" } == (1, 1))
    #expect(try tally { $0.task = "1.1" } == (1, 1))
  }

  @Test("defect: what was carried is no part of the time that a pruning took")
  func carriedSpan() throws {
    let logs = try CutLogs(pieces: [
      [started("open", at: ago(9_000)), started("a", at: ago(5_000)), ended("a", at: ago(4_900))],
      [started("b", at: ago(500))],
    ])
    try logs.pruneOldest(several: 1)
    var selection = TrackMetrics.Selection.everything
    selection.since = ago(6_000)
    let report = try logs.report(selection)
    #expect(report.executions.tally.started == 2)
    #expect(report.executions.tally.completed == 1)
    #expect(report.data.undecidedExecutions == 0)
  }

  @Test("figures are kept of the busiest tasks only where there are too many, and the totals of all")
  func manyTasks() {
    var history = PrunedHistory()
    for round in 0..<3 {
      var figures = PrunedFigures()
      for number in 0..<40_000 {
        let attempts = number == 7 ? 9 : 1
        figures.tasks["\(round).\(number)", default: PrunedFigures.Task()].tally = Tally([attempts, attempts])
      }
      figures.tally = Tally([40_008, 40_008])
      history.append(PrunedHistory.Record(span: nil, figures: figures))
    }
    let part = history.part(of: .everything)
    #expect(part.figures.tasks.count == 3 * (PrunedHistory.taskLimit / 3))
    #expect((0..<3).allSatisfy { part.figures.tasks["\($0).7"]?.tally.started == 9 })
    #expect(part.figures.tally.started == 3 * 40_008)
    #expect(PrunedHistory(history.value) == history)
  }

  @Test("sessions of which an earlier version kept the tally alone are counted as far as it knew them")
  func sessionTally() throws {
    let logs = try CutLogs(pieces: [
      [started("s", task: "claude.session", at: ago(50), kind: .session), ended("s", at: ago(40))]
    ])
    try logs.pruneOldest(several: 1)
    var selection = TrackMetrics.Selection.everything
    #expect(try logs.report().executions.tally.started == 0)
    selection.includesSessions = true
    #expect(try logs.report(selection).executions.durations?.count == 1)
    try logs.rewrite { figures in
      guard case .array(var records) = figures, case .object(var record)? = records.first else { return }
      record["sessions"] = .array([1, 1, 0, 0, 0, 0, 0].map { .number(JSONNumber($0)) })
      records[0] = .object(record)
      figures = .array(records)
    }
    #expect(try logs.report().executions.sessions.completed == 1)
    #expect(try logs.report(selection).executions.tally.completed == 1)
  }

  @Test("what is damaged is told, and the lines are counted all the same")
  func damaged() throws {
    let logs = try CutLogs(pieces: [[started("a", at: ago(50)), ended("a", at: ago(40))]])
    for text in ["", "{", "{\"version\": 1}", "{\"version\": 1, \"segments\": [], \"figures\": [1]}", "\u{0}"] {
      try logs.write(text)
      let report = try logs.report()
      #expect(report.executions.tally.completed == 1)
      #expect(report.data.unreadable.map(\.name) == ["logs/aggregates.json"], "\(text)")
    }
  }

  private func expectSame(_ report: Report, _ whole: Report) throws {
    #expect(report.executions.tally == whole.executions.tally)
    #expect(report.executions.sessions == whole.executions.sessions)
    #expect(report.executions.abandonedByReason == whole.executions.abandonedByReason)
    #expect(report.executions.withoutStart == whole.executions.withoutStart)
    #expect(report.executions.surplusEndings == whole.executions.surplusEndings)
    #expect(report.executions.histogram == whole.executions.histogram)
    #expect(report.executions.activity == whole.executions.activity)
    expectClose(report.executions.durations, whole.executions.durations)
    #expect(report.data.eventTypes == whole.data.eventTypes)
    #expect(report.data.selfReports == whole.data.selfReports)
    #expect(report.data.first == whole.data.first && report.data.last == whole.data.last)
    #expect(report.results == whole.results)
    #expect(report.tasks.count == whole.tasks.count && report.tasks.retried == whole.tasks.retried)
    #expect(Set(report.tasks.shown.map(\.task)) == Set(whole.tasks.shown.map(\.task)))
    for task in report.tasks.shown {
      let other = try #require(whole.tasks.shown.first { $0.task == task.task })
      #expect(task.tally == other.tally && task.droids == other.droids && task.lastStarted == other.lastStarted)
      expectClose(task.durations, other.durations)
    }
    #expect(report.droids.map(\.droid) == whole.droids.map(\.droid))
    for (droid, other) in zip(report.droids, whole.droids) {
      #expect(droid.tally == other.tally && droid.success == other.success && droid.share == other.share)
      #expect(droid.histogram == other.histogram && droid.lastSeen == other.lastSeen)
      #expect(droid.selfReports == other.selfReports && droid.auditNotes == other.auditNotes)
      expectClose(droid.durations, other.durations)
    }
    #expect(report.resources.map(\.droid) == whole.resources.map(\.droid))
    for (one, other) in zip(report.resources, whole.resources) {
      #expect(one.memoryMegabytes?.count == other.memoryMegabytes?.count)
      #expect(one.memoryMegabytes?.maximum == other.memoryMegabytes?.maximum)
    }
  }

  /// Counts and sums are equal.
  ///
  /// A percentile told of a sketch is within 1 % of the numbers between whose ranks it lies; of few numbers those may be far
  /// apart, so `percentiles` looks at many.
  private func expectClose(_ one: DurationSummary?, _ other: DurationSummary?) {
    #expect(one?.count == other?.count && one?.total == other?.total && one?.maximum == other?.maximum)
  }

  @Test("percentiles after a pruning are those before it to within the error of the sketch")
  func percentiles() throws {
    var random = SplitMix(state: 99)
    let lines = (0..<4_000).flatMap { number in
      let id = "exec-\(1_700_000_000 + number)-1.1-\(hexadecimal(UInt64(number), digits: 8))"
      let duration = exp(random.normal() * 2 + 4)
      return [started(id, at: ago(9_000)), ended(id, at: ago(8_000), duration: duration)]
    }
    let logs = try CutLogs(lines, &random)
    let exact = try #require(try logs.report().executions.durations)
    try logs.pruneOldest(several: max(1, logs.pieces / 2))
    let told = try #require(try logs.report().executions.durations)
    #expect(exact.isExact && !told.isExact)
    for part in [\DurationSummary.p50, \.p90, \.p95, \.p99] {
      // The neighbouring ranks of 4 000 numbers add less than another percent.
      #expect(abs(told[keyPath: part] / exact[keyPath: part] - 1) < 2 * LogSketch.relativeError)
    }
  }
}

/// Files of a stream that are pruned one after the other, as the sweep does it.
private final class CutLogs {
  private(set) var pieces: Int
  private let logs: TemporaryLogs
  private var names: [String] = []

  /// Cuts lines at random places; the last piece is that of the file written to.
  convenience init(_ lines: [String], _ random: inout SplitMix) throws {
    let cuts = (0..<Int.random(in: 1...5, using: &random)).map { _ in Int.random(in: 0...lines.count, using: &random) }
    let ends = cuts.sorted() + [lines.count]
    var pieces: [[String]] = []
    var begin = 0
    for end in ends {
      if end > begin { pieces.append(Array(lines[begin..<end])) }
      begin = end
    }
    try self.init(pieces: pieces)
  }

  init(pieces: [[String]]) throws {
    logs = try TemporaryLogs()
    self.pieces = pieces.count
    for (number, piece) in pieces.enumerated() {
      let name = "events-\(1_000 + number).ndjson"
      try logs.write(piece, to: name)
      names.append(name)
    }
    try logs.write([String](), to: "events.ndjson")
    logs.willHold(Aggregates.fileName)
  }

  /// The pieces that are not pruned yet.
  var left: Int { names.count }

  func write(_ text: String) throws { try logs.write(Array(text.utf8), to: Aggregates.fileName) }

  /// Changes the figures among the aggregates.
  func rewrite(_ change: (inout JSONValue) -> Void) throws {
    var aggregates = try Aggregates(in: logs.path)
    change(&aggregates.figures)
    try aggregates.write(in: try Directory(path: logs.path))
  }

  func report(_ selection: TrackMetrics.Selection = .everything) throws -> Report {
    let fold = MetricsReader.fold([LogSource(path: logs.path, label: "logs")], selection: selection)
    return Report(fold: fold, policy: ReportPolicy(), now: now, lastSweep: now)
  }

  func append(_ lines: [String]) throws { try logs.write(try self.lines() + lines, to: "events.ndjson") }

  /// The lines of the file that is written to.
  func lines() throws -> [String] {
    let bytes = try Path.contents(of: "\(logs.path)/events.ndjson", maximum: 1 << 24)
    return bytes.split(separator: UInt8(ascii: "\n")).map { String(decoding: $0, as: UTF8.self) }
  }

  /// Makes another piece of what was written since the last one.
  func rotate() throws {
    let lines = try lines()
    guard !lines.isEmpty else { return }
    names.append("events-\(1_000 + pieces).ndjson")
    pieces += 1
    try logs.write(lines, to: names[names.count - 1])
    try logs.write([String](), to: "events.ndjson")
  }

  /// Prunes the oldest pieces.
  func pruneOldest(several: Int, removing: Bool = true) throws {
    let going = names.prefix(several)
    guard !going.isEmpty else { return }
    names.removeFirst(going.count)
    let carried = try CarriedLines(
      going: going.map { "\(logs.path)/\($0)" }, staying: names.map { "\(logs.path)/\($0)" },
      current: "\(logs.path)/events.ndjson")
    var lines: [String] = []
    try carried.forEach(mayEnd: { _ in true }) {
      lines += String(decoding: $0, as: UTF8.self).split(separator: "\n").map { String($0) }
    }
    try append(lines)
    var aggregates = try Aggregates(in: logs.path)
    var segments: [PrunedSegment] = []
    for name in going {
      let file = try SealedFile(name, in: logs.path)
      segments.append(
        PrunedSegment(
          stream: .events, segment: aggregates.segments.count + segments.count + 1, file: name, bytes: file.size,
          records: 0, first: nil, last: nil, policy: "", sha256: try file.measure(0..<file.size).digest,
          firstLine: try #require(try file.firstLine())))
    }
    aggregates.append(segments, figures: try PrunedHistory.figures(logs.path, Set(going), aggregates.figures))
    try aggregates.write(in: try Directory(path: logs.path))
    guard removing else { return }
    for name in going { unsafe unlink("\(logs.path)/\(name)") }
    aggregates.noteRemoval()
    try aggregates.write(in: try Directory(path: logs.path))
  }
}

/// What writers of ours leave: a start, reports, an ending with its result or an abandonment with perhaps a late one.
private func orderlyHistory(_ random: inout SplitMix) -> [[String]] {
  var lines: [(time: Double, lines: [String])] = []
  for number in 0..<40 {
    let id = "exec-\(1_700_000_000 + number)-1.\(number % 7)-\(hexadecimal(UInt64(number), digits: 8))"
    var time = Double.random(in: 2_000...20_000, using: &random)
    func next() -> Double {
      time -= Double.random(in: 1...300, using: &random)
      return time
    }
    lines.append((time, [started(id, task: "1.\(number % 7)", droid: ["a", "b"][number % 2], at: ago(time))]))
    for _ in 0..<Int.random(in: 0...3, using: &random) {
      let at = next()
      lines.append((at, [selfReport(id, at: ago(at), droid: ["a", "b"][number % 2], memory: at)]))
    }
    let fate = Int.random(in: 0..<6, using: &random)
    if fate <= 1 {
      let at = next()
      lines.append((at, [abandoned(id, at: ago(at))]))
    }
    guard fate != 0, fate != 5 else { continue }
    let at = next()
    let status = ["completed", "failed", "timeout"][fate % 3]
    let ending = [
      ended(id, status, at: ago(at), duration: 20_000 / at, late: fate == 1, error: "no \(fate)"),
      result(id, success: status == "completed", at: ago(at)),
      validated(id, "testing", fate == 2 ? ["x is missing"] : [], at: ago(at)),
    ]
    lines.append((at, ending))
  }
  return lines.sorted { $0.time > $1.time }.map(\.lines)
}
