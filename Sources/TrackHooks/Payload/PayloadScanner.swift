import TrackCore

/// Takes one JSON object as it arrives, piece by piece, and keeps the few values that are wanted.
///
/// What it keeps is bounded by the fields, not by the payload. It is as strict as RFC 8259 but for one thing: bytes that
/// are no UTF-8 are repaired where a text is kept, for the event they stand in happened all the same.
struct PayloadScanner {
  /// How far it has come.
  enum State: Hashable {
    case reading
    /// The object is whole; what follows it is nobody's.
    case complete
    case broken(String)
  }

  private(set) var state = State.reading
  /// What was found; of equal keys the last counts.
  private(set) var values: [PayloadField: PayloadValue] = [:]

  /// Deeper than any tool's arguments; each level costs a byte.
  private static let maximumDepth = 512
  private static let maximumWord = 64 * 1024

  private enum Expectation {
    case value, valueOrEnd, keyOrEnd, key, colon, commaOrEnd
  }

  private enum Mode {
    case structure, string, escape, unicode, word
  }

  private var expectation = Expectation.value
  private var mode = Mode.structure
  /// True for an object, one element an open container.
  private var containers: [Bool] = []
  /// The prefix of the fields of the object at depth 2 that is read, such as `toolinput.`; nil in others.
  private var section: String?
  /// The field whose value comes next, or is read.
  private var field: PayloadField?
  private var key = ""
  private var isKey = false
  private var kept = KeptText()
  private var word: [UInt8] = []

  /// Takes what has arrived.
  mutating func take(_ bytes: ArraySlice<UInt8>) {
    var position = bytes.startIndex
    while position < bytes.endIndex, state == .reading {
      switch mode {
      case .string: position = string(bytes, position)
      case .escape, .unicode:
        escaped(bytes[position])
        position += 1
      case .word:
        if Self.endsWord(bytes[position]) {
          endWord()
        } else {
          word.append(bytes[position])
          if word.count > Self.maximumWord { state = .broken("a number is too long") }
          position += 1
        }
      case .structure:
        structure(bytes[position])
        position += 1
      }
    }
  }

  /// Tells it that nothing follows.
  mutating func end() {
    guard state == .reading else { return }
    state = .broken(containers.isEmpty && mode == .structure ? "it is empty" : "it ends too early")
  }

  // MARK: - Structure

  private mutating func structure(_ byte: UInt8) {
    if byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { return }
    switch expectation {
    case .value, .valueOrEnd:
      if expectation == .valueOrEnd, byte == UInt8(ascii: "]") { return close() }
      value(byte)
    case .key, .keyOrEnd:
      if expectation == .keyOrEnd, byte == UInt8(ascii: "}") { return close() }
      guard byte == UInt8(ascii: "\"") else { return fail("a key is expected") }
      beginString(isKey: true)
    case .colon:
      guard byte == UInt8(ascii: ":") else { return fail("a colon is expected") }
      expectation = .value
    case .commaOrEnd:
      guard let isObject = containers.last else { return }
      switch byte {
      case UInt8(ascii: ","): expectation = isObject ? .key : .value
      case UInt8(ascii: "}") where isObject, UInt8(ascii: "]") where !isObject: close()
      default: fail("a comma or an end is expected")
      }
    }
  }

  private mutating func value(_ byte: UInt8) {
    guard !containers.isEmpty || byte == UInt8(ascii: "{") else { return fail("it is no object") }
    switch byte {
    case UInt8(ascii: "\""): beginString(isKey: false)
    case UInt8(ascii: "{"), UInt8(ascii: "["):
      guard containers.count < Self.maximumDepth else { return fail("it is nested too deep") }
      let isObject = byte == UInt8(ascii: "{")
      keep(.container)
      if containers.count == 1, isObject, key == "toolinput" || key == "toolresponse" { section = "\(key)." }
      containers.append(isObject)
      expectation = isObject ? .keyOrEnd : .valueOrEnd
    default:
      mode = .word
      word = [byte]
    }
  }

  private mutating func close() {
    containers.removeLast()
    if containers.count <= 1 { section = nil }
    if containers.isEmpty { state = .complete } else { endValue() }
  }

  private mutating func endValue() {
    field = nil
    expectation = .commaOrEnd
  }

  private mutating func keep(_ value: PayloadValue) {
    if let field { values[field] = value }
  }

  private mutating func fail(_ reason: String) { state = .broken(reason) }

  // MARK: - Words

