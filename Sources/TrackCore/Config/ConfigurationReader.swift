/// Walks through the mappings of a configuration and keeps what messages need: file, key path, place.
///
/// Calling sequence: `beginDocument`, `beginRoot`, then per mapping `nextKey` until nil; after each key one value reader,
/// `beginMapping` or `skipValue`. A key that is read is ours and may stand only once.
struct ConfigurationReader: ~Copyable {
  /// To whom the keys of a mapping belong.
  enum Ownership {
    /// All that we know: references are refused, as they are never followed.
    case ours
    /// Shared with other programs, which may well use references.
    case shared
  }

  private struct Mapping {
    let ownership: Ownership
    var key = ""
    var keyMark = YAMLMark(line: 1, column: 1)
    var seen: [String] = []
  }

  private var events: YAMLEvents
  private let file: String
  private var mappings: [Mapping] = []

  init(events: consuming YAMLEvents, file: String) {
    self.events = events
    self.file = file
  }

  /// Begins the document; false when the text has none.
  mutating func beginDocument() throws(ConfigurationError) -> Bool {
    _ = try next()
    if case .streamEnd = try next().kind { return false }
    return true
  }

  /// Ends the document; nothing may follow it.
  mutating func endDocument() throws(ConfigurationError) {
    _ = try next()
    let event = try next()
    guard case .streamEnd = event.kind else {
      throw error(at: event.mark, expected: "one document", found: "a second one")
    }
  }

  /// Begins the mapping that the document must be; false when it is null.
  mutating func beginRoot() throws(ConfigurationError) -> Bool {
    try beginMapping(.shared, at: next())
  }

  /// Begins the mapping that is the value of the key just read; false when it is null.
  mutating func beginMapping(_ ownership: Ownership) throws(ConfigurationError) -> Bool {
    try claimKey()
    let event = try next()
    if ownership == .ours { try refuseReference(event) }
    return try beginMapping(ownership, at: event)
  }

  private mutating func beginMapping(
    _ ownership: Ownership, at event: YAMLEvent
  ) throws(ConfigurationError) -> Bool {
    if case .mappingStart = event.kind {
      mappings.append(Mapping(ownership: ownership))
      return true
    }
    if case .scalar(isPlain: true) = event.kind, isNull(events.scalarText) { return false }
    throw error(at: event.mark, expected: "a mapping", found: foundText(event))
  }

  /// The next key of the innermost mapping; nil ends the mapping.
  mutating func nextKey() throws(ConfigurationError) -> String? {
    while let last = mappings.indices.last {
      mappings[last].key = ""
      let event = try next()
      if case .mappingEnd = event.kind { break }
      if mappings[last].ownership == .ours { try refuseReference(event) }
      switch event.kind {
      case .scalar(let isPlain):
        guard let key = events.scalarText else { break }
        if isPlain, key == "<<", mappings[last].ownership == .ours {
          throw error(at: event.mark, expected: "plain values (nothing is merged here)", found: "a merge key")
        }
        mappings[last].key = key
        mappings[last].keyMark = event.mark
        return key
      case .mappingStart, .sequenceStart:
        do throws(YAMLError) { try events.skipRest() } catch { throw ConfigurationError(file: file, error) }
      default: break
      }
      try skipValue()
    }
    mappings.removeLast()
    return nil
  }

  /// Passes over the value of a key that is not ours.
  mutating func skipValue() throws(ConfigurationError) {
    do throws(YAMLError) { try events.skipNode() } catch { throw ConfigurationError(file: file, error) }
  }

  /// The value of the key just read as a scalar; nil for null.
  mutating func scalar(expected: String) throws(ConfigurationError) -> ConfigurationScalar? {
    try claimKey()
    return try scalar(next(), expected: expected)
  }

  /// The value of the key just read as a sequence of strings; nil for null.
  mutating func scalars(expected: String) throws(ConfigurationError) -> [ConfigurationScalar]? {
    try claimKey()
    let start = try next()
    try refuseReference(start)
    if case .scalar(isPlain: true) = start.kind, isNull(events.scalarText) { return nil }
    guard case .sequenceStart = start.kind else {
      throw error(at: start.mark, expected: expected, found: foundText(start))
    }
    var scalars: [ConfigurationScalar] = []
    while true {
      let event = try next()
      if case .sequenceEnd = event.kind { return scalars }
      guard let scalar = try scalar(event, expected: expected) else {
        throw error(at: event.mark, expected: expected, found: "null")
      }
      scalars.append(scalar)
    }
  }

  private func scalar(
    _ event: YAMLEvent, expected: String
  ) throws(ConfigurationError) -> ConfigurationScalar? {
    try refuseReference(event)
    guard case .scalar(let isPlain) = event.kind else {
      throw error(at: event.mark, expected: expected, found: foundText(event))
    }
    guard let text = events.scalarText else {
      throw error(at: event.mark, expected: expected, found: "a text with a NUL")
    }
    return isPlain && isNull(text) ? nil : ConfigurationScalar(text: text, isPlain: isPlain, mark: event.mark)
  }

  /// An error about the key just read.
  func error(at mark: YAMLMark, expected: String, found: String) -> ConfigurationError {
    ConfigurationError(
      file: file, line: mark.line, column: mark.column,
      keyPath: mappings.map(\.key).filter { !$0.isEmpty }.joined(separator: "."), found: found, expected: expected)
  }

  private mutating func next() throws(ConfigurationError) -> YAMLEvent {
    do throws(YAMLError) { return try events.next() } catch { throw ConfigurationError(file: file, error) }
  }

  private mutating func claimKey() throws(ConfigurationError) {
    guard let last = mappings.indices.last else { return }
    let mapping = mappings[last]
    guard !mapping.seen.contains(mapping.key) else {
      throw error(at: mapping.keyMark, expected: "the key once", found: "it a second time")
    }
    mappings[last].seen.append(mapping.key)
  }

  private func refuseReference(_ event: YAMLEvent) throws(ConfigurationError) {
    guard let reference = event.reference else { return }
    throw error(at: event.mark, expected: "a value written out", found: reference)
  }

  private func foundText(_ event: YAMLEvent) -> String {
    switch event.kind {
    case .mappingStart: "a mapping"
    case .sequenceStart: "a sequence"
    case .alias: "an alias"
    default: events.scalarText.map { "'\(excerpt($0))'" } ?? "a text with a NUL"
    }
  }
}

/// A scalar of the file.
struct ConfigurationScalar {
  let text: String
  /// Whether it stands without quotes.
  let isPlain: Bool
  let mark: YAMLMark
}

extension ConfigurationError {
  init(file: String, _ error: YAMLError) {
    self.init(
      file: file, line: error.mark.line, column: error.mark.column, keyPath: "", found: error.problem, expected: "")
  }
}

extension YAMLEvent {
  /// What it needs that stands elsewhere; nil when it is written out.
  fileprivate var reference: String? {
    if case .alias = kind { return "an alias" }
    if isAnchored { return "an anchor" }
    return isTagged ? "a tag" : nil
  }
}

/// Whether a plain scalar is YAML's null.
private func isNull(_ text: String?) -> Bool {
  switch text {
  case "", "~", "null", "Null", "NULL": true
  default: false
  }
}
