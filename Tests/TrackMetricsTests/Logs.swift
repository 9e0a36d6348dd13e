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
func fold(_ lines: [String], stream: Stream = .events) -> Fold {
  var fold = Fold()
  fold.begin(file: stream.fileName, stream: stream)
  for (index, line) in lines.enumerated() { fold.add(line: index + 1, Array(line.utf8)) }
  return fold
}

/// The report of lines of the events stream.
func report(
  _ lines: [String], stream: Stream = .events, policy: ReportPolicy = ReportPolicy(), lastSweep: Timestamp? = now
) -> Report {
  Report(fold: fold(lines, stream: stream), policy: policy, now: now, lastSweep: lastSweep)
}

/// A start line.
func started(
  _ execution: String, task: String = "1.1", droid: String? = "builder", at time: Timestamp, limit: Int? = nil
) -> String {
  line(
    [
      "timestamp": .string(time.description), "event_type": "task.execution.started", "task_id": .string(task),
      "droid_id": droid.map { .string($0) } ?? .null, "execution_id": .string(execution), "status": "executing",
      "details": limit.map { ["timeout_seconds": .number(JSONNumber($0))] } ?? [:],
    ])
}

/// An ending line without a droid, as the original wrote it.
func ended(
  _ execution: String, _ status: String = "completed", at time: Timestamp, duration: Double? = nil, late: Bool = false
) -> String {
  var details = JSONObject()
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
