package import TrackCore

/// Everything the report needs of the lines read so far.
///
/// Files and lines may come in any order and any number of times: apart from the counts of lines, repeats and bad
/// lines, which speak of the files and not of the work, the fold is the same. Its memory grows with executions, droids
/// and names, not with lines: what is only counted is told from its repeats within a window (`RepeatWindow`).
package struct Fold: Sendable {
  /// What was read of one file.
  package struct File: Hashable, Sendable {
    /// Its name, as the report names it.
    package let name: String
    /// The stream it belongs to, by its name.
    package let stream: Stream?
    /// Its lines.
    package var lines = 0
  }

  /// A file or directory that could not be read, or not to its end.
  package struct Unreadable: Hashable, Sendable {
    /// Its name, as the report names it.
    package let name: String
    /// Why.
    package let reason: String
  }

  /// What is known of a droid besides its executions.
  package struct Droid: Hashable, Sendable {
    /// Its self-reports.
    package var selfReports = 0
    /// Audit lines that it wrote freely, without an event type.
    package var auditNotes = 0
    /// When it last wrote a line.
    package var lastSeen: Timestamp?
    /// Whether it wrote a line in the time that is selected; not kept where none is.
    package var isSelected = false
  }

  /// What was counted in files that are not there any more.
  package internal(set) var pruned = PrunedHistory()
  /// What could not be read.
  package private(set) var unreadable: [Unreadable] = []
  /// The directories that were found.
  package private(set) var directories: [LogSource] = []
  /// Lines that say nothing new: repeats, and the copies of self-reports in `droid_status`.
  package internal(set) var repeats = 0
  /// What lines are taken in, and which self-reports and resource figures are counted.
  package let selection: Selection

  var table = ExecutionTable()
  var names = FoldNames()
  var counts = FoldCounts()
  var window: RepeatWindow
  /// The files, each at the place by which lines and problems refer to it.
  var sources: [File] = []
  /// The order in which the files are told, where it is not that of their places.
  var order: [Int] = []
  var pages = LinePages()
  var texts = LineTexts()
  var held = HeldProblems()
  private let run: [UInt8]?
  private var lookedAt: UInt64 = 0
  /// Whether the selection selects everything.
  let isEverything: Bool

  /// A fold of nothing.
  /// - Parameters:
  ///   - selection: passes over the lines of other runs; self-reports, results and resource figures count only
  ///     when they are within it. Executions are all taken in, as their history is what others are held against.
  ///   - window: how many events are remembered at least to tell repeats.
  package init(selection: Selection = .everything, window: Int = RepeatWindow.generationLimit) {
    self.selection = selection
    self.window = RepeatWindow(limit: window)
    run = selection.run.map { Array($0.utf8) }
    isEverything = selection == .everything
  }

  /// Notes that a directory was found.
  mutating func add(_ directory: LogSource) { directories.append(directory) }

  /// Notes what could not be read.
  mutating func add(_ unreadable: Unreadable) { self.unreadable.append(unreadable) }

  /// Begins a file; the lines that follow are its lines.
  package mutating func begin(file name: String, stream: Stream?) {
    begin(file: name, stream: stream, lines: 0)
  }

  /// Begins a file of which `lines` were read before.
  mutating func begin(file name: String, stream: Stream?, lines: Int) {
    sources.append(File(name: name, stream: stream, lines: lines))
  }

  /// Counts a line of the current file that nothing can be made of.
  package mutating func refuse(line number: Int, reason: String) {
    guard let file = sources.indices.last else { return }
    sources[file].lines += 1
    note(reason, file)
  }

  /// Takes in one line of the current file, without its line feed.
  package mutating func add(line number: Int, _ bytes: [UInt8], in range: Range<Int>? = nil, isTerminated: Bool = true)
  {
    if sources.isEmpty { begin(file: "", stream: nil) }
    let batch = LineBatch(capacity: bytes.count)
    batch.take(Array(bytes[range ?? bytes.indices]), isTerminated: isTerminated)
    batch.file = sources.count - 1
    batch.offset = texts.hold(bytes, file: batch.file)
    add(batch)
    var resources = DroidResources()
    resources.add(batch)
    take(resources)
  }

  /// Takes in the lines of a batch, but for what the work took: that is for `DroidResources` and `take`.
  mutating func add(_ batch: LineBatch) {
    var remark = 0
    let (lines, remarks, file) = (batch.lines, batch.remarks, batch.file)
    lookAhead(lines)
    for place in lines.indices {
      sources[file].lines += 1
      while remark < remarks.count, remarks[remark].line == place {
        note(remarks[remark].reason, file)
        remark += 1
      }
      if lines[place].kind != .blank, lines[place].kind != .refused, isSelected(lines[place], batch) {
        batch.current = place
        take(lines[place], batch)
      }
    }
  }

  /// Takes in what the work took.
  mutating func take(_ resources: DroidResources) {
    for (place, notes) in resources.notes.enumerated() {
      guard let notes else { continue }
      counts.droids[place].resources = counts.droids[place].resources.map { $0.merged(with: notes) } ?? notes
    }
  }

  /// Looks at the places of the tables that the lines of a batch will need.
  ///
  /// The places are far apart, and none waits for another: the processor fetches many of them at once, and finds them
  /// near when each line has its turn.
  @inline(never) private mutating func lookAhead(_ lines: [ScannedLine]) {
    var met: UInt64 = 0
    for place in lines.indices {
      if lines[place].epochDigits > 0 { met ^= UInt64(table.first(lines[place].epoch, lines[place].random)) }
      if lines[place].kind == .selfReport {
        met ^= window.first(lines[place].counted(as: .selfReport), at: lines[place].time)
      }
    }
    // Kept, or the compiler would see that nobody needs to look.
    lookedAt = met
  }

  /// Notes a problem of the newest line of a file.
  func problem(_ reason: String, _ file: Int) -> HeldProblems.Problem {
    HeldProblems.Problem(file: file, line: sources[file].lines, reason: reason)
  }

  /// Notes a problem of the newest line of a file.
  mutating func note(_ reason: String, _ file: Int) { held.add(problem(reason, file), names: sources) }

  /// Whether the line is of the run that is asked for.
  @inline(__always) private func isSelected(_ line: ScannedLine, _ batch: LineBatch) -> Bool {
    guard let run else { return true }
    return line.run.isPresent && batch.equals(line.run, run)
  }
}

