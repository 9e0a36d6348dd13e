/// What comparing lines with each other needs to know of one: a plain value without references.
struct LineFacts {
  var kind = LineKind.damaged
  /// What an ending's status says: the place of the word among those of its type, 255 when there is none.
  var status: UInt8 = 255
  /// A result's success, 255 when it has none.
  var success: UInt8 = 255
  /// Whether an ending is late.
  var isLate = false
  /// A fingerprint of the event id; 0 when there is none.
  var event: UInt64 = 0
  /// A fingerprint of the execution's id; 0 when there is none.
  var execution: UInt64 = 0
  /// A fingerprint of a report's whole line, which stands in two streams.
  var content: UInt64 = 0
  /// Where it begins in its file.
  var offset: Int64 = 0
}

/// What is wrong with a line by itself.
struct LineProblem {
  enum Kind {
    /// Not one JSON object.
    case damaged
    /// A JSON object that is not an event as droid-track writes them.
    case schema
    /// A key that stands twice, of which readers take the first or the last.
    case repeated
  }

  let kind: Kind
  /// Where the line begins in its file.
  let offset: Int64
  let text: String
}
