/// Whether an open execution still has somebody who will end it.
enum Judgement: Hashable {
  /// It may go on.
  case live
  /// Its limit has passed, but its owner lives: reported, not closed.
  case overdue
  /// Nobody will end it.
  case stale(AbandonReason, evidence: JSONObject)
}

/// By what an open execution is judged.
struct JudgementPolicy: Hashable, Sendable {
  /// The limit of executions without their own.
  var defaultLimit: Duration
  /// How long an execution that has reported may be silent.
  var heartbeatLimit: Duration?
  /// Whether `defaultLimit` was asked for and holds for every execution, its own limit or not.
  var overridesLimits = false
  /// Whether a living owner protects its execution from the default limit.
  var sparesLivingOwners = true

  /// Judges an open execution, strongest evidence first.
  ///
  /// Pure: `owner` is what was found out about its owner, nil when it has none.
  func judge(_ record: LedgerRecord, owner: Liveness?, now: Instant) -> Judgement {
    let execution = record.execution
    switch owner {
    case .gone: return .stale(.processGone, evidence: execution.ownerEvidence)
    case .rebooted: return .stale(.rebooted, evidence: execution.ownerEvidence)
    case .alive, .unknown, nil: break
    }
    let isProtected = owner == .alive && sparesLivingOwners
    let age = now.limitSeconds(since: execution.started)
    if !overridesLimits, let limit = execution.limit, age > limit.seconds {
      return .stale(
        .timeout, evidence: [WireKey.limitSeconds: .number(limit.jsonSeconds), WireKey.ageSeconds: seconds(age)])
    }
    if overridesLimits || execution.limit == nil, age > defaultLimit.seconds || defaultLimit == .zero {
      guard !isProtected else { return .overdue }
      return .stale(
        .timeout, evidence: [WireKey.limitSeconds: .number(defaultLimit.jsonSeconds), WireKey.ageSeconds: seconds(age)])
    }
    if let heartbeatLimit, let report = record.lastReport, now.limitSeconds(since: report) > heartbeatLimit.seconds {
      guard !isProtected else { return .overdue }
      return .stale(
        .silent,
        evidence: [
          WireKey.heartbeatTimeout: .number(heartbeatLimit.jsonSeconds),
          WireKey.lastReport: .string(report.wall.description),
        ])
    }
    return .live
  }

  private func seconds(_ value: Double) -> JSONValue { JSONNumber(value).map { .number($0) } ?? .null }
}

extension JudgementPolicy {
  /// What the configuration says.
  init(_ configuration: Configuration) {
    self.init(
      defaultLimit: configuration.tracking.defaultTimeout, heartbeatLimit: configuration.tracking.heartbeatTimeout)
  }
}

extension Execution {
  fileprivate var ownerEvidence: JSONObject {
    guard let owner else { return [:] }
    return [
      WireKey.pid: .number(JSONNumber(owner.pid)), WireKey.startTicks: .number(JSONNumber(owner.startTicks)),
      WireKey.bootID: .string(owner.boot),
    ]
  }
}
