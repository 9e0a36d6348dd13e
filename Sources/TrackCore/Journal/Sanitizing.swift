// Requests as the journal may hold them. What the tools send is clean already; a request that was spooled while the
// configuration could not be read has not yet met its redaction patterns. Cleaning twice changes nothing.

extension Sanitizer {
  func sanitized(_ request: Request) -> Request {
    Request(id: request.id, time: request.time, kind: sanitized(request.kind))
  }

  private func sanitized(_ kind: Request.Kind) -> Request.Kind {
    switch kind {
    case .start(let start):
      var details = start.details
      details.description = details.description.map { text($0) }
      details.context = clean(details.context)
      details.trace = details.trace.map { sanitized($0) }
      return .start(
        StartRequest(
          execution: start.execution, task: start.task, droid: start.droid, run: start.run, newRun: start.newRun,
          details: details, environment: start.environment, mode: start.mode,
          trace: start.trace.map { sanitized($0) }))
    case .report(let report):
      let further = report.further.map { TimedReport(id: $0.id, time: $0.time, report: sanitized($0.report)) }
      return .report(
        ReportRequest(
          selection: report.selection, writer: report.writer, report: sanitized(report.report), further: further))
    case .end(let end):
      var details = end.details
      details.error = details.error.map { text($0) }
      details.signal = details.signal.map { text($0) }
      details.errorTail = details.errorTail.map { tail($0, maximumLength: Self.maximumTailLength) }
      return .end(
        EndRequest(
          selection: end.selection, writer: end.writer, ending: end.ending,
          result: end.result.map { result($0, maximumBytes: .max) }, details: details))
    case .note(let note):
      return .note(
        NoteRequest(task: note.task, execution: note.execution, writer: note.writer, note: sanitized(note.note)))
    }
  }

  private func sanitized(_ trace: TraceContext) -> TraceContext {
    TraceContext(
      own: trace.own, parent: trace.parent, state: trace.state.flatMap { traceState($0) },
      baggage: trace.baggage.flatMap { baggage($0) })
  }

  private func sanitized(_ trace: TraceRequest) -> TraceRequest {
    TraceRequest(
      inherited: trace.inherited, state: trace.state.flatMap { traceState($0) },
      baggage: trace.baggage.flatMap { baggage($0) }, newTrace: trace.newTrace, span: trace.span)
  }

  private func sanitized(_ report: SelfReport) -> SelfReport {
    self.report(report, maximumBytes: Self.maximumFree)
  }

  /// A report as it may be recorded, its further facts within `maximumBytes`.
  func report(_ report: SelfReport, maximumBytes: Int) -> SelfReport {
    var clean = report
    clean.message = report.message.map { text($0) }
    clean.error = report.error.map { text($0) }
    if !report.fields.isEmpty { clean.fields = object(report.fields, maximumBytes: maximumBytes) }
    return clean
  }

  func sanitized(_ note: Note) -> Note {
    switch note {
    case .orchestrator(let type, let status, let fields):
      .orchestrator(type, status: status.map { text($0) }, fields: clean(fields))
    case .audit(let action, let details): .audit(action: text(action), details: clean(details))
    case .metrics(let fields): .metrics(clean(fields))
    }
  }

  /// Free fields: clean, and short enough for a line.
  private func clean(_ fields: JSONObject) -> JSONObject { object(fields, maximumBytes: Self.maximumFree) }

  private static let maximumFree = 44 * 1024
}
