import ArgumentParser
import TrackCore
import TrackMetrics

struct TrackSweep: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "track-sweep", abstract: "Close executions that nobody will end, and finish what was interrupted.",
    discussion: """
      An execution is closed when its owner is gone, the machine was restarted, its time is over, or it fell silent. \
      One whose owner lives is left open beyond the default limit and named as overdue. Where retention is \
      configured, the journal's files are rotated, compressed and pruned as well; what a pruned file counted for \
      stays in the report.
      """,
    version: Version.text)

  @OptionGroup var project: ProjectOptions
  @Option(help: ArgumentHelp("Close everything open for longer than this; 0 closes all.", valueName: "duration"))
  var timeout: String?
  @Flag(help: "With --timeout, also close executions whose owner lives.") var force = false
  @Flag(help: "Sweep every project of this user.") var all = false
  @Flag(help: "Only say what would be closed, rotated and pruned; what was interrupted is finished.") var dryRun = false
  @Flag(help: "Also seal what was added to the journal since the last seal.") var seal = false
  @Flag(help: "Also rotate the journal's files now, whatever their size and age.") var rotate = false
  @Option(
    help: ArgumentHelp(
      "Also prune what was written longer ago than so many days, whatever max_age says.", valueName: "days"))
  var keepDays: Int?
  @Flag(help: "Do nothing when the last sweep is younger than cleanup_interval.") var ifDue = false
  @Flag(help: "Like --dry-run, and exit with 1 when there is something to close.") var check = false

  func run() throws {
    let options = try sweepOptions()
    var reports: [(Project, SweepReport)] = []
    var failure: (any Error)?
    for found in try projects() {
      do {
        let (_, surroundings) = try project.find()
        var journal = try Journal(of: found, in: surroundings, wait: try project.waitDuration())
        // Nobody waits for a sweep, so it may wait.
        if project.wait == nil { journal = try journal.waitingAsConfigured() }
        let report = try journal.sweep(options, figures: PrunedHistory.figures)
        try tell(found, report)
        reports.append((found, report))
      } catch {
        // One broken project must not keep the others from their sweep.
        guard all else { throw error }
        complain("track-sweep: \(excerpt(found.root, maximumLength: 1024)): \(error)")
        failure = failure ?? error
      }
    }
    if let failure {
      throw ToolError(status: (failure as? JournalError).map { ExitStatus($0) } ?? .inputOutput, message: nil)
    }
    if check, reports.contains(where: { !$0.1.closed.isEmpty || !$0.1.overdue.isEmpty }) { throw ToolError.negative }
    if reports.contains(where: { $0.1.retention.leavesFiles }) { throw ToolError.negative }
  }

  private func projects() throws -> [Project] {
    let (found, surroundings) = try project.find()
    return all ? ProjectRegistry(surroundings).projects() : [found]
  }

  private func sweepOptions() throws -> SweepOptions {
    var options = SweepOptions()
    options.limit = try timeout.map { try duration($0, of: "--timeout") }
    options.isForced = force
    options.isDryRun = dryRun || check
    options.onlyIfDue = ifDue
    options.seals = seal
    options.retention = RetentionOptions()
    options.retention?.rotatesNow = rotate
    if let keepDays {
      guard (0...36_500).contains(keepDays) else {
        throw ToolError.badData("read", "--keep-days", "expected a number of days from 0 to 36500, found '\(keepDays)'")
      }
      options.retention?.keeping = .seconds(keepDays * 86_400)
    }
    if force && timeout == nil { throw ToolError.usage("cannot take --force: it needs --timeout") }
    return options
  }

  private func tell(_ found: Project, _ report: SweepReport) throws {
    if report.skipped == .alreadyRunning, !project.quiet {
      complain("track-sweep: another sweep is running")
    }
    if project.json { return try output(report.json(root: found.root)) }
    let altered = report.retention.altered.map { LeftFile(name: $0, reason: "it is not what was sealed") }
    for file in altered + report.retention.unreadable {
      let name = excerpt(file.name, maximumLength: 255)
      complain("track-sweep: cannot prune or compress \(name): \(file.reason); see track-verify")
    }
    guard !project.quiet else { return }
    let place = all ? " in \(excerpt(found.root, maximumLength: 1024))" : ""
    let verb = dryRun || check ? "would close" : "closed"
    for closed in report.closed {
      let execution = closed.execution
      try output("\(verb) \(execution.id) of \(execution.droid): \(closed.reason.rawValue)\(place)")
    }
    for execution in report.overdue {
      try output("overdue \(execution.id) of \(execution.droid): its owner lives\(place)")
    }
    try tell(report.retention, place)
    if let seal = report.sealed, dryRun || check { try output("would seal \(seal.bytes) bytes\(place)") }
  }
}

