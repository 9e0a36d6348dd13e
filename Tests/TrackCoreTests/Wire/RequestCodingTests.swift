import Testing

@testable import TrackCore

@Suite("Spooled requests") struct RequestCodingTests {
  private static let selections = [
    Selection(caller: Sample.caller),
    Selection(
      named: Sample.execution, task: Sample.task, environment: Sample.parent, file: Sample.execution,
      droid: Sample.droid,
      caller: Sample.caller),
  ]
  private static let writers = [
    Writer(droid: nil, fallback: .unknown, run: nil), Writer(droid: Sample.droid, fallback: .unknown, run: Sample.run),
  ]

  private static let kinds: [Request.Kind] = starts + reports + ends + notes

  private static let starts: [Request.Kind] = [StartMode.join, .new, .supersede].flatMap { mode in
    var full = StartDetails()
    full.description = "Write\nthe parser"
    full.context = ["b": 1, "a": [.null, true, "x"]]
    full.limit = .milliseconds(1_500)
    full.parent = Sample.parent
    full.owner = Sample.owner
    full.trace = Sample.trace
    (full.kind, full.correlation) = (.session, .heuristic)
    let new = TraceRequest(inherited: nil, state: nil, baggage: nil, newTrace: TraceID(1, 2), span: SpanID(3))
    let inherited = TraceRequest(
      inherited: Sample.trace.own, state: Sample.trace.state, baggage: Sample.trace.baggage, newTrace: TraceID(0, 1),
      span: SpanID(3))
    return [
      (StartDetails(), nil, nil, nil), (StartDetails(), nil, nil, new), (full, Sample.run, Sample.parent, inherited),
    ].map { (details: StartDetails, run: RunID?, environment: ExecutionID?, trace: TraceRequest?) in
      Request.Kind.start(
        StartRequest(
          execution: Sample.execution, task: Sample.task, droid: Sample.droid, run: run, newRun: Sample.run,
          details: details,
          environment: environment, mode: mode, trace: trace))
    }
  }

  private static let reports: [Request.Kind] = SelfReportKind.allCases.flatMap { kind in
    var full = SelfReport(kind: kind)
    full.status = .waiting
    full.progress = 0.25
    full.message = "half"
    full.error = "é\u{1B}"
    full.cpuPercent = 12.5
    full.memoryMB = 1
    full.diskIOMB = 0
    full.fields = ["rows": 7]
    return zip(selections, writers).flatMap { selection, writer in
      [SelfReport(kind: kind), full].map {
        Request.Kind.report(
          ReportRequest(
            selection: selection, writer: writer, report: $0,
            further: kind == .error
              ? [full, $0].map { TimedReport(id: Sample.event, time: Sample.time, report: $0) } : []))
      }
    }
  }

  private static let ends: [Request.Kind] = Ending.allCases.flatMap { ending in
    var full = EndingDetails()
    full.exitCode = -1
    full.signal = "TERM"
    full.error = "no space"
    full.line = 12
    full.isConfirmed = false
    return zip(selections, writers).flatMap { selection, writer in
      [(EndingDetails(), nil), (full, ["tests_run": 12] as JSONObject), (full, [:] as JSONObject)].map {
        (details: EndingDetails, result: JSONObject?) in
        Request.Kind.end(
          EndRequest(selection: selection, writer: writer, ending: ending, result: result, details: details))
      }
    }
  }

  private static let notes: [Request.Kind] = writers.flatMap { writer in
    ([.audit(action: "a", details: ["k": 1]), .audit(action: "", details: [:]), .metrics(["n": 1]), .metrics([:])]
      + OrchestratorEventType.allCases.flatMap { type -> [Note] in
        [.orchestrator(type, status: nil, fields: [:]), .orchestrator(type, status: "started", fields: ["k": "v"])]
      }).flatMap { note in
        [
          Request.Kind.note(NoteRequest(task: nil, execution: nil, writer: writer, note: note)),
          .note(NoteRequest(task: Sample.task, execution: Sample.execution, writer: writer, note: note)),
        ]
      }
  }

  @Test("a request of any kind read back is the request")
  func roundTrip() throws {
    #expect(Self.kinds.count > 90)
    for kind in Self.kinds {
      let entry = RequestCoding.Entry(request: Request(id: Sample.event, time: Sample.instant, kind: kind), size: 1_234)
      let bytes = RequestCoding.bytes(entry)
      #expect(RequestCoding.decode(bytes) == entry)
      #expect(bytes.filter { $0 == UInt8(ascii: "\n") }.count == 1)
    }
  }

  @Test("cut off anywhere it is nothing, and no damage crashes the reader")
  func damaged() {
    for kind in [Self.starts.last, Self.reports.last, Self.ends.last, Self.notes.last].compactMap(\.self) {
      let request = Request(id: Sample.event, time: Sample.instant, kind: kind)
      let bytes = RequestCoding.bytes(RequestCoding.Entry(request: request, size: 0))
      for length in 0..<bytes.count - 1 { #expect(RequestCoding.decode(Array(bytes[..<length])) == nil) }
      for position in bytes.indices {
        for byte in [
          bytes[position] ^ 1, 0, UInt8(ascii: "9"), UInt8(ascii: "e"), UInt8(ascii: "-"), UInt8(ascii: "\""),
        ] {
          var damaged = bytes
          damaged[position] = byte
          guard let entry = RequestCoding.decode(damaged) else { continue }
          #expect(RequestCoding.decode(RequestCoding.bytes(entry)) == entry)
        }
      }
    }
  }

  @Test("defect: a limit that no duration can hold does not stop the program")
  func hugeLimit() throws {
    let request = Request(id: Sample.event, time: Sample.instant, kind: try #require(Self.starts.last))
    let text = String(decoding: RequestCoding.bytes(RequestCoding.Entry(request: request, size: 0)), as: UTF8.self)
    let damaged = text.split(separator: "1.5", omittingEmptySubsequences: false).joined(separator: "1e300")
    try #require(damaged != text)
    guard case .start(let start)? = RequestCoding.decode(Array(damaged.utf8))?.request.kind else {
      Issue.record("no start")
      return
    }
    #expect(start.details.limit == nil)
  }
}
