package import TrackCore

/// Everything the report needs of the lines read so far.
///
/// Files and lines may come in any order and any number of times: apart from the counts of lines, repeats and bad
/// lines, which speak of the files and not of the work, the fold is the same.
package struct Fold: Sendable {
  /// What was read of one file.
  package struct File: Hashable, Sendable {
    /// Its name, as the report names it.
    package let name: String
    /// The stream it belongs to, by its name.
    package let stream: Stream?
    /// Its lines.
    package var lines = 0
  }

  /// A file or directory that could not be read, or not to its end.
  package struct Unreadable: Hashable, Sendable {
    /// Its name, as the report names it.
    package let name: String
    /// Why.
    package let reason: String
  }

  /// What is known of a droid besides its executions.
  package struct Droid: Hashable, Sendable {
    /// Its self-reports.
    package var selfReports = 0
    /// Audit lines that it wrote freely, without an event type.
    package var auditNotes = 0
    /// When it last wrote a line.
    package var lastSeen: Timestamp?
  }

  /// The files read, in the order of reading.
  package private(set) var files: [File] = []
  /// What could not be read.
  package private(set) var unreadable: [Unreadable] = []
  /// The directories that were found.
  package private(set) var directories: [LogSource] = []
  /// Lines that say nothing new: repeats, and the copies of self-reports in `droid_status`.
  package private(set) var repeats = 0
  /// Lines that could not be taken in as they stand.
  package private(set) var problems = ProblemList()
  /// The distinct events by type.
  package private(set) var eventTypes: [String: Int] = [:]
  /// The distinct self-reports by kind.
  package private(set) var selfReports: [String: Int] = [:]
  /// The earliest time in any line.
  package private(set) var first: Timestamp?
  /// The latest time in any line.
  package private(set) var last: Timestamp?
  /// When `performance.metrics` were last recorded.
  package private(set) var lastMetrics: Timestamp?
  /// The droids that are named by any line.
  package private(set) var droids: [String: Droid] = [:]
  /// The executions by id.
  private(set) var executions: [String: ExecutionRecord] = [:]
  private var filter = RepeatFilter()

  /// A fold of nothing.
  package init() {}

  /// Notes that a directory was found.
  mutating func add(_ directory: LogSource) { directories.append(directory) }

  /// Notes what could not be read.
  mutating func add(_ unreadable: Unreadable) { self.unreadable.append(unreadable) }

  /// Begins a file; the lines that follow are its lines.
  package mutating func begin(file name: String, stream: Stream?) {
    files.append(File(name: name, stream: stream))
  }

  /// Counts a line of the current file that nothing can be made of.
  package mutating func refuse(line number: Int, reason: String) {
    countLine()
    note(number, reason)
  }

  /// Takes in one line of the current file, without its line feed.
  ///
  /// This is the one place where bytes become a record, so that a faster scanner has one place to go.
  package mutating func add(line number: Int, _ bytes: [UInt8], in range: Range<Int>? = nil, isTerminated: Bool = true)
  {
    countLine()
    let range = range ?? bytes.indices
    guard !isBlank(bytes[range]) else { return }
    do throws(JSONError) {
      let record = try EventRecord(line: bytes, in: range)
      let identity = record.id.map(RepeatFilter.Identity.id) ?? .line(lineHash(bytes[range]))
      add(record, identity, number)
    } catch {
      let problem = "\(error.problem) at byte \(max(0, error.offset - range.lowerBound) + 1)"
      note(number, isTerminated ? "not a JSON object: \(problem)" : "torn: \(problem) of a last line without line feed")
    }
  }

  /// Notes a problem of a line that is counted elsewhere.
  mutating func note(_ number: Int, _ reason: String) {
    problems.add(LineProblem(file: files.last?.name ?? "", line: number, reason: reason))
  }

  private mutating func countLine() {
    if !files.isEmpty { files[files.count - 1].lines += 1 }
  }

  private mutating func add(_ record: EventRecord, _ identity: RepeatFilter.Identity, _ number: Int) {
    guard let type = record.type ?? typeOfUntyped(record) else {
      return note(number, "no event_type")
    }
    let isNew: Bool
    switch type {
    case EventType.started, EventType.completed, EventType.abandoned:
      guard let execution = record.execution, !execution.isEmpty else {
        return note(number, "\(type) without execution_id")
      }
      isNew = type == EventType.started ? start(execution, record) : end(execution, record, number)
    default:
      isNew = filter.isNew(identity, of: type)
      if isNew { count(record, type) }
    }
    if isNew {
      eventTypes[type, default: 0] += 1
      see(record, type, number)
    } else {
      repeats += 1
    }
  }

  /// What a line without event_type is, by the stream it stands in: the original's droids left it out there.
  private func typeOfUntyped(_ record: EventRecord) -> String? {
    guard record.fields[WireKey.eventType] == nil else { return nil }
    return switch files.last?.stream {
    case .droidStatus: EventType.selfReport
    case .audit: EventType.auditNote
    default: nil
    }
  }

  private mutating func start(_ execution: String, _ record: EventRecord) -> Bool {
    let limit = record.details.number(WireKey.timeoutSeconds).flatMap { $0 > 0 && $0.isFinite ? $0 : nil }
    return executions[execution, default: ExecutionRecord()].add(
      StartNote(time: record.timestamp, droid: record.droid, task: record.task, limit: limit))
  }

  private mutating func end(_ execution: String, _ record: EventRecord, _ number: Int) -> Bool {
    let (kind, doubt) = EndingKind.of(record)
    let duration = record.details.number(WireKey.durationSeconds).flatMap { $0 >= 0 && $0.isFinite ? $0 : nil }
    let isNew = executions[execution, default: ExecutionRecord()].add(
      EndingNote(
        time: record.timestamp, kind: kind, droid: record.droid, task: record.task, duration: duration,
        reason: record.fields.text(WireKey.reason), error: record.details.text(WireKey.error),
        isLate: record.details.bool(WireKey.late) ?? false))
    if isNew, let doubt { note(number, doubt) }
    return isNew
  }

  private mutating func count(_ record: EventRecord, _ type: String) {
    let droid = record.droid ?? DroidID.unknown.text
    switch type {
    case EventType.selfReport:
      selfReports[record.details.text(WireKey.eventType) ?? "unspecified", default: 0] += 1
      droids[droid, default: Droid()].selfReports += 1
      if let execution = record.execution, let time = record.timestamp {
        executions[execution, default: ExecutionRecord()].add(
          ReportNote(
            time: time, progress: record.details.number(WireKey.progress), message: record.details.text(WireKey.message)
          ))
      }
    case EventType.auditNote:
      droids[droid, default: Droid()].auditNotes += 1
    default:
      break
    }
  }

  /// Moves the times forward and back; lines of the sweep and the report say nothing of when a droid was there.
  private mutating func see(_ record: EventRecord, _ type: String, _ number: Int) {
    guard let time = record.timestamp else {
      return note(number, "no readable timestamp: counted without a time")
    }
    first = min(first ?? time, time)
    last = max(last ?? time, time)
    if type == EventType.metrics { lastMetrics = max(lastMetrics ?? time, time) }
    guard let droid = record.droid, type != EventType.abandoned, type != EventType.metrics else { return }
    let seen = droids[droid]?.lastSeen ?? time
    droids[droid, default: Droid()].lastSeen = max(seen, time)
  }
}

extension EventType {
  /// What audit lines without an event type are counted as.
  static let auditNote = "audit note"

  /// Every type that droid-track knows.
  static let known: Set<String> = Set(OrchestratorEventType.allCases.map(\.rawValue)).union([
    started, completed, abandoned, selfReport, result, validated, metrics, audit, auditNote,
  ])
}

extension EndingKind {
  /// How the line says the execution ended, and what is doubtful about it.
  fileprivate static func of(_ record: EventRecord) -> (kind: EndingKind, doubt: String?) {
    guard record.type == EventType.completed else { return (.abandoned, nil) }
    switch record.status {
    case nil, "completed", "success": return (.completed, nil)
    case "failed", "failure", "error": return (.failed, nil)
    case "timeout": return (.timeout, nil)
    case "abandoned": return (.abandoned, nil)
    case let other?: return (.completed, "unknown status \"\(other.prefix(40))\": counted as completed")
    }
  }
}

private func isBlank(_ bytes: ArraySlice<UInt8>) -> Bool {
  bytes.allSatisfy { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }
}
