import TrackCore

// Values that the fold wants.

extension LineScanner {
  /// A text that names something; a value that is no text counts as absent, one with escapes needs the parser.
  @inline(__always)
  mutating func text(
    _ value: Cursor, _ key: WantedKeys, _ take: (inout Self, TextRange) -> Void
  ) -> Cursor? {
    guard isFirst(key) else { return nil }
    guard value.byte == UInt8(ascii: "\"") else { return skipValue(value, depth: 1) }
    guard let end = endOfName(value + 1) else { return nil }
    take(&self, range(value + 1, end))
    return end + 1
  }

  /// The closing quote of a text without escapes that begins at `start`.
  @inline(__always) func endOfName(_ start: Cursor) -> Cursor? {
    let end = endOfPlainText(start)
    if end.byte == UInt8(ascii: "\"") { return end }
    guard let (end, isEscaped) = skipUnusualString(end), !isEscaped else { return nil }
    return end - 1
  }

  @inline(__always) func range(_ start: Cursor, _ end: Cursor) -> TextRange {
    TextRange(offset: start - base, count: end - start)
  }

  mutating func timestamp(_ value: Cursor) -> Cursor? {
    guard isFirst(.timestamp) else { return nil }
    guard value.byte == UInt8(ascii: "\"") else { return skipValue(value, depth: 1) }
    if let time = day.time(value + 1) {
      line.time = time
      return value + 34
    }
    guard let end = endOfName(value + 1) else { return nil }
    line.time = day.unusualTime(value + 1, end - value - 1) ?? ScannedLine.absentTime
    return end + 1
  }

  mutating func type(_ value: Cursor) -> Cursor? {
    guard isFirst(.type) else { return nil }
    guard value.byte == UInt8(ascii: "\"") else {
      line.kind = .badType
      return skipValue(value, depth: 1)
    }
    guard let end = endOfName(value + 1) else { return nil }
    line.type = range(value + 1, end)
    line.kind = ScannedLine.Kind(value + 1, line.type.count)
    return end + 1
  }

  mutating func execution(_ value: Cursor) -> Cursor? {
    guard let end = text(value, .execution, { $0.line.execution = $1 }) else { return nil }
    if line.execution.isPresent { line.takeApart(base + line.execution.offset, line.execution.count) }
    return end
  }

  mutating func identity(_ value: Cursor) -> Cursor? {
    if value.byte == UInt8(ascii: "\""), let end = eventID(value + 1) { return end }
    // What is no id of ours identifies nothing; the line does.
    return text(value, .identity) { _, _ in }
  }

  /// An event id as we write it, from its first digit; nil when it is none, or not the first of its line.
  @inline(__always) mutating func eventID(_ start: Cursor) -> Cursor? {
    guard (start + 32).byte == UInt8(ascii: "\""), areHexadecimal(start), areHexadecimal(start + 16),
      isFirst(.identity)
    else { return nil }
    line.identity = eventIdentity(start)
    return start + 33
  }

  mutating func success(_ value: Cursor) -> Cursor? {
    guard isFirst(.success), let end = skipValue(value, depth: 1) else { return nil }
    line.success = truth(value)
    return end
  }

  mutating func problems(_ value: Cursor) -> Cursor? {
    guard isFirst(.problems), let end = skipValue(value, depth: 1) else { return nil }
    if value.byte == UInt8(ascii: "["), skipSpace(value + 1).byte != UInt8(ascii: "]") {
      line.problems = range(value, end)
    }
    return end
  }

  /// What a value that was scanned says as a boolean.
  @inline(__always) func truth(_ value: Cursor) -> ScannedLine.Truth {
    switch value.byte {
    case UInt8(ascii: "t"): .yes
    case UInt8(ascii: "f"): .no
    default: .unknown
    }
  }
}

extension LineScanner {
  /// Passes `details`, and takes what is wanted of it when it is an object.
  mutating func details(_ value: Cursor) -> Cursor? {
    guard isFirst(.details) else { return nil }
    guard value.byte == UInt8(ascii: "{") else { return skipValue(value, depth: 1) }
    var position = skipSpace(value + 1)
    if position.byte == UInt8(ascii: "}") { return position + 1 }
    while true {
      guard let next = detail(position) else { return nil }
      position = skipSpace(next)
      if position.byte == UInt8(ascii: "}") { return position + 1 }
      guard position.byte == UInt8(ascii: ",") else { return nil }
      position = skipSpace(position + 1)
    }
  }

