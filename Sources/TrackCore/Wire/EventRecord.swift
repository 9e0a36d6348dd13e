/// An event as a reader finds it in a log: any writer's, of any age, nothing taken for granted.
///
/// Texts stand as written. Keys that other writers use for the same thing are understood (`droid` for `droid_id`).
package struct EventRecord: Hashable, Sendable {
  /// When it happened; nil when it is missing or no timestamp.
  package let timestamp: Timestamp?
  /// Its type, as written; nil when it has none, as in audit lines that agents wrote by hand.
  package let type: String?
  package let run: String?
  package let task: String?
  package let droid: String?
  package let execution: String?
  package let status: String?
  /// Its identity; nil in logs of the original.
  package let id: EventID?
  package let host: String?
  package let project: String?
  /// `details`, or an empty object.
  package let details: JSONObject
  /// The whole line.
  package let fields: JSONObject

  /// Reads one line without its line feed.
  /// - Throws: `JSONError` when the line is not one JSON object.
  package init(line bytes: [UInt8], in range: Range<Int>? = nil) throws(JSONError) {
    self.init(fields: try JSONParser.object(bytes, in: range))
  }

  /// Takes a line apart that has been parsed.
  package init(fields: JSONObject) {
    self.fields = fields
    timestamp = fields.text(WireKey.timestamp).flatMap { Timestamp($0) }
    type = fields.text(WireKey.eventType)
    run = fields.text(WireKey.runID)
    droid = fields.text(WireKey.droidID) ?? fields.text(WireKey.droid)
    execution = fields.text(WireKey.executionID)
    status = fields.text(WireKey.status)
    id = fields.text(WireKey.eventID).flatMap { EventID($0) }
    host = fields.text(WireKey.host)
    project = fields.text(WireKey.project)
    if case .object(let details)? = fields[WireKey.details] { self.details = details } else { details = JSONObject() }
    task = fields.text(WireKey.taskID) ?? details.text(WireKey.taskID)
  }
}

extension JSONObject {
  /// The value of `key` when it is a string.
  package func text(_ key: String) -> String? {
    if case .string(let text)? = self[key] { text } else { nil }
  }

  /// The value of `key` when it is a number; one too large for a floating-point value is none.
  package func number(_ key: String) -> Double? {
    guard case .number(let number)? = self[key], number.double.isFinite else { return nil }
    return number.double
  }

  /// The value of `key` when it is a whole number that fits.
  package func integer<Integer: FixedWidthInteger>(_ key: String, as type: Integer.Type = Integer.self) -> Integer? {
    if case .number(let number)? = self[key] { Integer(number.text) } else { nil }
  }

  /// The value of `key` when it is true or false.
  package func bool(_ key: String) -> Bool? {
    if case .bool(let value)? = self[key] { value } else { nil }
  }

  /// The value of `key` when it is an object.
  package func object(_ key: String) -> JSONObject? {
    if case .object(let object)? = self[key] { object } else { nil }
  }
}
