// The part of spooled requests that tells of self-reports.

extension ReportRequest {
  /// The request as an object.
  var object: JSONObject {
    var object: JSONObject = [
      WireKey.selection: .object(selection.object), WireKey.writer: .object(writer.object),
    ]
    object.set(report)
    if !further.isEmpty { object[WireKey.further] = .array(further.map { .object($0.object) }) }
    return object
  }

  init?(_ object: JSONObject) {
    guard let selection = Selection(object.object(WireKey.selection)),
      let writer = Writer(object.object(WireKey.writer)), let report = SelfReport(object)
    else { return nil }
    self.init(selection: selection, writer: writer, report: report)
    guard let reports = object[WireKey.further] else { return }
    guard case .array(let elements) = reports else { return nil }
    for element in elements {
      guard case .object(let object) = element, let report = TimedReport(object) else { return nil }
      further.append(report)
    }
  }
}

extension TimedReport {
  fileprivate var object: JSONObject {
    var object: JSONObject = [
      WireKey.eventID: .string(id.description), WireKey.timestamp: .string(time.description),
    ]
    object.set(report)
    return object
  }

  fileprivate init?(_ object: JSONObject) {
    guard let id = object.text(WireKey.eventID).flatMap({ EventID($0) }),
      let time = object.text(WireKey.timestamp).flatMap({ Timestamp($0) }), let report = SelfReport(object)
    else { return nil }
    self.init(id: id, time: time, report: report)
  }
}

extension JSONObject {
  /// Sets the members that tell `report`.
  fileprivate mutating func set(_ report: SelfReport) {
    set(WireKey.eventType, report.kind.rawValue)
    set(WireKey.status, report.status.rawValue)
    set(WireKey.progress, number: report.progress)
    set(WireKey.message, report.message)
    set(WireKey.error, report.error)
    set(WireKey.cpuPercent, number: report.cpuPercent)
    set(WireKey.memoryMB, number: report.memoryMB)
    set(WireKey.diskIOMB, number: report.diskIOMB)
    self[WireKey.details] = .object(report.fields)
  }
}

extension SelfReport {
  /// Reads the members that tell a report.
  fileprivate init?(_ object: JSONObject) {
    guard let kind = object.text(WireKey.eventType).flatMap({ SelfReportKind(rawValue: $0) }),
      let status = object.text(WireKey.status).flatMap({ Status(rawValue: $0) }),
      let fields = object.object(WireKey.details)
    else { return nil }
    self.init(kind: kind)
    self.status = status
    progress = object.number(WireKey.progress)
    message = object.text(WireKey.message)
    error = object.text(WireKey.error)
    cpuPercent = object.number(WireKey.cpuPercent)
    memoryMB = object.number(WireKey.memoryMB)
    diskIOMB = object.number(WireKey.diskIOMB)
    self.fields = fields
  }
}
