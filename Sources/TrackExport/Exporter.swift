import TrackCore
import TrackMetrics

/// Reads the journal once, with bounded memory, and writes each execution when it is complete.
struct Exporter {
  /// What happened, in numbers.
  private(set) var tally = ExportTally()

  private let selection: ExportSelection
  private let write: ([UInt8]) throws(SystemError) -> Void
  private var writer: any TraceWriter
  private var fold: ExecutionFold
  private var known: [LogPlace]
  private var reached: [LogPlace] = []
  private var pending: [UInt8]
  private let isIncremental: Bool

  /// How many bytes are written at once.
  private static let chunk = 256 * 1024
  /// How many places of files that are not there now are remembered: they may be on their way to another name.
  private static let maximumPlaces = 256

  /// Goes on from `mark`; nil reads everything.
  init(
    _ writer: any TraceWriter, _ selection: ExportSelection, from mark: ExportMark?,
    write: @escaping ([UInt8]) throws(SystemError) -> Void
  ) {
    self.writer = writer
    self.selection = selection
    self.write = write
    isIncremental = mark != nil
    fold = mark?.fold ?? ExecutionFold()
    known = mark?.places ?? []
    pending = writer.head
  }

  /// Writes what the sources tell; the mark to go on from.
  mutating func run(_ sources: [LogSource]) throws(ExportFailure) -> ExportMark {
    var seen: Set<FileStatus.Identity> = []
    for source in sources {
      if source.role == .input {
        let reader = try reading(source.label) { () throws(SystemError) in try LineReader.standardInput() }
        try take(reader, of: source.label)
      } else {
        for file in try files(in: source) { try read(file, "\(source.label)/\(file.name)", &seen) }
      }
    }
    for execution in fold.finish() { try emit(execution) }
    tally.open = fold.openCount
    pending += writer.tail()
    try flush()
    var mark = ExportMark()
    mark.fold = fold
    mark.places = reached + known.suffix(Self.maximumPlaces)
    return mark
  }

  /// The files that may hold events: those of no other stream.
  private func files(in source: LogSource) throws(ExportFailure) -> [OpenedLogs.File] {
    do throws(SystemError) {
      return try OpenedLogs(in: source.path) { name in
        LogSource.holdsLines(name) && [nil, .events].contains(Stream(logName: name))
      }.files
    } catch  where error.isAbsence {
      return []
    } catch {
      throw .reading(source.label, error)
    }
  }

  private mutating func read(
    _ opened: OpenedLogs.File, _ label: String, _ seen: inout Set<FileStatus.Identity>
  ) throws(ExportFailure) {
    let file = try reading(label) { () throws(SystemError) in try opened.content.get() }
    guard seen.insert(file.identity).inserted else { return }
    let place = known.firstIndex { $0.isIn(file) }
    let start = place.map { known.remove(at: $0).offset } ?? 0
    let end = try take(LineReader(file, from: start), of: label) ?? start
    guard isIncremental, end > 0 else { return }
    reached.append(try reading(label) { () throws(SystemError) in try LogPlace(file, offset: end) })
  }

  /// Takes in the lines of a file; where the last whole one ended, nil where there was none.
  @discardableResult
  private mutating func take(_ lines: consuming LineReader, of label: String) throws(ExportFailure) -> Int64? {
    var reader = lines
    var end: Int64?
    fold.beginFile()
    while let line = try next(&reader, label) {
      // The rest of a line that is being written is the next run's.
      if !line.isTerminated, isIncremental { break }
      if line.isTerminated { end = line.offset + Int64(line.length) + 1 }
      guard !line.range.isEmpty || line.isTooLong else { continue }
      guard !line.isTooLong, let record = try? EventRecord(line: line.bytes, in: line.range) else {
        tally.skipped += 1
        continue
      }
      for execution in fold.take(record) { try emit(execution) }
    }
    return end
  }

  /// What `body` reads of the log of that name.
  private func reading<Value: ~Copyable>(
    _ label: String, _ body: () throws(SystemError) -> Value
  ) throws(ExportFailure) -> Value {
    do throws(SystemError) { return try body() } catch { throw .reading(label, error) }
  }

  private func next(_ reader: inout LineReader, _ label: String) throws(ExportFailure) -> LineReader.Line? {
    do throws(SystemError) { return try reader.next() } catch { throw .reading(label, error) }
  }

  private mutating func emit(_ execution: FinishedExecution) throws(ExportFailure) {
    guard selection.contains(execution) else { return }
    tally.written += 1
    pending += writer.write(execution)
    if pending.count >= Self.chunk { try flush() }
  }

  private mutating func flush() throws(ExportFailure) {
    guard !pending.isEmpty else { return }
    do throws(SystemError) { try write(pending) } catch { throw .writing(error) }
    pending.removeAll(keepingCapacity: true)
  }
}
