/// Words that are no self-report.
package struct InvalidReport: Error, Hashable, Sendable {
  /// What is wrong.
  package let problem: String
  /// What was found in place of what was expected, as it was written: hostile, or a secret, until it has been excerpted.
  package let found: String?

  /// Names a problem.
  package init(_ problem: String, found: String? = nil) {
    self.problem = problem
    self.found = found
  }
}

/// A self-report as a line of text: a part done and a message, or a JSON object.
///
/// ```
/// 0.4 half of the files
/// 40%
/// 3/10 users, orders, invoices
/// {"progress": 0.4, "status": "waiting", "rows": 7}
/// ```
/// The keys of the object are those that a report's details have in the journal, and `status`; every other is a further
/// fact. A key that is null is not there.
package enum ReportLine {
  /// The longest key of a further fact, in bytes.
  private static let maximumKeyLength = 128

  /// The report that `bytes[range]` tells; nil for a line of nothing but blanks.
  package static func report(_ bytes: [UInt8], in range: Range<Int>) throws(InvalidReport) -> SelfReport? {
    var (start, end) = (range.lowerBound, range.upperBound)
    while end > start, isBlank(bytes[end - 1]) { end -= 1 }
    while start < end, isBlank(bytes[start]) { start += 1 }
    guard start < end else { return nil }
    if bytes[start] == UInt8(ascii: "{") { return try object(bytes, start..<end) }
    var wordEnd = start
    while wordEnd < end, !isBlank(bytes[wordEnd]) { wordEnd += 1 }
    var report = SelfReport(kind: .progress)
    report.progress = try part(bytes[start..<wordEnd])
    while wordEnd < end, isBlank(bytes[wordEnd]) { wordEnd += 1 }
    if wordEnd < end { report.message = String(decoding: bytes[wordEnd..<end], as: UTF8.self) }
    return report
  }

  private static func part(_ word: ArraySlice<UInt8>) throws(InvalidReport) -> Double {
    if let part = PartDone.value(word) { return part }
    let expected = "expected a part from 0 to 1, such as 0.5, 50% or 3/10"
    throw InvalidReport(
      PartDone.looksLikeNumber(word) ? expected : "\(expected), or a JSON object",
      found: String(decoding: word.prefix(256), as: UTF8.self))
  }

  private static func object(_ bytes: [UInt8], _ range: Range<Int>) throws(InvalidReport) -> SelfReport {
    let object: JSONObject
    do { object = try JSONParser.object(bytes, in: range, maximumDepth: JSONObject.maximumDepth) } catch {
      throw InvalidReport("\(error.problem) (byte \(max(0, error.offset - range.lowerBound)))")
    }
    var report = SelfReport(kind: .status)
    var saysStatus = false
    for member in object.members {
      switch (member.key, member.value) {
      case (_, .null): continue
      case (WireKey.status, let value):
        report.status = try Status(reported: text(value, of: member.key))
        saysStatus = true
      case (WireKey.progress, .string(let text)): report.progress = try part(Array(text.utf8)[...])
      case (WireKey.progress, .number(let number)): report.progress = try part(Array(number.text.utf8)[...])
      case (WireKey.progress, _): throw InvalidReport("progress: expected a number")
      case (WireKey.message, let value): report.message = try text(value, of: member.key)
      case (WireKey.error, let value): report.error = try text(value, of: member.key)
      case (WireKey.cpuPercent, let value): report.cpuPercent = try quantity(value, of: member.key)
      case (WireKey.memoryMB, let value): report.memoryMB = try quantity(value, of: member.key)
      case (WireKey.diskIOMB, let value): report.diskIOMB = try quantity(value, of: member.key)
      case (let key, let value):
        try check(key)
        report.fields[key] = value
      }
    }
    report.decideKind(saysStatus: saysStatus)
    return report
  }

  private static func check(_ key: String) throws(InvalidReport) {
    guard !WireKey.reportDetails.contains(key) else { throw InvalidReport("\(key): a report has this key already") }
    guard (1...maximumKeyLength).contains(key.utf8.count) else {
      throw InvalidReport("a key is not 1 to \(maximumKeyLength) bytes long")
    }
  }

  private static func text(_ value: JSONValue, of key: String) throws(InvalidReport) -> String {
    guard case .string(let text) = value else { throw InvalidReport("\(key): expected a string") }
    return text
  }

  private static func quantity(_ value: JSONValue, of key: String) throws(InvalidReport) -> Double {
    guard case .number(let number) = value, number.double.isFinite, number.double >= 0 else {
      throw InvalidReport("\(key): expected a number from 0")
    }
    return number.double
  }

  private static func isBlank(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") || byte == UInt8(ascii: "\r")
  }
}

extension Status {
  /// A status that can be reported; an ending is not, and the problem names the tool for it.
  package init(reported text: String) throws(InvalidReport) {
    guard let status = Status(rawValue: text) else {
      throw InvalidReport("expected initializing, ready, executing or waiting", found: text)
    }
    switch status {
    case .initializing, .ready, .executing, .waiting: self = status
    case .completed: throw InvalidReport("status completed ends the work, use task-done")
    case .failed: throw InvalidReport("status failed ends the work, use task-fail")
    case .abandoned, .timeout: throw InvalidReport("status \(text) is for track-sweep to find")
    }
  }
}

extension SelfReport {
  /// Sets the kind by what the report tells; `saysStatus` tells whether its status was said or is the usual one.
  package mutating func decideKind(saysStatus: Bool) {
    if error != nil {
      kind = .error
    } else if progress != nil {
      kind = .progress
    } else if !saysStatus, message == nil, cpuPercent ?? memoryMB ?? diskIOMB != nil {
      kind = .resourceUsage
    } else {
      kind = .status
    }
  }
}
