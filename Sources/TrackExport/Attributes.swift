import TrackCore

/// What is told of an execution besides its times and its place: a name and a value each.
struct Attributes: Sendable {
  /// A plain value.
  enum Value: Sendable {
    case text(String)
    case integer(Int64)
    case number(Double)
    case bool(Bool)
  }

  private(set) var members: [(key: String, value: Value)] = []

  init() {}

  mutating func set(_ key: String, _ text: String?) {
    if let text { members.append((key, .text(text))) }
  }

  mutating func set(_ key: String, integer: Int64?) {
    if let integer { members.append((key, .integer(integer))) }
  }

  mutating func set(_ key: String, number: Double?) {
    if let number { members.append((key, .number(number))) }
  }

  mutating func set(_ key: String, bool: Bool?) {
    if let bool { members.append((key, .bool(bool))) }
  }
}

extension FinishedExecution {
  /// What OpenTelemetry's conventions name, then what is ours alone, under `droid_track`.
  ///
  /// The source is the registry of attributes of the semantic conventions: cicd, process, error and gen_ai.
  var attributes: Attributes {
    var all = Attributes()
    all.set("cicd.pipeline.task.name", task)
    all.set("cicd.pipeline.task.run.id", id)
    all.set("cicd.pipeline.task.run.result", result)
    all.set("cicd.pipeline.run.id", run)
    all.set("gen_ai.operation.name", "invoke_agent")
    all.set("gen_ai.agent.name", droid)
    all.set("process.exit.code", integer: ending.details.integer(WireKey.exitCode))
    all.set("error.type", errorType)
    addOwn(to: &all)
    return all
  }

  private func addOwn(to all: inout Attributes) {
    let facts = start?.details ?? JSONObject()
    all.set("droid_track.status", status.rawValue)
    all.set("droid_track.abandonment.reason", ending.fields.text(WireKey.reason))
    all.set("droid_track.description", facts.text(WireKey.description))
    all.set("droid_track.parent_execution_id", parent)
    all.set("droid_track.kind", facts.text(WireKey.kind))
    all.set("droid_track.attempt", integer: facts.integer(WireKey.attempt))
    all.set("droid_track.retry_of", facts.text(WireKey.retryOf))
    all.set("droid_track.timeout_seconds", number: facts.number(WireKey.timeoutSeconds))
    all.set("droid_track.baggage", facts.text(WireKey.baggage))
    all.set("droid_track.signal", ending.details.text(WireKey.signal))
    all.set("droid_track.line", integer: ending.details.integer(WireKey.line))
    all.set("droid_track.late", bool: ending.details.bool(WireKey.late))
    all.set("droid_track.confirmed", bool: ending.details.bool(WireKey.confirmed))
    if start == nil { all.set("droid_track.start_unknown", bool: true) }
    if replacesAbandonment { all.set("droid_track.replaces_abandonment", bool: true) }
    for member in ending.details.object(WireKey.resources)?.members ?? [] {
      guard case .number(let number) = member.value else { continue }
      let key = "droid_track.resources.\(member.key)"
      if let integer = Int64(number.text) {
        all.set(key, integer: integer)
      } else if number.double.isFinite {
        all.set(key, number: number.double)
      }
    }
  }

  /// How it ended in the words of `cicd.pipeline.task.run.result`.
  var result: String {
    switch (status, ending.fields.text(WireKey.reason)) {
    case (.completed, _): "success"
    case (.timeout, _), (.abandoned, AbandonReason.timeout.rawValue): "timeout"
    case (.abandoned, AbandonReason.superseded.rawValue): "cancellation"
    case (.abandoned, _): "error"
    default: Self.stops.contains(ending.details.text(WireKey.signal) ?? "") ? "cancellation" : "failure"
    }
  }

  /// The signals by which somebody has work stopped.
  private static let stops: Set<String> = ["HUP", "INT", "QUIT", "TERM"]

  /// What kind of error ended it; nil where none did.
  private var errorType: String? {
    switch status {
    case .completed: nil
    case .timeout: "timeout"
    case .abandoned: ending.fields.text(WireKey.reason) ?? "abandoned"
    default: cause
    }
  }

  /// `_OTHER` is what the conventions provide for an error that has no name.
  private var cause: String {
    let details = ending.details
    if let cause = details.text(WireKey.cause) { return cause }
    if let signal = details.text(WireKey.signal) { return "SIG\(signal)" }
    return details.integer(WireKey.exitCode, as: Int64.self).map { "\($0)" } ?? "_OTHER"
  }

  /// What went wrong, in words; nil where nothing did.
  var complaint: String? {
    guard status != .completed else { return nil }
    if let error = ending.details.text(WireKey.error) { return error }
    switch status {
    case .abandoned: return "abandoned: \(ending.fields.text(WireKey.reason) ?? "no reason is given")"
    case .timeout: return "stopped at its limit"
    default:
      if let signal = ending.details.text(WireKey.signal) { return "killed by \(signal)" }
      return ending.details.integer(WireKey.exitCode, as: Int64.self).map { "exit status \($0)" }
    }
  }
}

extension EventRecord {
  /// What a report tells.
  var reportAttributes: Attributes {
    var all = Attributes()
    all.set("droid_track.status", status)
    all.set("droid_track.progress", number: details.number(WireKey.progress))
    all.set("droid_track.message", details.text(WireKey.message))
    all.set("droid_track.error", details.text(WireKey.error))
    all.set("droid_track.cpu_percent", number: details.number(WireKey.cpuPercent))
    all.set("droid_track.memory_mb", number: details.number(WireKey.memoryMB))
    all.set("droid_track.disk_io_mb", number: details.number(WireKey.diskIOMB))
    return all
  }
}