extension TrackSweep {
  /// Tells what was done about the size and the age of the journal.
  private func tell(_ retention: RetentionReport, _ place: String) throws {
    let isDone = !(dryRun || check)
    for file in retention.rotated {
      try output(
        isDone
          ? "rotated \(file.stream.fileName) to \(file.name): \(file.size) bytes\(place)"
          : "would rotate \(file.name): \(file.size) bytes\(place)")
    }
    for segment in retention.pruned {
      let span = [segment.first, segment.last].compactMap { $0?.description }.joined(separator: " to ")
      try output(
        "\(isDone ? "pruned" : "would prune") \(segment.file): \(segment.bytes) bytes, \(segment.records) lines, "
          + "\(span) (\(segment.policy))\(place)")
    }
    for file in retention.needed where !isDone {
      try output("would keep \(excerpt(file.name, maximumLength: 255)): \(file.reason)\(place)")
    }
    for file in retention.compressed {
      try output(
        isDone
          ? "compressed \(file.name): \(file.size) bytes to \(file.compressedSize)\(place)"
          : "would compress \(file.name): \(file.size) bytes\(place)")
    }
  }
}

extension RetentionReport {
  /// Whether files stay that were to go, because they are not what they should be.
  fileprivate var leavesFiles: Bool { !altered.isEmpty || !unreadable.isEmpty }

  /// What was done, as members of the sweep's report.
  fileprivate var object: JSONObject {
    var object = JSONObject()
    func list<Value>(_ key: String, _ values: [Value], _ value: (Value) -> JSONValue) {
      if !values.isEmpty { object[key] = .array(values.map(value)) }
    }
    list("rotated", rotated) { ["file": .string($0.name), "bytes": .number(JSONNumber($0.size))] }
    list("pruned", pruned) { .object($0.object) }
    list("compressed", compressed) {
      [
        "file": .string($0.name), "bytes": .number(JSONNumber($0.size)),
        "compressed_bytes": .number(JSONNumber($0.compressedSize)),
      ]
    }
    list("altered", altered) { .string($0) }
    list("unreadable", unreadable) { .object($0.object) }
    list("kept", needed) { .object($0.object) }
    return object
  }
}

extension LeftFile {
  fileprivate var object: JSONObject { ["file": .string(name), "reason": .string(reason)] }
}

extension SweepReport {
  /// The report as one line of JSON.
  fileprivate func json(root: String) -> [UInt8] {
    var object: JSONObject = [
      "project": .string(root),
      "closed": .array(
        closed.map { closed in
          .object(closed.execution.summary(["reason": .string(closed.reason.rawValue)]))
        }),
      "overdue": .array(overdue.map { .object($0.summary([:])) }),
      "open": .number(JSONNumber(openCount)),
    ]
    if let sealed {
      var seal: JSONObject = [
        WireKey.sequence: .number(JSONNumber(sealed.sequence)), "bytes": .number(JSONNumber(sealed.bytes)),
      ]
      seal[WireKey.sha256] = sealed.sha256.map { .string($0) }
      object["sealed"] = .object(seal)
    }
    for member in retention.object.members { object[member.key] = member.value }
    switch skipped {
    case .alreadyRunning?: object["skipped"] = "already_running"
    case .notDue?: object["skipped"] = "not_due"
    case .noJournal?: object["skipped"] = "no_journal"
    case nil: break
    }
    var writer = JSONWriter()
    writer.value(.object(object))
    writer.endLine()
    return writer.bytes
  }
}

extension Execution {
  fileprivate func summary(_ more: JSONObject) -> JSONObject {
    var object: JSONObject = [
      WireKey.executionID: .string(id.text), WireKey.taskID: .string(task.text), WireKey.droidID: .string(droid.text),
    ]
    for member in more.members { object[member.key] = member.value }
    return object
  }
}
