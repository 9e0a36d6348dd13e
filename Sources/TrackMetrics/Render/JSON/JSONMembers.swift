import TrackCore

/// Members of the report's JSON: a key and what it holds, null where it is unknown.
extension JSONWriter {
  mutating func member(_ key: String, _ value: String?) {
    self.key(key)
    if let value { string(value) } else { self.value(.null) }
  }

  mutating func member(_ key: String, _ value: Int) {
    self.key(key)
    integer(value)
  }

  mutating func member(_ key: String, _ value: Bool) {
    self.key(key)
    bool(value)
  }

  /// A number; one that JSON cannot say is null.
  mutating func member(_ key: String, _ value: Double?) {
    self.key(key)
    if let value { number(value) } else { self.value(.null) }
  }

  /// Seconds, to the microsecond, which is as far as the clock goes.
  mutating func member(_ key: String, seconds value: Double?) {
    member(key, value.map { ($0 * 1e6).rounded() / 1e6 })
  }

  mutating func member(_ key: String, _ value: Timestamp?) { member(key, value?.description) }

  /// An object of counts by name.
  mutating func member(_ key: String, _ counts: [DataSummary.Count]) {
    object(key) { for count in counts { $0.member(count.name, count.count) } }
  }

  mutating func member(_ key: String, _ texts: some Sequence<String>) {
    array(key, texts) { $0.string($1) }
  }

  /// An object whose members `content` writes.
  mutating func object(_ key: String, _ content: (inout JSONWriter) -> Void) {
    self.key(key)
    object(content)
  }

  /// An object of what `value` holds; null where there is none.
  mutating func object<Value>(_ key: String, _ value: Value?, _ content: (inout JSONWriter, Value) -> Void) {
    self.key(key)
    if let value { object { content(&$0, value) } } else { self.value(.null) }
  }

  /// An array with an element for each of `values`.
  mutating func array<Values: Sequence>(
    _ key: String, _ values: Values, _ content: (inout JSONWriter, Values.Element) -> Void
  ) {
    self.key(key)
    array { for value in values { content(&$0, value) } }
  }

  /// An array with an object for each of `values`.
  mutating func objects<Values: Sequence>(
    _ key: String, _ values: Values, _ content: (inout JSONWriter, Values.Element) -> Void
  ) {
    array(key, values) { writer, value in writer.object { content(&$0, value) } }
  }
}
