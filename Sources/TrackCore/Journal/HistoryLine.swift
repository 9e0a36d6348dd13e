/// A line of `events` as far as the history of executions goes by it, found without building the rest of it.
struct HistoryLine {
  /// What it tells.
  enum Kind {
    case started, completed, abandoned
    /// A self-report that changes nothing but when the execution was last heard of.
    case reported
    /// A self-report that may tell of a new owner.
    case joined
  }

  let kind: Kind
  let time: Timestamp
  /// The hash of the execution's id: there may be millions of them.
  let execution: Int

  /// Looks at a line; nil when it tells nothing of an execution, or is no line at all.
  ///
  /// Of a self-report as we write it only the head is read: what is torn behind it was said all the same.
  init?(_ line: LineReader.Line) {
    guard line.isTerminated, !line.range.isEmpty else { return nil }
    var head = LineHead(line.bytes, line.range)
    switch head.read() {
    case .other: return nil
    case .report(let time, let execution, let isJoin):
      guard let execution, let time = Timestamp(utf8: line.bytes.span.extracting(time)) else { return nil }
      (kind, self.time, self.execution) = (isJoin ? .joined : .reported, time, Self.hash(line.bytes[execution]))
    case .unknown:
      guard let members = try? LineMembers(line.bytes, line.range), let kind = Self.kind(members.type),
        let time = members.time.flatMap({ Timestamp($0) }), let execution = members.execution
      else { return nil }
      (self.kind, self.time, self.execution) = (kind, time, Self.hash(Array(execution.utf8)[...]))
    }
  }

  private static func kind(_ type: String?) -> Kind? {
    switch type {
    case EventType.started: .started
    case EventType.completed: .completed
    case EventType.abandoned: .abandoned
    case EventType.selfReport: .joined
    default: nil
    }
  }

  /// The hash of an id, or of a line; good for one process.
  static func hash(_ bytes: ArraySlice<UInt8>) -> Int {
    var hasher = Hasher()
    unsafe bytes.withUnsafeBytes { unsafe hasher.combine(bytes: $0) }
    return hasher.finalize()
  }
}

/// Reads the head of a line, guessing that it was written by our encoder.
private struct LineHead {
  /// What the head tells.
  enum Content {
    /// An event that is of no matter here.
    case other
    /// A self-report: where its time and its execution's id stand, and whether it is one that joins.
    case report(time: Range<Int>, execution: Range<Int>?, isJoin: Bool)
    /// Something that has to be looked at as a whole.
    case unknown
  }

  private let bytes: [UInt8]
  private let end: Int
  private var position: Int

  private static let timestamp = Array(#"{"timestamp": ""#.utf8)
  private static let type = Array(#", "event_type": ""#.utf8)
  private static let selfReport = Array(EventType.selfReport.utf8)
  private static let lifecycle = Array("task.execution.".utf8)
  private static let nextKey = Array(#", ""#.utf8)
  private static let value = Array(#": ""#.utf8)
  private static let execution = Array(WireKey.executionID.utf8)
  private static let details = Array(WireKey.details.utf8)
  private static let reportKind = Array(#": {"event_type": ""#.utf8)
  private static let join = Array(SelfReportKind.taskStart.rawValue.utf8)

  init(_ bytes: [UInt8], _ range: Range<Int>) {
    self.bytes = bytes
    (position, end) = (range.lowerBound, range.upperBound)
  }

  mutating func read() -> Content {
    guard skip(Self.timestamp), let time = plainText(), skip(Self.type), let type = plainText() else { return .unknown }
    guard equals(type, Self.selfReport) else {
      return type.count >= Self.lifecycle.count && equals(type.prefix(Self.lifecycle.count), Self.lifecycle)
        ? .unknown : .other
    }
    var execution: Range<Int>?
    while skip(Self.nextKey), let key = plainText() {
      if equals(key, Self.details) {
        guard skip(Self.reportKind), let kind = plainText() else { return .unknown }
        return .report(time: time, execution: execution, isJoin: equals(kind, Self.join))
      }
      guard skip(Self.value), let value = plainText() else { return .unknown }
      if equals(key, Self.execution) { execution = value }
    }
    return .unknown
  }

  private mutating func skip(_ text: [UInt8]) -> Bool {
    guard end - position >= text.count, equals(position..<position + text.count, text) else { return false }
    position += text.count
    return true
  }

  private func equals(_ range: Range<Int>, _ text: [UInt8]) -> Bool {
    guard range.count == text.count else { return false }
    let (bytes, text) = (bytes.span, text.span)
    for place in text.indices where bytes[range.lowerBound + place] != text[place] { return false }
    return true
  }

  /// The text up to a quote, which is passed; nil where there is anything in it that needs a closer look.
  private mutating func plainText() -> Range<Int>? {
    guard let quote = endOfPlainText() else { return nil }
    defer { position = quote + 1 }
    return position..<quote
  }

  private func endOfPlainText() -> Int? {
    let bytes = bytes.span
    for place in position..<end {
      let byte = bytes[place]
      if byte == UInt8(ascii: "\"") { return place }
      guard (0x20..<0x80).contains(byte), byte != UInt8(ascii: "\\") else { return nil }
    }
    return nil
  }
}

/// The members that tell what a line is of and when; all of the line is seen to be JSON.
private struct LineMembers {
  private(set) var time: String?
  private(set) var type: String?
  private(set) var execution: String?

  /// Of equal keys the last counts, as for `EventRecord`.
  init(_ bytes: [UInt8], _ range: Range<Int>) throws(JSONError) {
    var scanner = JSONScanner(bytes, in: range)
    guard try scanner.next() == .beginObject else { return }
    while case .key(let name, let escaped)? = try scanner.next() {
      switch JSONParser.text(bytes, name, escaped: escaped) {
      case WireKey.timestamp: time = try Self.text(&scanner, bytes)
      case WireKey.eventType: type = try Self.text(&scanner, bytes)
      case WireKey.executionID: execution = try Self.text(&scanner, bytes)
      default: try scanner.skipValue()
      }
    }
    guard try scanner.next() == nil else { return }
  }

  private static func text(_ scanner: inout JSONScanner, _ bytes: [UInt8]) throws(JSONError) -> String? {
    let outside = scanner.depth
    let token = try scanner.next()
    while scanner.depth > outside { _ = try scanner.next() }
    guard case .string(let range, let escaped)? = token else { return nil }
    return JSONParser.text(bytes, range, escaped: escaped)
  }
}
