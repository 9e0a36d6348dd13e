import TrackCore

/// What kind of line it is, as far as lines are compared with each other.
enum LineKind: UInt8 {
  case started, completed, abandoned, selfReport, result, validated, audit
  /// Of a type that is compared with nothing.
  case other
  /// Not written by droid-track: it has no event id.
  case foreign
  /// Not a JSON object.
  case damaged
}

// The shape of every line, as docs/event.schema.json has it. Keys that are not named here are allowed everywhere, so that
// a newer writer's line is no finding.
extension LineKind {
  static let commonMembers: [DeclaredMember] = [
    .needs(WireKey.timestamp, .timestamp), .needs(WireKey.eventType, .text),
    .may(WireKey.runID, .identifier(128)), .may(WireKey.taskID, .identifier(128)),
    .may(WireKey.droidID, .identifier(128)), .may(WireKey.executionID, .identifier(200), .execution),
    .needs(WireKey.eventID, .hexadecimal(32), .eventID), .may(WireKey.host, .text), .needs(WireKey.project, .text),
  ]

  static let declarations: [(type: String, kind: LineKind, members: [DeclaredMember])] =
    [
      (EventType.started, .started, lifecycle(["executing"]) + [.needs(WireKey.details, .object(start))]),
      (
        EventType.completed, .completed,
        lifecycle(["completed", "failed", "timeout"]) + [
          .may(WireKey.result, .anyObject), .needs(WireKey.details, .object(ending), .details),
        ]
      ),
      (
        EventType.abandoned, .abandoned,
        lifecycle(["abandoned"]) + [
          .needs(WireKey.reason, .words(["timeout", "process_gone", "rebooted", "silent", "superseded"])),
          .needs(
            WireKey.details,
            .object([.needs(WireKey.durationSeconds, .positive), .needs(WireKey.evidence, .anyObject)])),
        ]
      ),
      (
        EventType.selfReport, .selfReport,
        [
          .needs(WireKey.droidID, .any),
          .needs(WireKey.status, .words(["initializing", "ready", "executing", "waiting"])),
          .needs(WireKey.details, .object(report)),
        ]
      ),
      (
        EventType.result, .result,
        [
          .needs(WireKey.executionID, .any), .needs(WireKey.success, .boolean, .success),
          .needs(WireKey.resultData, .anyObject),
        ]
      ),
      (
        EventType.validated, .validated,
        [
          .needs(WireKey.executionID, .any),
          .needs(
            WireKey.category, .words(["file_operations", "git_operations", "testing", "error", "unknown"])),
          .needs(WireKey.validatedAt, .timestamp), .needs(WireKey.originalResult, .anyObject),
          .needs(WireKey.problems, .texts),
        ]
      ),
      (EventType.metrics, .other, [.needs(WireKey.generatedAt, .text)]),
      (EventType.audit, .audit, [.needs(WireKey.action, .text), .needs(WireKey.details, .anyObject)]),
    ]
    + OrchestratorEventType.allCases.map { ($0.rawValue, .other, [.may(WireKey.status, .text)]) }

  /// What the lines of an execution's life have in common.
  private static func lifecycle(_ statuses: [String]) -> [DeclaredMember] {
    [
      .needs(WireKey.runID, .any), .needs(WireKey.taskID, .any), .needs(WireKey.droidID, .any),
      .needs(WireKey.executionID, .any), .needs(WireKey.status, .words(statuses), .status),
    ]
  }

  private static let start: [DeclaredMember] = [
    .may(WireKey.description, .text), .may(WireKey.context, .anyObject), .may(WireKey.timeoutSeconds, .positive),
    .may(WireKey.parentExecutionID, .identifier(200)), .may(WireKey.owner, .object(process)),
    .may(WireKey.attempt, .integer(1 ... .infinity)), .may(WireKey.retryOf, .identifier(200)),
  ]

  private static let process: [DeclaredMember] = [
    .needs(WireKey.pid, .integer(1 ... .infinity)), .needs(WireKey.startTicks, .count),
    .needs(WireKey.bootID, .text), .needs(WireKey.pidNamespace, .count), .needs(WireKey.user, .count),
    .needs(WireKey.host, .text),
  ]

  private static let ending: [DeclaredMember] = [
    .needs(WireKey.durationSeconds, .positive), .may(WireKey.exitCode, .integer(-.infinity ... .infinity)),
    .may(WireKey.signal, .text), .may(WireKey.error, .text), .may(WireKey.line, .integer(-.infinity ... .infinity)),
    .may(WireKey.cause, .text), .may(WireKey.stderrTail, .text), .may(WireKey.resources, .object(resources)),
    .may(WireKey.late, .boolean, .late), .may(WireKey.confirmed, .boolean),
  ]

  private static let resources: [DeclaredMember] = [
    .needs(WireKey.cpuSeconds, .positive), .needs(WireKey.cpuPercent, .positive),
    .needs(WireKey.peakMemoryBytes, .count), .may(WireKey.contextSwitches, .count), .may(WireKey.readBytes, .count),
    .may(WireKey.writtenBytes, .count), .may(WireKey.diskReadBytes, .count), .may(WireKey.diskWrittenBytes, .count),
  ]

  private static let report: [DeclaredMember] = [
    .needs(WireKey.eventType, .words(["task_start", "progress", "status", "resource_usage", "error"])),
    .may(WireKey.progress, .number(0...1)), .may(WireKey.message, .text), .may(WireKey.error, .text),
    .may(WireKey.cpuPercent, .positive), .may(WireKey.memoryMB, .positive), .may(WireKey.diskIOMB, .positive),
  ]
}
