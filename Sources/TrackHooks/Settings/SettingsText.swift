import TrackCore

/// The text of a settings file that is changed in places, all else staying as it is to the byte.
///
/// What is added can be told from what was there: a container that was empty keeps a space behind what was put into it,
/// so that taking it out again leaves an empty container, while one that we made goes with its last part.
package struct SettingsText: Hashable, Sendable {
  /// The text.
  package private(set) var bytes: [UInt8]

  package init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// Whether it says nothing, as a file that was only made does.
  var isBlank: Bool { Self.isBlank(bytes[...]) }

  /// The text without `end`, with which it ends, where nothing else is in it; nil for any other text.
  func blank(before end: [UInt8]) -> SettingsText? {
    let rest = bytes.dropLast(end.count)
    return bytes.suffix(end.count).elementsEqual(end) && Self.isBlank(rest) ? SettingsText(Array(rest)) : nil
  }

  private static func isBlank(_ bytes: ArraySlice<UInt8>) -> Bool {
    bytes.allSatisfy { $0 == 0x20 || $0 == 0x09 || $0 == 0x0A || $0 == 0x0D }
  }

  /// What the text says.
  func root() throws(JSONError) -> SettingsNode { try SettingsNode(bytes) }

  /// Puts a value at the end of a container, at a depth; under `key` when it is an object.
  mutating func add(_ value: JSONValue, as key: String?, to container: SettingsNode, depth: Int, _ style: SettingsStyle)
  {
    let text = key.map { style.member($0, value, depth: depth) } ?? style.text(value, depth: depth)
    if let last = container.parts.last {
      let lead = "," + (style.lineEnd.isEmpty ? style.space : style.lineBreak(depth))
      bytes.insert(contentsOf: Array((lead + text).utf8), at: last.upperBound)
    } else {
      let whole = style.lineBreak(depth) + text + style.lineBreak(depth - 1) + " "
      bytes.insert(contentsOf: Array(whole.utf8), at: container.range.lowerBound + 1)
    }
  }

  /// Puts another text in the place of a value.
  mutating func replace(_ node: SettingsNode, by value: JSONValue) {
    bytes.replaceSubrange(node.range, with: Array(SettingsStyle.usual.text(value, depth: 0).utf8))
  }

  /// Takes out everything that is in an object.
  mutating func clear(_ object: SettingsNode) { bytes.replaceSubrange(object.range, with: Array("{}".utf8)) }

  /// Takes a part out of a container at a depth.
  /// - Returns: false when it was the only part of a container that we made: then nothing is done, the container itself
  ///   is to go.
  mutating func remove(_ place: Int, of container: SettingsNode, depth: Int, _ style: SettingsStyle) -> Bool {
    let parts = container.parts
    if place > 0 {
      bytes.removeSubrange(parts[place - 1].upperBound..<parts[place].upperBound)
      return true
    }
    if parts.count > 1 {
      bytes.removeSubrange(parts[0].lowerBound..<parts[1].lowerBound)
      return true
    }
    let start = container.range.lowerBound + 1
    let rest = bytes[parts[0].upperBound..<container.range.upperBound - 1]
    for trail in [style.lineBreak(depth - 1) + " ", " "] where rest.starts(with: trail.utf8) {
      // The space alone tells only where the part stands right behind the bracket.
      if trail == " ", start != parts[0].lowerBound { continue }
      bytes.removeSubrange(start..<parts[0].upperBound + trail.utf8.count)
      return true
    }
    return false
  }
}
