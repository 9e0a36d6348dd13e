import TrackCore

/// How a settings file is laid out, so that what is added looks like what is there.
struct SettingsStyle: Hashable {
  /// What ends a line; empty where all stands on one.
  let lineEnd: String
  /// What a level is indented by.
  let unit: String
  /// What stands after a colon, and after a comma on one line.
  let space: String

  /// The usual one of both harnesses.
  static let usual = SettingsStyle(lineEnd: "\n", unit: "  ", space: " ")

  init(lineEnd: String, unit: String, space: String) {
    (self.lineEnd, self.unit, self.space) = (lineEnd, unit, space)
  }

  /// The layout of a text, seen at its outermost object.
  init(_ bytes: [UInt8], _ root: SettingsNode) {
    guard let member = root.members?.first else {
      self = bytes.contains(UInt8(ascii: "\r")) ? Self(lineEnd: "\r\n", unit: "  ", space: " ") : .usual
      return
    }
    let lead = bytes[root.range.lowerBound + 1..<member.range.lowerBound]
    let colon = bytes[member.range.lowerBound..<member.value.range.lowerBound].lastIndex(of: UInt8(ascii: ":"))
    let space = colon.map { $0 + 1 < member.value.range.lowerBound } ?? true ? " " : ""
    guard let feed = lead.lastIndex(of: UInt8(ascii: "\n")) else {
      self.init(lineEnd: "", unit: "", space: space)
      return
    }
    let isCarried = feed > lead.startIndex && lead[feed - 1] == UInt8(ascii: "\r")
    self.init(
      lineEnd: isCarried ? "\r\n" : "\n", unit: String(decoding: lead[(feed + 1)...], as: UTF8.self), space: space)
  }

  /// What separates the parts of a container from each other, or from its brackets; `depth` is that of what follows.
  func lineBreak(_ depth: Int) -> String {
    lineEnd.isEmpty ? "" : lineEnd + String(repeating: unit, count: depth)
  }

  /// The text of a value that begins at a depth.
  func text(_ value: JSONValue, depth: Int) -> String {
    func list(_ parts: [String], _ open: String, _ close: String) -> String {
      guard !parts.isEmpty else { return open + close }
      let separator = "," + (lineEnd.isEmpty ? space : lineBreak(depth + 1))
      return open + lineBreak(depth + 1) + parts.joined(separator: separator) + lineBreak(depth) + close
    }
    switch value {
    case .array(let elements): return list(elements.map { text($0, depth: depth + 1) }, "[", "]")
    case .object(let object):
      return list(object.members.map { member($0.key, $0.value, depth: depth + 1) }, "{", "}")
    case .null, .bool, .number, .string:
      var writer = JSONWriter()
      writer.value(value)
      return String(decoding: writer.bytes, as: UTF8.self)
    }
  }

  /// The text of a member.
  func member(_ key: String, _ value: JSONValue, depth: Int) -> String {
    text(.string(key), depth: depth) + ":" + space + text(value, depth: depth)
  }
}