  /// Passes a member of `details` whose key begins at `start` with its quote.
  private mutating func detail(_ start: Cursor) -> Cursor? {
    guard start.byte == UInt8(ascii: "\"") else { return nil }
    let key = start + 1
    let end = endOfPlainText(key)
    guard end.byte == UInt8(ascii: "\""), let value = skipColon(end + 1) else { return nil }
    switch end - key {
    case 4 where key.matches("late"): return late(value)
    case 4 where key.matches("kind"): return workKind(value)
    case 5 where key.matches("error"): return error(value)
    case 7 where key.matches("task_id"): return detailsTask(value)
    case 8 where key.matches("progress"): return number(value, .progress) { $0.progress = $1 }
    case 9 where key.matches("memory_mb"): return number(value, .memory) { $0.memoryMegabytes = $1 }
    case 10 where key.matches("event_type"): return reportKind(value)
    case 10 where key.matches("disk_io_mb"): return number(value, .disk) { $0.diskMegabytes = $1 }
    case 11 where key.matches("cpu_percent"): return number(value, .cpu) { $0.cpuPercent = $1 }
    case 15 where key.matches("timeout_seconds"): return number(value, .limit) { $0.limit = $1 }
    case 16 where key.matches("duration_seconds"): return number(value, .duration) { $0.duration = $1 }
    default: return skipValue(value, depth: 2)
    }
  }

  @inline(__always) private mutating func isFirst(_ key: WantedDetails) -> Bool {
    guard detailsSeen.isDisjoint(with: key) else { return false }
    detailsSeen.formUnion(key)
    return true
  }

  /// A number; a value that is none counts as absent.
  @inline(__always)
  private mutating func number(
    _ value: Cursor, _ key: WantedDetails, _ take: (inout ScannedLine, Double) -> Void
  ) -> Cursor? {
    guard isFirst(key) else { return nil }
    let (end, number) = scanNumber(value)
    guard let end = end else { return skipValue(value, depth: 2) }
    take(&line, number)
    return end
  }

  private mutating func late(_ value: Cursor) -> Cursor? {
    guard isFirst(.late), let end = skipValue(value, depth: 2) else { return nil }
    line.late = truth(value)
    return end
  }

  /// What the execution is.
  private mutating func workKind(_ value: Cursor) -> Cursor? {
    guard isFirst(.workKind) else { return nil }
    guard value.byte == UInt8(ascii: "\"") else { return skipValue(value, depth: 2) }
    guard let end = endOfName(value + 1) else { return nil }
    line.isSession = end - (value + 1) == 7 && (value + 1).matches("session")
    return end + 1
  }

  private mutating func reportKind(_ value: Cursor) -> Cursor? {
    guard isFirst(.kind) else { return nil }
    guard value.byte == UInt8(ascii: "\"") else { return skipValue(value, depth: 2) }
    guard let end = endOfName(value + 1) else { return nil }
    line.reportKind = range(value + 1, end)
    return end + 1
  }

  private mutating func detailsTask(_ value: Cursor) -> Cursor? {
    guard isFirst(WantedDetails.task) else { return nil }
    guard value.byte == UInt8(ascii: "\"") else { return skipValue(value, depth: 2) }
    guard let end = endOfName(value + 1) else { return nil }
    detailsTask = range(value + 1, end)
    return end + 1
  }

  /// The error's text, which may hold escapes because quotes in it are common.
  private mutating func error(_ value: Cursor) -> Cursor? {
    guard isFirst(.error) else { return nil }
    guard value.byte == UInt8(ascii: "\"") else { return skipValue(value, depth: 2) }
    let start = value + 1
    let plain = endOfPlainText(start)
    isErrorEscaped = false
    if plain.byte == UInt8(ascii: "\"") {
      rawError = range(start, plain)
      return plain + 1
    }
    guard let (end, isEscaped) = skipUnusualString(plain) else { return nil }
    rawError = range(start, end - 1)
    isErrorEscaped = isEscaped
    return end
  }
}

/// Templates of errors that were met lately: the same ones come again and again.
///
/// A class, as a scanner is copied for every stretch, and a copy of the templates would then be made for the first new one.
final class TemplateCache {
  private var ranges: [UInt64: Range<Int>] = [:]
  /// The templates, one after the other.
  private var bytes: [UInt8] = []
  private static let limit = 4_096

  /// The template of the error of `count` bytes at `start`, among `texts`.
  @inline(never)
  func template(_ start: Cursor, _ count: Int, isEscaped: Bool, _ texts: DecodedTexts) -> TextRange {
    let key = hash(start, count)
    if let known = ranges[key] { return texts.add(bytes[known]) }
    let text = start.bytes(count)
    let template = ErrorTemplate.of(
      isEscaped ? Array(JSONParser.text(text, text.indices, escaped: true).utf8) : text)
    if ranges.count >= Self.limit {
      ranges.removeAll(keepingCapacity: true)
      bytes.removeAll(keepingCapacity: true)
    }
    ranges[key] = bytes.count..<bytes.count + template.count
    bytes += template
    return texts.add(template[...])
  }
}