// MARK: - What the report asks for

extension Fold {
  /// The files read, in the order of reading.
  package var files: [File] { order.isEmpty ? sources : order.map { sources[$0] } }

  /// Lines that could not be taken in as they stand.
  package var problems: ProblemList {
    ProblemList(
      count: held.count,
      first: held.first.map { LineProblem(file: sources[$0.file].name, line: $0.line, reason: $0.reason) })
  }

  /// Whether so many events were read that repeats of the oldest would have counted again.
  package var hasForgottenRepeats: Bool { window.hasForgotten }

  /// The distinct events by type.
  package var eventTypes: [String: Int] { counts.eventTypes(names.types) }

  /// The distinct self-reports by kind.
  package var selfReports: [String: Int] { names.reportKinds.dictionary(counts.reportKinds) { $0 > 0 ? $0 : nil } }

  /// The distinct self-reports by the hour in which they were made, counted in hours since 1970.
  package var selfReportHours: [Int64: Int] { counts.allHours }

  /// The earliest time in any line.
  package var first: Timestamp? { Timestamp(known: counts.first) }
  /// The latest time in any line.
  package var last: Timestamp? { Timestamp(known: counts.last) }
  /// When `performance.metrics` were last recorded.
  package var lastMetrics: Timestamp? { Timestamp(known: counts.lastMetrics) }

  /// The droids that are named by any line.
  package var droids: [String: Droid] {
    names.droids.dictionary(counts.droids) {
      $0.isKnown
        ? Droid(
          selfReports: $0.selfReports, auditNotes: $0.auditNotes, lastSeen: Timestamp(known: $0.lastSeen),
          isSelected: $0.isSelected) : nil
    }
  }

  /// What the work of each droid took.
  package var resources: [String: ResourceNotes] { names.droids.dictionary(counts.droids) { $0.resources } }

  /// Every execution.
  package var executions: Executions { Executions(self) }
}

extension Timestamp {
  /// A time of a scanned line; nil for the absent one.
  init?(known microseconds: Int64) {
    guard microseconds != ScannedLine.absentTime else { return nil }
    self.init(microseconds: microseconds)
  }
}

extension NameTable {
  /// What is known of names, by name; `values` are by index, and those made nil are left out.
  func dictionary<Value, Fact>(_ values: [Value], _ fact: (Value) -> Fact?) -> [String: Fact] {
    var facts: [String: Fact] = [:]
    for place in values.indices {
      guard let fact = fact(values[place]), let name = self[Index(value: UInt32(place))] else { continue }
      facts[name] = fact
    }
    return facts
  }
}
