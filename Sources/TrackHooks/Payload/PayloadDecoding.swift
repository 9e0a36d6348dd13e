import TrackCore

extension HookEvent {
  /// Makes an event of what was found in a payload; nil when it names none.
  init?(_ values: [PayloadField: PayloadValue]) {
    let fields = PayloadFields(values)
    guard let name = fields.text(.event) else { return nil }
    let word = name.unicodeScalars.filter { $0 != "_" && $0 != "-" }
    switch String(word).lowercased() {
    case "sessionstart": kind = .sessionStart(source: fields.text(.source), model: fields.text(.model))
    case "sessionend": kind = .sessionEnd(reason: fields.text(.reason))
    case "userpromptsubmit": kind = .prompt
    case "pretooluse": kind = ToolCall(fields).map { .toolBegins($0) } ?? .passedOver
    case "posttooluse": kind = ToolCall(fields).map { .toolEnds($0, failed: fields.tellsOfFailure) } ?? .passedOver
    case "posttoolusefailure": kind = ToolCall(fields).map { .toolEnds($0, failed: true) } ?? .passedOver
    case "notification", "permissionrequest": kind = .waiting
    case "stop", "stopfailure": kind = .turnEnds
    case "precompact": kind = .compacting
    case "subagentstart": kind = .subagentBegins(type: fields.text(.agentType))
    case "subagentstop": kind = .subagentEnds(type: fields.text(.agentType))
    case "trackhookcanary": kind = fields.text(.canary).map { .canary($0) } ?? .passedOver
    case "postcompact", "setup", "configchange", "cwdchanged", "filechanged", "instructionsloaded", "permissiondenied",
      "posttoolbatch", "userpromptexpansion", "taskcreated", "taskcompleted", "teammateidle", "worktreecreate",
      "worktreeremove", "elicitation", "elicitationresult":
      kind = .passedOver
    default: kind = .unknown(name)
    }
    session = fields.text(.session)
    transcript = fields.text(.transcript)
    directory = fields.text(.directory)
    agent = fields.text(.agent)
  }
}

extension ToolCall {
  fileprivate init?(_ fields: PayloadFields) {
    guard let tool = fields.text(.tool) else { return nil }
    self.init(tool: tool, id: fields.text(.toolUse))
    paths = [.inputFile, .inputNotebook, .inputPath].compactMap { fields.text($0) }
    if ToolRole(of: tool) == .patches {
      paths = PatchPaths.of(fields.beginning(.inputPatch) ?? fields.beginning(.inputPatchText) ?? "")
    }
    agentType = fields.text(.inputAgentType)
    agent = fields.text(.responseAgent)
    isBackground = fields.bool(.inputBackground) == true || fields.text(.responseStatus) == "async_launched"
    milliseconds = fields.number(.milliseconds) ?? fields.number(.responseMilliseconds)
  }
}

/// The values of a payload by what they are to be.
private struct PayloadFields {
  private let values: [PayloadField: PayloadValue]

  init(_ values: [PayloadField: PayloadValue]) { self.values = values }

  /// A text that is whole and says something.
  func text(_ field: PayloadField) -> String? {
    guard case .text(let text)? = values[field], !text.isEmpty else { return nil }
    return text
  }

  func beginning(_ field: PayloadField) -> String? {
    switch values[field] {
    case .text(let text)?, .cut(let text)?: text
    default: nil
    }
  }

  func bool(_ field: PayloadField) -> Bool? {
    if case .bool(let value)? = values[field] { value } else { nil }
  }

  func number(_ field: PayloadField) -> Double? {
    guard case .number(let value)? = values[field], value.isFinite, value >= 0 else { return nil }
    return value
  }

  /// Whether the answer of a tool says that it failed.
  var tellsOfFailure: Bool {
    if bool(.responseSuccess) == false || bool(.responseIsError) == true || bool(.responseInterrupted) == true {
      return true
    }
    return isError(values[.responseError]) || isError(values[.error])
  }

  private func isError(_ value: PayloadValue?) -> Bool {
    switch value {
    case .cut?, .container?, .bool(true)?: true
    case .text(let text)?: !text.isEmpty
    default: false
    }
  }
}

/// The files that a patch names, by the lines that begin its parts.
enum PatchPaths {
  private static let marks = ["*** Add File: ", "*** Update File: ", "*** Delete File: ", "*** Move to: "]

  static func of(_ patch: String) -> [String] {
    patch.unicodeScalars.split(separator: "\n").prefix(4096).compactMap { line in
      let line = String(line)
      guard let mark = marks.first(where: { line.hasPrefix($0) }) else { return nil }
      return String(line.dropFirst(mark.count))
    }
  }
}
