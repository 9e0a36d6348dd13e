/// The one way of every free text into the journal: redacted first, bounded afterwards.
///
/// In this order a secret that lies across the bound is seen whole. Escaping for JSON comes later, in the writer.
package struct Sanitizer: Sendable {
  /// The longest text that is recorded, in bytes of UTF-8, its marker included.
  package static let maximumTextLength = 2048
  /// The longest key that is recorded.
  static let maximumKeyLength = 256
  /// What is looked at of a text: enough that what is kept of it can hold nothing unseen.
  static let maximumScannedLength = 64 * 1024

  /// The longest end of an output that is recorded.
  package static let maximumTailLength = 16 * 1024

  private let redactor: Redactor
  private let resultKeys: Set<String>?

  /// Makes a sanitizer.
  /// - Parameter resultKeys: the only keys of a result that are recorded; nil records all.
  package init(redactor: Redactor, resultKeys: [String]? = nil) {
    self.redactor = redactor
    self.resultKeys = resultKeys.map { Set($0) }
  }

  /// `text` as it may be recorded: redacted and at most `maximumTextLength` bytes long.
  package func text(_ text: String) -> String { self.text(text, of: nil, maximumLength: Self.maximumTextLength) }

  /// The end of `text` as it may be recorded: redacted, then at most `maximumLength` bytes of whole lines where that can be.
  ///
  /// What is handed in should begin well before the part that is wanted: a secret that is seen from its middle on has no
  /// format any more.
  func tail(_ text: String, maximumLength: Int) -> String {
    let clean = redactor.redact(text, of: nil)
    guard clean.utf8.count > maximumLength else { return clean }
    let end = clean.utf8.suffix(maximumLength)
    guard let line = end.firstIndex(of: UInt8(ascii: "\n")), end.index(after: line) < end.endIndex else {
      return String(decoding: end.drop { $0 & 0xC0 == 0x80 }, as: UTF8.self)
    }
    return String(decoding: end[end.index(after: line)...], as: UTF8.self)
  }

  /// Whether `id` may be recorded as it is.
  func accepts(id: String) -> Bool { redactor.accepts(id: id) }

  /// `object` as it may be recorded: its keys and texts sanitized, at any depth.
  ///
  /// Members that do not fit into `maximumBytes` of JSON are left out, and `truncated: true` says so. The value of a
  /// key that names a secret is a secret.
  package func object(_ object: JSONObject, maximumBytes: Int) -> JSONObject {
    bounded(sanitized(object, of: nil), maximumBytes: maximumBytes)
  }

  /// A result as it may be recorded: as `object(_:maximumBytes:)`, of the keys that may be recorded at all.
  ///
  /// The mark of members left out stays, so that a result may pass twice.
  package func result(_ result: JSONObject, maximumBytes: Int) -> JSONObject {
    guard let resultKeys else { return object(result, maximumBytes: maximumBytes) }
    let members = result.members.filter { resultKeys.contains($0.key) || $0.key == WireKey.truncated }
    return object(JSONObject(members.map { (key: $0.key, value: $0.value) }), maximumBytes: maximumBytes)
  }

  private func text(_ text: String, of kind: SecretNames.Kind?, maximumLength: Int) -> String {
    let length = text.utf8.count
    guard length > Self.maximumScannedLength else {
      return redactor.redact(text, of: kind).bounded(maximumLength: maximumLength, cut: 0)
    }
    // Cut between words: half a secret has no format any more.
    let head = text.utf8.prefix(Self.maximumScannedLength)
    let end = head.lastIndex { ByteSet.space.contains($0) } ?? head.startIndex
    let scanned = String(text.utf8[..<end]) ?? ""
    return redactor.redact(scanned, of: kind)
      .bounded(maximumLength: maximumLength, cut: length - scanned.utf8.count)
  }

  private func sanitized(_ object: JSONObject, of kind: SecretNames.Kind?) -> JSONObject {
    JSONObject(
      object.members.map { member in
        let key = text(member.key, of: nil, maximumLength: Self.maximumKeyLength)
        return (key: key, value: sanitized(member.value, of: SecretNames.kind(member.key) ?? kind))
      })
  }

  private func sanitized(_ value: JSONValue, of kind: SecretNames.Kind?) -> JSONValue {
    switch value {
    case .string(let text): .string(self.text(text, of: kind, maximumLength: Self.maximumTextLength))
    case .array(let elements): .array(elements.map { sanitized($0, of: kind) })
    case .object(let object): .object(sanitized(object, of: kind))
    case .number(let number) where kind == .password: .string(redactor.redact(number.text, of: kind))
    case .null, .bool, .number: value
    }
  }

  private func bounded(_ object: JSONObject, maximumBytes: Int) -> JSONObject {
    guard object.encodedLength > maximumBytes else { return object }
    let mark: JSONObject = [WireKey.truncated: true]
    var kept = object.members.filter { $0.key != WireKey.truncated }.map { (key: $0.key, value: $0.value) }
    var room = maximumBytes - mark.encodedLength
    kept.removeAll { member in
      let length = JSONObject([member]).encodedLength
      guard length <= room else { return true }
      room -= length
      return false
    }
    return JSONObject(kept + [(key: WireKey.truncated, value: true)])
  }
}

extension SecretNames {
  /// What `name` says of its value.
  fileprivate static func kind(_ name: String) -> Kind? {
    let text = ScannedText(bytes: Array(name.utf8))
    return kind(text, 0..<text.end)
  }
}

extension JSONObject {
  /// The length of the object as JSON, in bytes.
  fileprivate var encodedLength: Int {
    var writer = JSONWriter()
    writer.value(.object(self))
    return writer.bytes.count
  }
}

extension String {
  /// The text in at most `maximumLength` bytes, with a marker in place of what does not fit.
  ///
  /// - Parameter cut: the number of bytes that have been cut off before.
  fileprivate func bounded(maximumLength: Int, cut: Int) -> String {
    guard utf8.count > maximumLength || cut > 0 else { return self }
    // The longest marker: the figure can only be shorter.
    let reserve = Self.marker(utf8.count + cut).utf8.count
    let limit = max(0, maximumLength - reserve)
    let end = utf8.count <= limit ? utf8.endIndex : scalarIndex(atOrBefore: utf8.index(startIndex, offsetBy: limit))
    return self[..<end] + Self.marker(utf8.distance(from: end, to: utf8.endIndex) + cut)
  }

  private func scalarIndex(atOrBefore index: Index) -> Index {
    var index = index
    while index > startIndex, index.samePosition(in: unicodeScalars) == nil { index = utf8.index(before: index) }
    return index
  }

  private static func marker(_ count: Int) -> String { "… [\(count) bytes cut]" }
}
