import TrackCore

// What is told of a session's counts in the journal.

extension SessionCounters {
  /// The figures of a report: numbers only, so that many reports stay small.
  func report(_ tokens: JSONObject?) -> JSONObject {
    var figures = totals
    if !(created + modified).isEmpty || pathsLeftOut > 0 {
      figures[HookKey.filesTouched] = .number(JSONNumber(created.count + modified.count + pathsLeftOut))
    }
    figures[HookKey.tokens] = tokens.map { .object($0) }
    return figures
  }

  /// The result of the session.
  func result(_ tokens: JSONObject?, reason: String?) -> JSONObject {
    var result = JSONObject()
    if !created.isEmpty { result[HookKey.filesCreated] = .array(created.map { .string($0) }) }
    if !modified.isEmpty { result[HookKey.filesModified] = .array(modified.map { .string($0) }) }
    if pathsLeftOut > 0 { result[HookKey.filesLeftOut] = .number(JSONNumber(pathsLeftOut)) }
    for member in totals.members { result[member.key] = member.value }
    result[HookKey.tokens] = tokens.map { .object($0) }
    result[HookKey.reason] = reason.map { .string($0) }
    return result
  }

  private var totals: JSONObject {
    var totals: JSONObject = [
      HookKey.prompts: .number(JSONNumber(prompts)), HookKey.turns: .number(JSONNumber(turns)),
      HookKey.toolCalls: .number(JSONNumber(calls)), HookKey.toolFailures: .number(JSONNumber(failures)),
    ]
    if compactions > 0 { totals[HookKey.compactions] = .number(JSONNumber(compactions)) }
    guard !tools.isEmpty else { return totals }
    totals[HookKey.tools] = .object(
      JSONObject(
        tools.map { name, tally in
          var members: JSONObject = [HookKey.calls: .number(JSONNumber(tally.calls))]
          if tally.failures > 0 { members[HookKey.failures] = .number(JSONNumber(tally.failures)) }
          let seconds = tally.milliseconds.rounded() / 1_000
          if seconds > 0 { members[HookKey.seconds] = JSONNumber(seconds).map { .number($0) } }
          return (key: name, value: .object(members))
        }))
    return totals
  }
}

/// What a session has used of a model, as the harness keeps it beside the transcript.
enum SessionTokens {
  /// Their names there, and in the record.
  private static let names = [
    ("inputTokens", "input_tokens"), ("outputTokens", "output_tokens"),
    ("cacheCreationTokens", "cache_creation_tokens"), ("cacheReadTokens", "cache_read_tokens"),
    ("thinkingTokens", "thinking_tokens"),
  ]

  /// The counts in `SESSION.settings.json` beside `SESSION.jsonl`; nil where there are none.
  static func beside(_ transcript: String) -> JSONObject? {
    guard transcript.hasPrefix("/"), transcript.hasSuffix(".jsonl"),
      let bytes = try? Path.contents(of: "\(transcript.dropLast(6)).settings.json", maximum: 1 << 20),
      let settings = try? JSONParser.object(bytes)
    else { return nil }
    return counts(settings)
  }

  static func counts(_ settings: JSONObject) -> JSONObject? {
    guard let usage = settings.object("tokenUsage") ?? settings.object("token_usage") else { return nil }
    var counts = JSONObject()
    for (camel, snake) in names {
      guard let count = usage.integer(camel, as: Int64.self) ?? usage.integer(snake, as: Int64.self), count >= 0 else {
        continue
      }
      counts[snake] = .number(JSONNumber(count))
    }
    return counts.isEmpty ? nil : counts
  }
}
