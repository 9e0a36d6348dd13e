import TrackCore

/// Reports on their way from standard input into the journal, and what there is to say of them.
struct StreamRecorder {
  private var stream: ReportStream
  private var bar: ProgressBar?
  private let isQuiet: Bool

  /// Lines that could not be read.
  private var badLines = 0
  /// Reports that are not known to be on record, and why.
  private var lost = 0
  private var failure: JournalError?
  private var outputFailure: ToolError?
  private var hasToldOfSpool = false
  /// When the lock is asked for again at the earliest, unless there is very much to record.
  private var nextRecording = Duration.zero

  /// How many bad lines are told of one by one.
  private static let toldLines = 10
  /// The time between two recordings: one report that comes alone is recorded at once, those that follow are gathered.
  private static let pause = Duration.milliseconds(20)

  init(_ stream: ReportStream, bar: ProgressBar?, isQuiet: Bool, printsLines: Bool) {
    (self.stream, self.bar, self.isQuiet) = (stream, bar, isQuiet)
    self.stream.keepsLines = printsLines
  }

  /// When there is something to do though nothing is read; nil for never.
  var deadline: Duration? {
    [stream.count > 0 ? nextRecording : nil, bar?.deadline].compactMap(\.self).min()
  }

  /// How many reports wait to be recorded.
  var count: Int { stream.count }

  /// Looks at a report that may or may not be kept.
  mutating func see(_ report: SelfReport) { bar?.take(report) }

  /// Adds a report that is kept.
  mutating func add(_ reading: ReadReport) throws(JournalError) {
    try stream.add(reading)
    if stream.isFull { try record() }
  }

  /// Does what is due.
  mutating func work(now: Duration) throws(JournalError) {
    if stream.count > 0, now >= nextRecording { try record() }
    bar?.drawIfDue(now: now) { [stream] in try? stream.clean($0) }
  }

  /// Records what waits.
  ///
  /// A journal that fails costs reports, not the work that makes them: so it is tried again with those that follow.
  /// - Throws: only that reports of this execution are refused now.
  mutating func record() throws(JournalError) {
    let count = stream.count
    do throws(JournalError) {
      tell(try stream.record())
    } catch {
      lost += count
      guard !error.isRefusal else { throw error }
      if failure == nil { say("\(error)") }
      failure = failure ?? error
    }
    nextRecording = MonotonicClock.now + Self.pause
  }

  private mutating func tell(_ recorded: ReportStream.Recorded) {
    for notice in recorded.notices where !isQuiet {
      if notice == .spooled, hasToldOfSpool { continue }
      hasToldOfSpool = hasToldOfSpool || notice == .spooled
      say("\(notice)")
    }
    guard outputFailure == nil, !recorded.lines.isEmpty else { return }
    do { try output(recorded.lines) } catch {
      outputFailure = error as? ToolError
      if let message = outputFailure?.message { say(message) }
    }
  }

  /// Tells of a line that is no report, while there are few.
  mutating func refuse(_ line: LineInput.Line, _ problem: InvalidReport) {
    badLines += 1
    guard badLines <= Self.toldLines else { return }
    let found = problem.found.map { ", found '\(excerpt($0))'" } ?? ""
    say("cannot read line \(line.number): \(excerpt(problem.problem, maximumLength: 160))\(found)")
  }

  /// Draws the bar for a terminal that has another size now.
  mutating func redraw() { bar?.draw { [stream] in try? stream.clean($0) } }

  /// Lets go of the terminal and tells what was told only in part.
  mutating func finish() {
    bar?.finish { [stream] in try? stream.clean($0) }
    bar = nil
    if badLines > Self.toldLines {
      say("cannot read \(badLines) lines, of which the first \(Self.toldLines) are named")
    }
    if lost > 0, failure != nil { say("cannot tell whether \(lost) reports are on record") }
  }

  /// How many reports were not recorded when the execution ended.
  var refused: Int { lost }

  /// The status to leave with after all that was said.
  var status: ExitStatus {
    if let failure { return ExitStatus(failure) }
    if let outputFailure { return outputFailure.status }
    return badLines > 0 ? .badData : .ok
  }

  /// Says a line beside the bar.
  mutating func say(_ line: String) {
    bar?.erase()
    complain("task-progress: \(line)")
  }
}
