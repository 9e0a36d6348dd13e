import Glibc
import Testing
import TrackCore
import TrackMetrics

/// The moment the tests' reports are made for.
let now = Timestamp(microseconds: 1_764_000_000_000_000)

/// A moment `seconds` before `now`.
func ago(_ seconds: Double) -> Timestamp {
  Timestamp(microseconds: now.microseconds - Int64(seconds * 1_000_000))
}

/// The fold of lines of the events stream, or of another one.
func fold(_ lines: [String], stream: Stream = .events, selection: Selection = .everything) -> Fold {
  var fold = Fold(selection: selection)
  fold.begin(file: stream.fileName, stream: stream)
  for (index, line) in lines.enumerated() { fold.add(line: index + 1, Array(line.utf8)) }
  return fold
}

/// The report of lines of the events stream.
func report(
  _ lines: [String], stream: Stream = .events, policy: ReportPolicy = ReportPolicy(), lastSweep: Timestamp? = now,
  selection: Selection = .everything
) -> Report {
  Report(fold: fold(lines, stream: stream, selection: selection), policy: policy, now: now, lastSweep: lastSweep)
}

/// A start line.
func started(
  _ execution: String, task: String = "1.1", droid: String? = "builder", at time: Timestamp, limit: Int? = nil,
  kind: WorkKind? = nil
) -> String {
  var details = JSONObject()
  details[WireKey.timeoutSeconds] = limit.map { .number(JSONNumber($0)) }
  details[WireKey.kind] = kind.map { .string($0.rawValue) }
  return line(
    [
      "timestamp": .string(time.description), "event_type": "task.execution.started", "task_id": .string(task),
      "droid_id": droid.map { .string($0) } ?? .null, "execution_id": .string(execution), "status": "executing",
      "details": .object(details),
    ])
}

/// An ending line without a droid, as the original wrote it.
func ended(
  _ execution: String, _ status: String = "completed", at time: Timestamp, duration: Double? = nil, late: Bool = false,
  error: String? = nil
) -> String {
  var details = JSONObject()
  details["error"] = error.map { .string($0) }
  details["duration_seconds"] = duration.flatMap { JSONNumber($0) }.map { .number($0) }
  if late { details["late"] = true }
  return line([
    "timestamp": .string(time.description), "event_type": "task.execution.completed",
    "execution_id": .string(execution), "status": .string(status), "details": .object(details),
  ])
}

/// An abandonment line.
func abandoned(_ execution: String, reason: String = "timeout", at time: Timestamp) -> String {
  line([
    "timestamp": .string(time.description), "event_type": "task.execution.abandoned",
    "execution_id": .string(execution), "status": "abandoned", "reason": .string(reason),
  ])
}

/// A self-report.
func selfReport(
  _ execution: String, at time: Timestamp, droid: String = "builder", memory: Double? = nil
) -> String {
  var details: JSONObject = ["event_type": "progress"]
  details["memory_mb"] = memory.flatMap { JSONNumber($0) }.map { .number($0) }
  return line([
    "timestamp": .string(time.description), "event_type": "droid.self_report", "droid_id": .string(droid),
    "execution_id": .string(execution), "details": .object(details),
  ])
}

/// A result line.
func result(_ execution: String, success: Bool, at time: Timestamp) -> String {
  line([
    "timestamp": .string(time.description), "event_type": "task.result", "execution_id": .string(execution),
    "success": .bool(success), "result_data": [:],
  ])
}

/// The validation of a result.
func validated(_ execution: String, _ category: String, _ problems: [String], at time: Timestamp) -> String {
  line([
    "timestamp": .string(time.description), "event_type": "task.result.validated",
    "execution_id": .string(execution), "category": .string(category),
    "problems": .array(problems.map { .string($0) }),
  ])
}

func line(_ object: JSONObject) -> String {
  var writer = JSONWriter()
  writer.value(.object(object))
  return String(decoding: writer.bytes, as: UTF8.self)
}

/// A directory of log files that lives as long as its value.
final class TemporaryLogs {
  let path: String
  private var files: [String] = []

  init() throws {
    var template = Array("/tmp/track-metrics-XXXXXX".utf8CString)
    try #require(unsafe mkdtemp(&template) != nil)
    path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  /// Writes a file.
  func write(_ content: [UInt8], to name: String) throws {
    let file = "\(path)/\(name)"
    let descriptor = unsafe open(file, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    try #require(descriptor >= 0)
    files.append(file)
    let written = unsafe Glibc.write(descriptor, content, content.count)
    close(descriptor)
    try #require(written == content.count)
  }

  /// Notes a file that somebody else will write.
  func willHold(_ name: String) {
    if !files.contains("\(path)/\(name)") { files.append("\(path)/\(name)") }
  }

  /// Makes a symbolic link.
  func link(_ name: String, to target: String) throws {
    try #require(unsafe symlink(target, "\(path)/\(name)") == 0)
    files.append("\(path)/\(name)")
  }

  /// Writes a file of lines, each with its line feed.
  func write(_ lines: [String], to name: String) throws {
    try write(Array(lines.map { $0 + "\n" }.joined().utf8), to: name)
  }

  deinit {
    for file in files { unsafe unlink(file) }
    unsafe rmdir(path)
  }
}
