/// The shape of a vendor's tokens: something fixed, and a class of characters after it.
///
/// Lengths are lower bounds: a vendor that makes its tokens longer must not make them visible.
struct TokenFormat: Sendable {
  /// What may stand before a token.
  enum Boundary: Sendable {
    /// Anything: the fixed part says enough.
    case none
    /// No letter, digit or `_`.
    case word
  }

  let rule: StaticString
  /// The fixed part that is searched for.
  let anchor: StaticString
  /// The characters after the fixed part, and how many there are at least.
  let set: ByteSet
  let count: Int
  var boundary = Boundary.word
  /// Longer runs are another thing.
  var isExact = false
  /// What is made of words is another thing.
  var isNoWords = false
  /// The fixed part is the name of what follows and stays.
  var keepsAnchor = false
  /// The characters before the fixed part, and how many there are at least.
  var setBefore = ByteSet.alphanumeric
  var countBefore = 0

  init(_ rule: StaticString, _ anchor: StaticString, _ set: ByteSet, _ count: Int) {
    (self.rule, self.anchor, self.set, self.count) = (rule, anchor, set, count)
  }

  /// The token whose fixed part stands at `position`.
  func match(_ text: ScannedText, at position: Int) -> Range<Int>? {
    guard text.has(anchor, at: position) else { return nil }
    var start = position
    if countBefore > 0 {
      start = text.start(of: setBefore, before: position)
      guard position - start >= countBefore else { return nil }
    }
    guard boundary == .none || text.beginsWord(at: start) else { return nil }
    let runStart = position + anchor.utf8CodeUnitCount
    let end = text.end(of: set, from: runStart)
    guard end - runStart >= count, !isExact || (end - runStart == count && !text.has(.word, at: end)) else {
      return nil
    }
    guard !isNoWords || !SecretValue(at: runStart..<end).isWords(text, digitsAllowed: false) else { return nil }
    return (keepsAnchor ? runStart : start)..<end
  }

  /// The same format with a fixed part that needs no boundary.
  var anywhere: Self {
    var format = self
    format.boundary = .none
    return format
  }

  /// The same format for runs of just its length.
  var exact: Self {
    var format = self
    format.isExact = true
    return format
  }

  /// The same format for runs that are not made of words.
  var noWords: Self {
    var format = self
    format.isNoWords = true
    return format
  }

  /// The same format with a fixed part that stays.
  var afterName: Self {
    var format = self
    format.keepsAnchor = true
    return format
  }

  /// The same format with at least `count` characters of `set` before the fixed part.
  func preceded(by set: ByteSet, _ count: Int) -> Self {
    var format = self
    (format.setBefore, format.countBefore) = (set, count)
    return format
  }
}

/// The formats that are looked for, found by the first byte of their fixed part.
struct TokenFormats: Sendable {
  private let known = TokenFormat.known
  /// Places in `known`, those of one first byte together.
  private var order: [UInt8] = []
  /// Where the places of a first byte begin in `order`; those of the next byte end them.
  private var starts: [UInt8] = []
  private let values: SecretValues

  /// Takes the known formats, and `values` as they are.
  init(secretValues values: [String]) {
    self.values = SecretValues(values)
    var counts = [UInt8](repeating: 0, count: 257)
    for format in known { counts[Int(format.anchor.firstByte) + 1] += 1 }
    for byte in 1...256 { counts[byte] += counts[byte - 1] }
    starts = counts
    order = Array(repeating: 0, count: known.count)
    for (place, format) in known.enumerated() {
      let byte = Int(format.anchor.firstByte)
      order[Int(counts[byte])] = UInt8(place)
      counts[byte] += 1
    }
  }

  /// Whether a format can begin with `byte`.
  func canBegin(with byte: UInt8) -> Bool {
    starts[Int(byte)] < starts[Int(byte) + 1] || values.canBegin(with: byte)
  }

  /// The first two bytes of every format and value.
  var beginnings: [(UInt8, UInt8)] { known.map(\.anchor.firstBytes) + values.beginnings }

  /// The token whose fixed part stands at `position`.
  func match(_ text: ScannedText, at position: Int) -> Finding? {
    if let range = values.match(text, at: position) { return Finding(range, rule: "env") }
    let byte = Int(text.bytes[position])
    for place in starts[byte]..<starts[byte + 1] {
      let format = known[Int(order[Int(place)])]
      if let range = format.match(text, at: position) { return Finding(range, rule: format.rule) }
    }
    return nil
  }
}

extension StaticString {
  fileprivate var firstByte: UInt8 { withUTF8Buffer { unsafe $0.first ?? 0 } }

  /// Every fixed part has more than one.
  fileprivate var firstBytes: (UInt8, UInt8) { withUTF8Buffer { unsafe ($0[0], $0[1]) } }
}
