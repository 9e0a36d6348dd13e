import TrackCore

// A session's record as its file holds it: one JSON object. What is damaged counts as missing.

extension SessionRecord {
  /// The record as a file holds it.
  package var bytes: [UInt8] {
    var object: JSONObject = [HookKey.session: .string(session)]
    object[HookKey.execution] = execution.map { .string($0.text) }
    object[HookKey.run] = run.map { .string($0.text) }
    object[HookKey.traceParent] = traceParent.map { .string($0) }
    object[HookKey.droid] = droid.map { .string($0.text) }
    object[HookKey.transcript] = transcript.map { .string($0) }
    for member in counters.members.members { object[member.key] = member.value }
    object[HookKey.delegations] = .array(delegations.map { .object($0.object) })
    object[HookKey.reported] = reported.map { .number(JSONNumber($0.microseconds)) }
    object[HookKey.touched] = touched.map { .number(JSONNumber($0.microseconds)) }
    object[HookKey.isWaiting] = .bool(isWaiting)
    object[HookKey.isChanged] = .bool(isChanged)
    object[HookKey.ended] = .bool(isEnded)
    object[HookKey.givenUp] = .bool(isGivenUp)
    object[HookKey.told] = .array(told.map { .string($0) })
    var writer = JSONWriter(capacity: 4096)
    writer.value(.object(object))
    writer.endLine()
    return writer.bytes
  }

  /// Reads a record; nil when it is damaged.
  package init?(_ bytes: [UInt8]) {
    guard let object = try? JSONParser.object(bytes), let session = object.text(HookKey.session) else { return nil }
    self.init()
    self.session = session
    execution = object.text(HookKey.execution).flatMap { try? ExecutionID($0) }
    run = object.text(HookKey.run).flatMap { try? RunID($0) }
    traceParent = object.text(HookKey.traceParent)
    droid = object.text(HookKey.droid).flatMap { try? DroidID($0) }
    transcript = object.text(HookKey.transcript)
    counters = SessionCounters(object)
    delegations = object.elements(HookKey.delegations).compactMap { Delegation($0) }
    reported = object.moment(HookKey.reported)
    touched = object.moment(HookKey.touched)
    isWaiting = object.bool(HookKey.isWaiting) ?? false
    isChanged = object.bool(HookKey.isChanged) ?? false
    isEnded = object.bool(HookKey.ended) ?? false
    isGivenUp = object.bool(HookKey.givenUp) ?? false
    told = object.texts(HookKey.told)
  }
}

extension SessionRecord.Delegation {
  fileprivate var object: JSONObject {
    var object: JSONObject = [HookKey.execution: .string(execution.text)]
    object[HookKey.id] = call.map { .string($0) }
    object[HookKey.agentType] = type.map { .string($0) }
    object[HookKey.agent] = agent.map { .string($0) }
    object[HookKey.isBackground] = .bool(isBackground)
    object[HookKey.calls] = .number(JSONNumber(calls))
    return object
  }

  fileprivate init?(_ object: JSONObject) {
    guard let execution = object.text(HookKey.execution).flatMap({ try? ExecutionID($0) }) else { return nil }
    self.init(
      execution: execution, call: object.text(HookKey.id), type: object.text(HookKey.agentType),
      agent: object.text(HookKey.agent), isBackground: object.bool(HookKey.isBackground) ?? false,
      calls: object.count(HookKey.calls))
  }
}

extension SessionCounters {
  /// Everything that is counted, and what is needed to go on counting.
  var members: JSONObject {
    var object: JSONObject = [
      HookKey.prompts: .number(JSONNumber(prompts)), HookKey.turns: .number(JSONNumber(turns)),
      HookKey.compactions: .number(JSONNumber(compactions)),
      HookKey.filesLeftOut: .number(JSONNumber(pathsLeftOut)),
    ]
    object[HookKey.tools] = .object(
      JSONObject(
        tools.map { name, tally in
          let members: JSONObject = [
            HookKey.calls: .number(JSONNumber(tally.calls)), HookKey.failures: .number(JSONNumber(tally.failures)),
            HookKey.milliseconds: JSONNumber(tally.milliseconds).map { .number($0) } ?? 0,
          ]
          return (key: name, value: .object(members))
        }))
    object[HookKey.filesCreated] = .array(created.map { .string($0) })
    object[HookKey.filesModified] = .array(modified.map { .string($0) })
    object[HookKey.pending] = .array(
      pending.map { call in
        var members: JSONObject = [
          HookKey.tool: .string(call.tool), HookKey.began: .number(JSONNumber(call.began.microseconds)),
        ]
        members[HookKey.id] = call.id.map { .string($0) }
        return .object(members)
      })
    object[HookKey.finished] = .array(finished.map { .string($0) })
    return object
  }

  fileprivate init(_ object: JSONObject) {
    self.init()
    (prompts, turns) = (object.count(HookKey.prompts), object.count(HookKey.turns))
    (compactions, pathsLeftOut) = (object.count(HookKey.compactions), object.count(HookKey.filesLeftOut))
    for member in (object.object(HookKey.tools)?.members ?? []).prefix(Self.maximumTools + 1) {
      guard case .object(let tally) = member.value else { continue }
      tools.append(
        (
          member.key,
          Tally(
            calls: tally.count(HookKey.calls), failures: tally.count(HookKey.failures),
            milliseconds: tally.number(HookKey.milliseconds) ?? 0)
        ))
    }
    created = object.texts(HookKey.filesCreated)
    modified = object.texts(HookKey.filesModified)
    pending = object.elements(HookKey.pending).compactMap { call in
      guard let tool = call.text(HookKey.tool), let began = call.moment(HookKey.began) else { return nil }
      return Pending(id: call.text(HookKey.id), tool: tool, began: began)
    }
    finished = object.texts(HookKey.finished)
  }
}

extension JSONObject {
  fileprivate func count(_ key: String) -> Int { min(max(0, integer(key) ?? 0), 1 << 40) }

  fileprivate func moment(_ key: String) -> Timestamp? {
    guard let microseconds = integer(key, as: Int64.self), (0..<1 << 56).contains(microseconds) else { return nil }
    return Timestamp(microseconds: microseconds)
  }

  fileprivate func texts(_ key: String) -> [String] {
    guard case .array(let elements)? = self[key] else { return [] }
    return elements.prefix(1_000).compactMap { if case .string(let text) = $0 { text } else { nil } }
  }

  fileprivate func elements(_ key: String) -> [JSONObject] {
    guard case .array(let elements)? = self[key] else { return [] }
    return elements.prefix(1_000).compactMap { if case .object(let object) = $0 { object } else { nil } }
  }
}
