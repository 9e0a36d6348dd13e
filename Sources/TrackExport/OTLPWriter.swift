import TrackCore

/// Writes executions as spans in OTLP/JSON, an ExportTraceServiceRequest a line.
///
/// The sources are OpenTelemetry's protocol (OTLP, its JSON encoding: ids in hexadecimal, 64-bit numbers as strings,
/// enumerations as numbers) and its file exporter (JSON lines).
struct OTLPWriter: TraceWriter {
  private let version: String
  /// Spans of one resource that are to share a line.
  private var batch: [FinishedExecution] = []

  /// How many spans a line holds at most.
  private static let maximumBatch = 64

  /// Writes as the tool of `version`.
  init(version: String) { self.version = version }

  var head: [UInt8] { [] }

  mutating func write(_ execution: FinishedExecution) -> [UInt8] {
    guard let last = batch.last else {
      batch = [execution]
      return []
    }
    var lines: [UInt8] = []
    if (last.project, last.host) != (execution.project, execution.host) || batch.count == Self.maximumBatch {
      lines = tail()
    }
    batch.append(execution)
    return lines
  }

  /// The line of what is left.
  mutating func tail() -> [UInt8] {
    guard let first = batch.first else { return [] }
    var writer = JSONWriter(capacity: 1024 * batch.count)
    writer.object { json in
      json.list("resourceSpans") { json in
        json.object { json in
          json.key("resource")
          json.object { $0.attributes(resource(of: first)) }
          json.list("scopeSpans") { json in
            json.object { json in
              json.key("scope")
              json.object { json in
                json.text("name", "droid-track")
                json.text("version", version)
              }
              json.list("spans") { json in for execution in batch { json.span(execution) } }
            }
          }
        }
      }
    }
    writer.endLine()
    batch = []
    return writer.bytes
  }

  private func resource(of execution: FinishedExecution) -> Attributes {
    var resource = Attributes()
    // What the conventions want of a service without a name.
    resource.set("service.name", execution.project ?? "unknown_service:droid-track")
    resource.set("host.name", execution.host)
    return resource
  }
}

extension JSONWriter {
  fileprivate mutating func text(_ name: String, _ value: String) {
    key(name)
    string(value)
  }

  fileprivate mutating func list(_ name: String, _ content: (inout JSONWriter) -> Void) {
    key(name)
    array(content)
  }

  /// A time in nanoseconds, which the format holds up to the year 2554 and clocks of 64 bits with a sign up to 2262.
  fileprivate mutating func time(_ name: String, _ microseconds: Int64) {
    text(name, String(min(microseconds, Int64.max / 1_000) * 1_000))
  }

  fileprivate mutating func attributes(_ attributes: Attributes) {
    list("attributes") { json in
      for (key, value) in attributes.members {
        json.object { json in
          json.text("key", key)
          json.key("value")
          json.object { $0.value(value) }
        }
      }
    }
  }

  private mutating func value(_ value: Attributes.Value) {
    switch value {
    case .text(let value): text("stringValue", value)
    case .integer(let value): text("intValue", String(value))
    case .number(let value):
      key("doubleValue")
      number(value)
    case .bool(let value):
      key("boolValue")
      bool(value)
    }
  }

  fileprivate mutating func span(_ execution: FinishedExecution) {
    let trace = execution.trace
    object { json in
      json.text("traceId", trace.own.trace.description)
      json.text("spanId", trace.own.span.description)
      if let state = trace.state { json.text("traceState", state.description) }
      if let parent = trace.parent { json.text("parentSpanId", parent.description) }
      json.key("flags")
      json.integer(trace.own.flags.value)
      json.text("name", execution.task ?? "execution")
      json.key("kind")
      json.integer(Self.internalKind)
      json.time("startTimeUnixNano", execution.begin)
      json.time("endTimeUnixNano", execution.end)
      json.attributes(execution.attributes)
      json.list("events") { json in for report in execution.reports { json.event(report.time, report.record) } }
      if execution.dropped > 0 {
        json.key("droppedEventsCount")
        json.integer(UInt32(clamping: execution.dropped))
      }
      json.key("status")
      json.object { $0.status(of: execution) }
    }
  }

  private mutating func event(_ time: Int64, _ report: EventRecord) {
    object { json in
      json.time("timeUnixNano", time)
      json.text("name", report.details.text(WireKey.eventType) ?? "report")
      var attributes = report.reportAttributes
      // Moved to the edge of its span: the clock it was written by went another way.
      if let told = report.timestamp, told.microseconds != time {
        attributes.set("droid_track.timestamp", told.description)
      }
      json.attributes(attributes)
    }
  }

  private mutating func status(of execution: FinishedExecution) {
    key("code")
    integer(execution.status == .completed ? Self.okCode : Self.errorCode)
    if let complaint = execution.complaint { text("message", complaint) }
  }

  /// The number of SPAN_KIND_INTERNAL.
  private static let internalKind = 1
  /// The number of STATUS_CODE_OK.
  private static let okCode = 1
  /// The number of STATUS_CODE_ERROR.
  private static let errorCode = 2
}
