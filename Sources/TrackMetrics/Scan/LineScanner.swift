import TrackCore

/// Takes one line of a log apart in a single pass over its bytes, strictly by RFC 8259 and without allocation.
///
/// It accepts only what `EventRecord` accepts, and then says the same. It gives up on everything unusual: errors, keys
/// that are escaped or stand twice, escapes in texts that name things. `LineReading` then takes the parser, which words
/// the errors.
struct LineScanner {
  /// The beginning of the batch's bytes, from which ranges count.
  let base: Cursor
  /// What the line says, as far as it was scanned.
  var line = ScannedLine()
  /// Texts that had to be decoded.
  let texts: DecodedTexts
  /// The wanted keys that were met in the object at hand.
  var seen: WantedKeys = []
  var detailsSeen: WantedDetails = []
  /// What `droid` says, which counts where there is no `droid_id`.
  var alias = TextRange.absent
  /// What `details.task_id` says, which counts where there is no `task_id`.
  var detailsTask = TextRange.absent
  /// What `details.error` says, as it stands.
  var rawError = TextRange.absent
  var isErrorEscaped = false
  var day = DayCache()
  private let templates = TemplateCache()

  init(base: Cursor, texts: DecodedTexts) {
    self.base = base
    self.texts = texts
  }

  /// Scans the line that begins at `start`.
  /// - Returns: its end, which is a line feed or the first byte of the padding; nil when it needs the parser.
  mutating func scan(_ start: Cursor) -> Cursor? {
    begin(start)
    guard let position = expectedHead(start) ?? head(start), let end = members(after: position) else {
      return nil
    }
    guard let last = endOfLine(end) else { return nil }
    finish()
    if line.identity == 0 { line.identity = lineIdentity(start, last) }
    return last
  }

  private mutating func begin(_ start: Cursor) {
    line = ScannedLine()
    line.offset = UInt32(truncatingIfNeeded: start - base)
    seen = []
    detailsSeen = []
    alias = .absent
    detailsTask = .absent
    rawError = .absent
  }

  /// Passes the opening brace and the first member; the position after its value.
  private mutating func head(_ start: Cursor) -> Cursor? {
    let brace = skipSpace(start)
    guard brace.byte == UInt8(ascii: "{") else { return nil }
    seen = []
    return member(skipSpace(brace + 1))
  }

  /// Passes the members that follow one, and the closing brace.
  private mutating func members(after start: Cursor) -> Cursor? {
    var position = start
    while true {
      if let id = after(position, ", \"event_id\": \""), let end = eventID(id) {
        position = end
        continue
      }
      position = skipSpace(position)
      if position.byte == UInt8(ascii: "}") { return position + 1 }
      guard position.byte == UInt8(ascii: ","), let next = member(skipSpace(position + 1)) else {
        return nil
      }
      position = next
    }
  }

  /// Passes white space at the end of the line.
  private func endOfLine(_ start: Cursor) -> Cursor? {
    let end = skipSpace(start)
    return end.byte == 0x0A || end.byte == 0 ? end : nil
  }

  /// Decides what depends on several members.
  @inline(__always) private mutating func finish() {
    if !line.droid.isPresent { line.droid = alias }
    if !line.task.isPresent { line.task = detailsTask }
    if line.kind == .completed || line.kind == .abandoned {
      if line.kind == .completed, line.statusText.isPresent {
        line.status = ScannedLine.StatusWord(base + line.statusText.offset, line.statusText.count)
      }
      if rawError.isPresent {
        line.error = templates.template(base + rawError.offset, rawError.count, isEscaped: isErrorEscaped, texts)
      }
    }
  }

