// Reads what JSONWriter's counterparts wrote into ledger records and spooled requests. Nil means that the text is not
// of our making: such a record is treated as damaged, never guessed at.

extension JSONObject {
  var execution: Execution? {
    guard let id = identifier(WireKey.executionID, ExecutionKind.self),
      let task = identifier(WireKey.taskID, TaskKind.self),
      let droid = identifier(WireKey.droidID, DroidKind.self), let run = identifier(WireKey.runID, RunKind.self),
      let started = object(WireKey.started)?.instant, let host = text(WireKey.host)
    else { return nil }
    let parent: ExecutionID? = identifier(WireKey.parentExecutionID)
    return Execution(
      id: id, task: task, droid: droid, run: run, started: started, host: host,
      limit: duration(WireKey.timeoutSeconds), parent: parent, owner: object(WireKey.owner)?.process,
      trace: trace ?? TraceContext(derivedFrom: id.text, run: run.text, parent: parent?.text),
      kind: text(WireKey.kind).flatMap { WorkKind(rawValue: $0) })
  }

  /// Where the execution whose start this tells stands among all that is traced; nil where that was not recorded.
  package var trace: TraceContext? {
    guard let trace = text(WireKey.traceID).flatMap({ TraceID($0) }),
      let span = text(WireKey.spanID).flatMap({ SpanID($0) })
    else { return nil }
    let flags = text(WireKey.traceFlags).flatMap { TraceFlags($0) } ?? .sampled
    return TraceContext(
      own: TraceParent(trace: trace, span: span, flags: flags),
      parent: text(WireKey.parentSpanID).flatMap { SpanID($0) },
      state: text(WireKey.traceState).flatMap { TraceState($0) },
      baggage: text(WireKey.baggage).flatMap { Baggage($0) })
  }

  var instant: Instant? {
    guard let wall = text(WireKey.timestamp).flatMap({ Timestamp($0) }), let boot = text(WireKey.bootID),
      let monotonic = integer(WireKey.monotonic, as: Int64.self),
      let boottime = integer(WireKey.boottime, as: Int64.self)
    else { return nil }
    return Instant(wall: wall, boot: boot, monotonic: monotonic, boottime: boottime)
  }

  var process: ProcessIdentity? {
    guard let pid = integer(WireKey.pid, as: Int32.self), let ticks = integer(WireKey.startTicks, as: UInt64.self),
      let boot = text(WireKey.bootID), let namespace = integer(WireKey.pidNamespace, as: UInt64.self),
      let user = integer(WireKey.user, as: UInt32.self), let host = text(WireKey.host)
    else { return nil }
    return ProcessIdentity(
      pid: pid, startTicks: ticks, boot: boot, pidNamespace: namespace, user: user, host: host)
  }

  var ledgerConclusion: LedgerConclusion? {
    guard let status = text(WireKey.status).flatMap({ Status(rawValue: $0) }), status.isEnding,
      let time = text(WireKey.timestamp).flatMap({ Timestamp($0) }),
      let event = text(WireKey.eventID).flatMap({ EventID($0) })
    else { return nil }
    return LedgerConclusion(conclusion: Conclusion(status: status, time: time), event: event)
  }

  /// The value of `key` in seconds; nil when it is beyond what a duration holds, which would trap.
  func duration(_ key: String) -> Duration? {
    guard let seconds = number(key), (0...1e15).contains(seconds) else { return nil }
    return .seconds(seconds)
  }

  /// The value of `key` when it is a valid identifier.
  func identifier<Kind: IdentifierKind>(_ key: String, _ kind: Kind.Type = Kind.self) -> Identifier<Kind>? {
    text(key).flatMap { try? Identifier<Kind>($0) }
  }
}

extension JSONValue {
  /// The redo whose lines stand in `lines`, those of one part behind those of the other.
  func redo(lines: ArraySlice<UInt8>) -> Redo? {
    guard case .array(let elements) = self else { return nil }
    var parts: [Redo.Part] = []
    var rest = lines
    for element in elements {
      guard case .object(let object) = element,
        let stream = object.integer(WireKey.stream, as: Int.self).flatMap(Stream.init),
        let size = object.integer(WireKey.size, as: Int64.self)
      else { return nil }
      // Lines that are those of the part before are not repeated.
      let shared = object[WireKey.lines] == nil ? parts.last?.lines : nil
      let length = shared == nil ? object.integer(WireKey.lines, as: Int.self) : 0
      guard let length, length >= 0, length <= rest.count else { return nil }
      parts.append(Redo.Part(stream: stream, size: size, lines: shared ?? Array(rest.prefix(length))))
      rest = rest.dropFirst(length)
    }
    return Redo(parts: parts)
  }
}
