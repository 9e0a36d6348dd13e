import TrackCore

/// Reports that are read from standard input, a line each, and recorded as they come.
struct ProgressStream {
  let project: ProjectOptions
  /// How often a report is kept of a fast source; nil keeps all.
  let interval: Duration?
  let hasBar: Bool

  /// The longest line that is read.
  private static let maximumLineLength = 64 * 1024

  /// Why no more is read.
  private enum Ending {
    case end
    case signal(Int32)
    case failed(SystemError)
    case refused(JournalError)
  }

  /// Reads to the end and records.
  func run(_ target: Target, by droid: DroidID?) throws {
    let journal = try project.journal()
    guard journal.acceptsReports else { return try discard() }
    let stream = try journal.stream(of: target, by: droid)
    let label = (target.task ?? stream.execution?.task)?.text ?? "."
    var recorder = StreamRecorder(
      stream, bar: hasBar ? ProgressBar(label: label) : nil, isQuiet: project.quiet, printsLines: project.json)
    var thinning = ReportThinning(interval: interval)
    var input = try open()
    let ending = record(&input, &thinning, &recorder)
    var waiting = thinning.isHolding ? 1 : 0
    while input.next() != nil { waiting += 1 }
    recorder.finish()
    try leave(ending, recorder, waiting)
  }

  /// Records what comes, and in the end what was read: whatever makes it the end.
  private func record(
    _ input: inout LineInput, _ thinning: inout ReportThinning, _ recorder: inout StreamRecorder
  ) -> Ending {
    do throws(JournalError) {
      let ending = try follow(&input, &thinning, &recorder)
      try thinning.finish { reading throws(JournalError) in try recorder.add(reading) }
      try recorder.record()
      return ending
    } catch {
      return .refused(error)
    }
  }

  private func follow(
    _ input: inout LineInput, _ thinning: inout ReportThinning, _ recorder: inout StreamRecorder
  ) throws(JournalError) -> Ending {
    let machine = Machine.current()
    while true {
      let patience = [recorder.deadline, thinning.deadline].compactMap(\.self).min().map { $0 - MonotonicClock.now }
      let wake: LineInput.Wake
      do { wake = try input.wait(patience) } catch { return .failed(error) }
      let time = machine.now()
      let now = MonotonicClock.now
      switch wake {
      case .read, .end: try take(&input, &thinning, &recorder, time, now)
      case .resized: recorder.redraw()
      case .time: break
      case .signal(let signal): return .signal(signal)
      }
      if wake == .end { return .end }
      try thinning.release(now: now) { reading throws(JournalError) in try recorder.add(reading) }
      try recorder.work(now: now)
    }
  }

  /// Takes the lines that were read.
  private func take(
    _ input: inout LineInput, _ thinning: inout ReportThinning, _ recorder: inout StreamRecorder, _ time: Instant,
    _ now: Duration
  ) throws(JournalError) {
    while let line = input.next() {
      let report: SelfReport?
      do throws(InvalidReport) {
        guard !line.isTooLong else { throw InvalidReport("it is longer than \(Self.maximumLineLength / 1024) KiB") }
        report = try ReportLine.report(input.bytes, in: line.range)
      } catch {
        recorder.refuse(line, error)
        continue
      }
      guard let report else { continue }
      recorder.see(report)
      try thinning.take(ReadReport(report, at: time), now: now) { reading throws(JournalError) in
        try recorder.add(reading)
      }
    }
  }

  private func open() throws -> LineInput {
    do throws(SystemError) { return try LineInput.open(maximumLength: Self.maximumLineLength) } catch {
      throw unreadable(error)
    }
  }

  private func discard() throws {
    do throws(SystemError) { try LineInput.discard() } catch { throw unreadable(error) }
  }

  private func unreadable(_ error: SystemError) -> ToolError {
    ToolError(status: .inputOutput, message: "cannot read standard input: \(error.message)")
  }

  private func leave(_ ending: Ending, _ recorder: StreamRecorder, _ waiting: Int) throws {
    switch ending {
    case .end: break
    case .signal(let signal): ThisProcess.end(as: .killed(signal))
    case .failed(let error): throw unreadable(error)
    case .refused(let error):
      let count = recorder.refused + waiting
      throw ToolError(status: ExitStatus(error), message: "\(error); \(count) of the lines read are not recorded")
    }
    guard recorder.status == .ok else { throw ToolError(status: recorder.status, message: nil) }
  }
}
