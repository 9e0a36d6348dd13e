import TrackCore

/// Writes executions as a trace that ui.perfetto.dev and chrome://tracing open.
///
/// The source is the Trace Event Format: a project on a host is a process; a droid is a thread, and where its executions
/// overlap several, so that no two slices of a thread do. Reports are instants and counters; an arrow leads from a parent
/// to each child that ended before it.
struct PerfettoWriter: TraceWriter {
  /// A row of slices that do not overlap.
  private struct Lane {
    let thread: Int
    let name: String
    var end: Int64
  }

  private struct Process {
    let number: Int
    var droids: [String: [Lane]] = [:]
  }

  /// Where a child's slice begins.
  private struct Child {
    let process: Int
    let thread: Int
    let begin: Int64
  }

  private var processes: [String: Process] = [:]
  private var threadCount = 0
  private var flowCount = 0
  private var children: [String: [Child]] = [:]
  private var childCount = 0
  private var hasEvents = false

  /// How many children wait for their parents' slices.
  private static let maximumChildren = 1 << 16

  init() {}

  var head: [UInt8] { Array("{\"displayTimeUnit\": \"ms\", \"traceEvents\": [".utf8) }

  func tail() -> [UInt8] { Array("\n]}\n".utf8) }

  mutating func write(_ execution: FinishedExecution) -> [UInt8] {
    var events: [UInt8] = []
    let name = [execution.project ?? "unknown project", execution.host].compactMap { $0 }.joined(separator: " on ")
    let process = number(ofProcess: name, &events)
    let lane = lane(of: execution, in: name, process, &events)
    emit(&events) { json in
      json.head("X", execution.task ?? "execution", process, lane.thread, execution.begin)
      json.text("cat", "execution")
      json.key("dur")
      json.integer(execution.end - execution.begin)
      json.text("cname", execution.colour)
      json.arguments(execution.arguments)
    }
    for (time, report) in execution.reports { write(report, at: time, process, lane, &events) }
    writeFlows(of: execution, process, lane, &events)
    return events
  }

  private mutating func write(
    _ report: EventRecord, at time: Int64, _ process: Int, _ lane: Lane, _ events: inout [UInt8]
  ) {
    let details = report.details
    emit(&events) { json in
      json.head("i", details.text(WireKey.eventType) ?? "report", process, lane.thread, time)
      json.text("cat", "report")
      json.text("s", "t")
      json.arguments(report.reportAttributes)
    }
    for (name, key) in [
      ("progress", WireKey.progress), ("CPU %", WireKey.cpuPercent), ("memory MB", WireKey.memoryMB),
      ("disk I/O MB", WireKey.diskIOMB),
    ] {
      guard let value = details.number(key) else { continue }
      emit(&events) { json in
        json.head("C", "\(name) of \(lane.name)", process, lane.thread, time)
        json.key("args")
        json.object { json in
          json.key(name)
          json.number(value)
        }
      }
    }
  }

  private mutating func writeFlows(
    of execution: FinishedExecution, _ process: Int, _ lane: Lane, _ events: inout [UInt8]
  ) {
    if let parent = execution.parent, childCount < Self.maximumChildren {
      children[parent, default: []].append(Child(process: process, thread: lane.thread, begin: execution.begin))
      childCount += 1
    }
    guard let own = children.removeValue(forKey: execution.id) else { return }
    childCount -= own.count
    for child in own where (execution.begin...execution.end).contains(child.begin) {
      flowCount += 1
      let flow = flowCount
      emit(&events) { json in
        json.head("s", "child", process, lane.thread, child.begin)
        json.flow(flow)
      }
      emit(&events) { json in
        json.head("f", "child", child.process, child.thread, child.begin)
        json.flow(flow)
        json.text("bp", "e")
      }
    }
  }

  private mutating func number(ofProcess name: String, _ events: inout [UInt8]) -> Int {
    if let known = processes[name] { return known.number }
    let process = Process(number: processes.count + 1)
    processes[name] = process
    emit(&events) { json in
      json.head("M", "process_name", process.number, 0, 0)
      json.name(name)
    }
    return process.number
  }

  /// The first lane of its droid that is free from its beginning on.
  private mutating func lane(
    of execution: FinishedExecution, in name: String, _ process: Int, _ events: inout [UInt8]
  ) -> Lane {
    let droid = execution.droid ?? "unknown droid"
    let lanes = processes[name]?.droids[droid] ?? []
    if let place = lanes.firstIndex(where: { $0.end <= execution.begin }) {
      processes[name]?.droids[droid]?[place].end = execution.end
      return lanes[place]
    }
    threadCount += 1
    let label = lanes.isEmpty ? droid : "\(droid) (\(lanes.count + 1))"
    let lane = Lane(thread: threadCount, name: label, end: execution.end)
    processes[name]?.droids[droid, default: []].append(lane)
    emit(&events) { json in
      json.head("M", "thread_name", process, lane.thread, 0)
      json.name(label)
    }
    return lane
  }

  private mutating func emit(_ events: inout [UInt8], _ content: (inout JSONWriter) -> Void) {
    var writer = JSONWriter()
    writer.object(content)
    events += hasEvents ? [UInt8(ascii: ","), UInt8(ascii: "\n")] : [UInt8(ascii: "\n")]
    events += writer.bytes
    hasEvents = true
  }
}

extension FinishedExecution {
  /// What is told of the slice when it is chosen.
  fileprivate var arguments: Attributes {
    var all = attributes
    all.set("trace_id", trace.own.trace.description)
    all.set("span_id", trace.own.span.description)
    all.set("error", complaint)
    if dropped > 0 { all.set("droid_track.reports_left_out", integer: Int64(dropped)) }
    return all
  }

  /// One of the colours that the format has names for.
  fileprivate var colour: String {
    switch status {
    case .completed: "good"
    case .abandoned: "grey"
    case .timeout: "bad"
    default: "terrible"
    }
  }
}

extension JSONWriter {
  fileprivate mutating func text(_ name: String, _ value: String) {
    key(name)
    string(value)
  }

  fileprivate mutating func head(_ phase: String, _ name: String, _ process: Int, _ thread: Int, _ time: Int64) {
    text("ph", phase)
    text("name", name)
    key("pid")
    integer(process)
    key("tid")
    integer(thread)
    key("ts")
    integer(time)
  }

  fileprivate mutating func name(_ name: String) {
    key("args")
    object { $0.text("name", name) }
  }

  fileprivate mutating func flow(_ number: Int) {
    text("cat", "parent")
    key("id")
    integer(number)
  }

  fileprivate mutating func arguments(_ attributes: Attributes) {
    key("args")
    object { json in
      for (key, value) in attributes.members {
        json.key(key)
        switch value {
        case .text(let text): json.string(text)
        case .integer(let integer): json.integer(integer)
        case .number(let number): json.number(number)
        case .bool(let bool): json.bool(bool)
        }
      }
    }
  }
}