  /// Passes a member whose key begins at `start` with its quote.
  private mutating func member(_ start: Cursor) -> Cursor? {
    guard start.byte == UInt8(ascii: "\"") else { return nil }
    let key = start + 1
    let end = endOfPlainText(key)
    guard end.byte == UInt8(ascii: "\""), let value = skipColon(end + 1) else { return nil }
    switch end - key {
    case 5 where key.matches("droid"): return text(value, .droidAlias) { $0.alias = $1 }
    case 6 where key.matches("run_id"): return text(value, .run) { $0.line.run = $1 }
    case 6 where key.matches("status"): return text(value, .status) { $0.line.statusText = $1 }
    case 6 where key.matches("reason"): return text(value, .reason) { $0.line.reason = $1 }
    case 7 where key.matches("task_id"): return text(value, .task) { $0.line.task = $1 }
    case 7 where key.matches("details"): return details(value)
    case 7 where key.matches("success"): return success(value)
    case 8 where key.matches("droid_id"): return text(value, .droid) { $0.line.droid = $1 }
    case 8 where key.matches("event_id"): return identity(value)
    case 8 where key.matches("category"): return text(value, .category) { $0.line.category = $1 }
    case 8 where key.matches("problems"): return problems(value)
    case 9 where key.matches("timestamp"): return timestamp(value)
    case 10 where key.matches("event_type"): return type(value)
    case 12 where key.matches("execution_id"): return execution(value)
    default: return skipValue(value, depth: 1)
    }
  }

  /// Notes that a key was met; false when it was before.
  @inline(__always) mutating func isFirst(_ key: WantedKeys) -> Bool {
    guard seen.isDisjoint(with: key) else { return false }
    seen.formUnion(key)
    return true
  }
}

/// The keys of a line that the fold wants.
struct WantedKeys: OptionSet {
  let rawValue: UInt16

  static let timestamp = WantedKeys(rawValue: 1 << 0)
  static let type = WantedKeys(rawValue: 1 << 1)
  static let task = WantedKeys(rawValue: 1 << 2)
  static let droid = WantedKeys(rawValue: 1 << 3)
  static let droidAlias = WantedKeys(rawValue: 1 << 4)
  static let execution = WantedKeys(rawValue: 1 << 5)
  static let status = WantedKeys(rawValue: 1 << 6)
  static let reason = WantedKeys(rawValue: 1 << 7)
  static let category = WantedKeys(rawValue: 1 << 8)
  static let problems = WantedKeys(rawValue: 1 << 9)
  static let success = WantedKeys(rawValue: 1 << 10)
  static let details = WantedKeys(rawValue: 1 << 11)
  static let identity = WantedKeys(rawValue: 1 << 12)
  static let run = WantedKeys(rawValue: 1 << 13)
}

/// The keys of `details` that the fold wants.
struct WantedDetails: OptionSet {
  let rawValue: UInt16

  static let kind = WantedDetails(rawValue: 1 << 0)
  static let error = WantedDetails(rawValue: 1 << 1)
  static let progress = WantedDetails(rawValue: 1 << 2)
  static let duration = WantedDetails(rawValue: 1 << 3)
  static let limit = WantedDetails(rawValue: 1 << 4)
  static let cpu = WantedDetails(rawValue: 1 << 5)
  static let memory = WantedDetails(rawValue: 1 << 6)
  static let disk = WantedDetails(rawValue: 1 << 7)
  static let late = WantedDetails(rawValue: 1 << 8)
  static let task = WantedDetails(rawValue: 1 << 9)
  static let workKind = WantedDetails(rawValue: 1 << 10)
}

/// Texts of a batch that its lines have escaped, decoded.
final class DecodedTexts {
  /// The texts, one after the other.
  private(set) var bytes: [UInt8] = []

  /// Takes in a text.
  func add(_ text: String) -> TextRange { add(Array(text.utf8)[...]) }

  /// Takes in a text in UTF-8.
  func add(_ text: ArraySlice<UInt8>) -> TextRange {
    let range = TextRange(decoded: bytes.count, count: text.count)
    bytes += text
    return range
  }

  /// Forgets every text and keeps the room.
  func removeAll() { bytes.removeAll(keepingCapacity: true) }
}
