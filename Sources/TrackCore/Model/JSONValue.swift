/// A JSON value (RFC 8259) that keeps what was written: key order and the text of numbers.
public enum JSONValue: Hashable, Sendable {
  case null
  case bool(Bool)
  case number(JSONNumber)
  case string(String)
  case array([JSONValue])
  case object(JSONObject)
}

extension JSONValue {
  fileprivate var depth: Int {
    switch self {
    case .null, .bool, .number, .string: 0
    case .array(let elements): 1 + (elements.map(\.depth).max() ?? 0)
    case .object(let object): object.depth
    }
  }
}

/// A JSON number, kept as its text so that nothing is rounded on its way through.
public struct JSONNumber: Hashable, Sendable {
  /// The number as RFC 8259 writes it.
  public let text: String

  /// Makes a number of an integer.
  public init(_ value: some FixedWidthInteger) { text = String(value) }

  /// Makes a number of a finite floating-point value; nil for NaN and infinities, which JSON cannot say.
  public init?(_ value: Double) {
    guard value.isFinite else { return nil }
    text = value.description
  }

  /// Takes text that a JSON scanner has accepted as a number.
  package init(scanned text: String) { self.text = text }

  /// The nearest floating-point value.
  public var double: Double { Double(text) ?? .nan }
}

/// A JSON object that keeps the order of its keys.
///
/// Small by nature (a result, the details of an event), so look-ups walk the list.
public struct JSONObject: Hashable, Sendable {
  /// The members in order; a key stands at most once.
  public private(set) var members: [Member] = []

  /// One key and its value.
  public struct Member: Hashable, Sendable {
    /// The key.
    public let key: String
    /// Its value.
    public var value: JSONValue

    /// Whether its key is `key` to the byte; the cheap comparison, which tells less apart, goes first.
    fileprivate func isNamed(_ key: String) -> Bool { self.key == key && self.key.utf8.elementsEqual(key.utf8) }
  }

  /// Makes an empty object.
  public init() {}

  /// Makes an object of members in order; of equal keys the first keeps its place and the last its value.
  package init(_ pairs: [(key: String, value: JSONValue)]) {
    var places: [ExactKey: Int] = [:]
    places.reserveCapacity(pairs.count)
    members.reserveCapacity(pairs.count)
    for (key, value) in pairs {
      if let place = places[ExactKey(text: key)] {
        members[place].value = value
      } else {
        places[ExactKey(text: key)] = members.count
        members.append(Member(key: key, value: value))
      }
    }
  }

  /// The deepest nesting that is taken in; readers allow twice as much, for lines wrap what they hold.
  package static let maximumDepth = 32

  /// How deep objects and arrays are nested, itself included.
  package var depth: Int { 1 + (members.map(\.value.depth).max() ?? 0) }

  /// Whether there are no members.
  public var isEmpty: Bool { members.isEmpty }

  /// The value of `key`; setting nil removes it, setting a new key appends it.
  public subscript(key: String) -> JSONValue? {
    get { members.first { $0.isNamed(key) }?.value }
    set {
      let index = members.firstIndex { $0.isNamed(key) }
      switch (index, newValue) {
      case (let index?, let value?): members[index].value = value
      case (let index?, nil): members.remove(at: index)
      case (nil, let value?): members.append(Member(key: key, value: value))
      case (nil, nil): break
      }
    }
  }
}

/// A key as JSON compares keys, byte by byte.
///
/// `String` takes canonically equivalent texts, such as the two ways of writing an e with an acute, for the same.
private struct ExactKey: Hashable {
  let text: String

  static func == (left: Self, right: Self) -> Bool { left.text.utf8.elementsEqual(right.text.utf8) }

  func hash(into hasher: inout Hasher) {
    var text = text
    text.withUTF8 { unsafe hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
  }
}

extension JSONObject: ExpressibleByDictionaryLiteral {
  /// Makes an object of a literal; the last of equal keys wins.
  public init(dictionaryLiteral elements: (String, JSONValue)...) {
    self.init(elements.map { (key: $0.0, value: $0.1) })
  }
}

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral,
  ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
  /// Makes a string.
  public init(stringLiteral value: String) { self = .string(value) }
  /// Makes a number.
  public init(integerLiteral value: Int) { self = .number(JSONNumber(value)) }
  /// Makes true or false.
  public init(booleanLiteral value: Bool) { self = .bool(value) }
  /// Makes an array.
  public init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
  /// Makes an object; the last of equal keys wins.
  public init(dictionaryLiteral elements: (String, JSONValue)...) {
    self = .object(JSONObject(elements.map { (key: $0.0, value: $0.1) }))
  }
}