  private static func endsWord(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x20, 0x0A, 0x0D, 0x09, UInt8(ascii: ","), UInt8(ascii: "}"), UInt8(ascii: "]"): true
    default: false
    }
  }

  private mutating func endWord() {
    mode = .structure
    switch try? JSONParser.value(word) {
    case .null?: keep(.null)
    case .bool(let value)?: keep(.bool(value))
    case .number(let number)?: keep(.number(number.double))
    default: return fail("a value is expected")
    }
    endValue()
  }

  // MARK: - Strings

  private mutating func beginString(isKey: Bool) {
    self.isKey = isKey
    mode = .string
    // No field that is wanted has a longer name.
    kept = KeptText(limit: isKey ? (isWithinReach ? 64 : 0) : field?.limit ?? 0)
  }

  /// Whether keys of the innermost object can name a field.
  private var isWithinReach: Bool { containers.count == 1 || (containers.count == 2 && section != nil) }

  /// Passes what stands in a string up to its end, an escape or the end of what has arrived.
  private mutating func string(_ bytes: ArraySlice<UInt8>, _ start: Int) -> Int {
    var position = start
    while position < bytes.endIndex {
      let byte = bytes[position]
      if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") || byte < 0x20 { break }
      position += 1
    }
    kept.append(bytes[start..<position])
    guard position < bytes.endIndex else { return position }
    switch bytes[position] {
    case UInt8(ascii: "\""): endString()
    case UInt8(ascii: "\\"): mode = .escape
    default: fail("a control character stands in a string")
    }
    return position + 1
  }

  private mutating func escaped(_ byte: UInt8) {
    if mode == .unicode {
      guard let isWhole = kept.appendDigit(byte) else { return fail("an escape is malformed") }
      if isWhole { mode = .string }
      return
    }
    mode = .string
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): kept.append(byte)
    case UInt8(ascii: "b"): kept.append(0x08)
    case UInt8(ascii: "f"): kept.append(0x0C)
    case UInt8(ascii: "n"): kept.append(0x0A)
    case UInt8(ascii: "r"): kept.append(0x0D)
    case UInt8(ascii: "t"): kept.append(0x09)
    case UInt8(ascii: "u"): mode = .unicode
    default: fail("an escape is malformed")
    }
  }

  private mutating func endString() {
    mode = .structure
    kept.flush()
    guard isKey else {
      keep(kept.isCut ? .cut(kept.text) : .text(kept.text))
      return endValue()
    }
    field = nil
    if isWithinReach {
      let name = String(kept.text.unicodeScalars.filter { $0 != "_" }).lowercased()
      if containers.count == 1 { key = name }
      if !kept.isCut { field = PayloadField(rawValue: (section ?? "") + name) }
    }
    expectation = .colon
  }
}

/// The beginning of a string that is read, unescaped.
private struct KeptText {
  private var bytes: [UInt8] = []
  private let limit: Int
  private(set) var isCut = false
  /// The digits of an escape so far.
  private var unit: UInt32 = 0
  private var digits = 0
  /// A high surrogate that waits for its partner.
  private var high: UInt32?

  init(limit: Int = 0) { self.limit = limit }

  var text: String { String(decoding: bytes, as: UTF8.self) }

  mutating func append(_ more: ArraySlice<UInt8>) {
    guard !more.isEmpty else { return }
    flush()
    let room = limit - bytes.count
    if more.count > room { isCut = true }
    bytes += more.prefix(max(0, room))
  }

  /// Takes one byte, as an escape gives it: a payload may be full of them.
  mutating func append(_ byte: UInt8) {
    flush()
    if bytes.count < limit { bytes.append(byte) } else { isCut = true }
  }

  /// Takes a digit of a `\u` escape; true with the last one, nil for what is none.
  mutating func appendDigit(_ byte: UInt8) -> Bool? {
    let digit: UInt8
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = byte - UInt8(ascii: "0")
    case UInt8(ascii: "A")...UInt8(ascii: "F"): digit = byte - UInt8(ascii: "A") + 10
    case UInt8(ascii: "a")...UInt8(ascii: "f"): digit = byte - UInt8(ascii: "a") + 10
    default: return nil
    }
    unit = unit << 4 | UInt32(digit)
    digits += 1
    guard digits == 4 else { return false }
    endUnit()
    (unit, digits) = (0, 0)
    return true
  }

  private mutating func endUnit() {
    if let high, (0xDC00...0xDFFF).contains(unit) {
      self.high = nil
      append(scalar: Unicode.Scalar(0x10000 + (high - 0xD800) << 10 + (unit - 0xDC00)))
      return
    }
    flush()
    if (0xD800...0xDBFF).contains(unit) { high = unit } else { append(scalar: Unicode.Scalar(unit)) }
  }

  private mutating func append(scalar: Unicode.Scalar?) {
    guard bytes.count < limit, let encoded = UTF8.encode(scalar ?? "\u{FFFD}"), encoded.count <= limit - bytes.count
    else {
      isCut = true
      return
    }
    bytes.append(contentsOf: encoded)
  }

  /// A surrogate without its partner is no character.
  mutating func flush() {
    guard high != nil else { return }
    high = nil
    append(scalar: nil)
  }
}
