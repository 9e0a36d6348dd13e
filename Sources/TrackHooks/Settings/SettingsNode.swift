import TrackCore

/// A value of a settings file, and where it stands: what is edited is the text, so that nothing else changes.
struct SettingsNode {
  /// A member of an object.
  struct Member {
    /// Where it stands, from the quote of its key to the end of its value.
    let range: Range<Int>
    let key: String
    let value: SettingsNode
  }

  indirect enum Content {
    case object([Member])
    case array([SettingsNode])
    case string(String)
    case bool(Bool)
    case other
  }

  let range: Range<Int>
  let content: Content

  /// The members of an object; nil for anything else.
  var members: [Member]? { if case .object(let members) = content { members } else { nil } }
  /// The elements of an array; nil for anything else.
  var elements: [SettingsNode]? { if case .array(let elements) = content { elements } else { nil } }
  /// The text of a string; nil for anything else.
  var text: String? { if case .string(let text) = content { text } else { nil } }
  /// The value of a boolean; nil for anything else.
  var bool: Bool? { if case .bool(let value) = content { value } else { nil } }

  /// The value of a key; nil when there is none.
  ///
  /// Of equal keys the last counts, as for every reader.
  subscript(key: String) -> SettingsNode? { members?.last { $0.key == key }?.value }

  /// Where the parts of an object or an array stand.
  var parts: [Range<Int>] {
    switch content {
    case .object(let members): members.map(\.range)
    case .array(let elements): elements.map(\.range)
    case .string, .bool, .other: []
    }
  }
}

extension SettingsNode {
  /// Takes a whole text apart; a mark of the byte order before it is passed over.
  init(_ bytes: [UInt8]) throws(JSONError) {
    let start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    var scanner = JSONScanner(bytes, in: start..<bytes.count)
    guard let first = try scanner.next() else { throw JSONError(problem: "the text is empty", offset: 0) }
    self = try Self.node(first, &scanner, bytes)
    guard try scanner.next() == nil else { throw JSONError(problem: "unexpected text after the value", offset: 0) }
  }

  private static func node(
    _ token: JSONToken, _ scanner: inout JSONScanner, _ bytes: [UInt8]
  ) throws(JSONError) -> SettingsNode {
    let end = scanner.offset
    switch token {
    case .string(let range, let escaped):
      let text = JSONParser.text(bytes, range, escaped: escaped)
      return SettingsNode(range: range.lowerBound - 1..<range.upperBound + 1, content: .string(text))
    case .number(let range): return SettingsNode(range: range, content: .other)
    case .bool(let value): return SettingsNode(range: end - (value ? 4 : 5)..<end, content: .bool(value))
    case .null: return SettingsNode(range: end - 4..<end, content: .other)
    case .beginArray:
      var elements: [SettingsNode] = []
      while let token = try scanner.next(), token != .endArray {
        elements.append(try node(token, &scanner, bytes))
      }
      return SettingsNode(range: end - 1..<scanner.offset, content: .array(elements))
    case .beginObject:
      var members: [Member] = []
      while case .key(let range, let escaped)? = try scanner.next() {
        guard let token = try scanner.next() else { break }
        let value = try node(token, &scanner, bytes)
        members.append(
          Member(
            range: range.lowerBound - 1..<value.range.upperBound,
            key: JSONParser.text(bytes, range, escaped: escaped), value: value))
      }
      return SettingsNode(range: end - 1..<scanner.offset, content: .object(members))
    case .key, .endObject, .endArray: throw JSONError(problem: "expected a value", offset: end)
    }
  }
}
