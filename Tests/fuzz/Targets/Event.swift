@testable import TrackCore

/// A line is refused, or taken apart into what stands in it.
func fuzzEvent(_ bytes: [UInt8]) {
  let object = try? JSONParser.object(bytes)
  guard let record = try? EventRecord(line: bytes) else {
    demand(object == nil, "an object was refused")
    return
  }
  demand(object != nil, "what is no object was taken")
  let again = try? EventRecord(line: rendering(.object(record.fields)))
  demand(again == record, "what was written of it reads otherwise")
  demandStable(.object(record.fields))
  demandOwn(record)
  for member in record.fields.members + record.details.members {
    demandOneReading(member, of: [member.key: member.value])
  }
}

private func demandOwn(_ record: EventRecord) {
  if let timestamp = record.timestamp {
    demand(Timestamp(timestamp.description) == timestamp, "\(timestamp) reads otherwise")
    _ = timestamp.seconds(since: Timestamp(microseconds: 0))
  }
  if let id = record.id { demand(EventID(id.description) == id, "\(id) reads otherwise") }
  demand(
    record.fields[WireKey.taskID] == nil || record.fields.text(WireKey.taskID) == record.task
      || record.details.text(WireKey.taskID) == record.task, "a task from nowhere")
}

/// A value is of one kind, and as a whole number it is the number that it is.
private func demandOneReading(_ member: JSONObject.Member, of object: JSONObject) {
  let kinds = [
    object.text(member.key) != nil, object.number(member.key) != nil, object.bool(member.key) != nil,
    object.object(member.key) != nil,
  ]
  demand(kinds.count { $0 } <= 1, "a value of two kinds")
  if let whole = object.integer(member.key, as: Int64.self), let number = object.number(member.key) {
    demand(Double(whole) == number, "\(whole) is not \(number)")
  }
  if let number = object.number(member.key) { demand(number.isFinite, "a number that JSON cannot say: \(number)") }
}
