/// What a stream lost at its end in a power cut, as `events` tells of it.
///
/// A stream loses at most its last lines, so they are those that belong to the events after the last one it still has. A
/// stream without any is restored whole, unless a file beside it, or the aggregates, show that it was rotated.
///
/// Events that pruning carried forward have lost nothing: what belongs to them stands in rotated files, or went with them.
struct LostTail {
  private let stream: Stream
  private let path: String
  private let context: RecordingContext
  /// The stream's last event; nil when it has none.
  private let last: EventRecord?
  private let wasRotated: Bool
  /// The paths of the stream's files.
  private let files: [String]
  /// The time of the last event that was pruned; what tells of an earlier one was carried.
  private let horizon: Timestamp?

  init(of stream: Stream, in log: borrowing LogDirectory, _ context: RecordingContext) throws(SystemError) {
    self.stream = stream
    self.context = context
    path = "\(log.directory.path)/\(Stream.events.fileName)"
    // Damaged aggregates are told by whoever prunes; work must not wait for that.
    let pruned = try Aggregates.undamaged(in: log.directory.path).segments
    let directory = log.directory.path
    let rotated = try RotatedFiles(of: stream, in: log).files.map(\.name)
    files = (rotated + [stream.fileName]).map { "\(directory)/\($0)" }
    wasRotated = !rotated.isEmpty || pruned.contains { $0.stream == stream }
    horizon = pruned.lazy.filter { $0.stream == .events }.compactMap(\.last).max()
    last = try Self.lastEvent(of: stream, in: log)
  }

  private static func lastEvent(
    of stream: Stream, in log: borrowing LogDirectory
  ) throws(SystemError) -> EventRecord? {
    guard let size = try log.directory.status(stream.fileName)?.size, size > 0 else { return nil }
    // The last lines are enough: one is at most 64 KiB long.
    let start = max(0, size - 4 * Int64(EventEncoder.maximumLineLength))
    var reader = try LineReader(path: "\(log.directory.path)/\(stream.fileName)", from: start)
    var last: EventRecord?
    while let line = try reader.next() {
      if line.isTerminated, let record = try? EventRecord(line: line.bytes, in: line.range), record.id != nil {
        last = record
      }
    }
    return last
  }

  /// The lines to append.
  func lines() throws(SystemError) -> [UInt8] {
    if last == nil, wasRotated { return [] }
    guard let (offset, first) = try start() else { return [] }
    var lost: [(id: EventID, lines: [UInt8])] = []
    var reader = try LineReader(path: path, from: offset)
    while let line = try reader.next() {
      guard line.isTerminated, let record = try? EventRecord(line: line.bytes, in: line.range), let id = record.id,
        let time = record.timestamp, horizon.map({ time > $0 }) ?? true
      else { continue }
      let own = lines(of: record, Array(line.bytes[line.range]))
      if !own.isEmpty { lost.append((id, own)) }
    }
    let told = try eventsTold(of: lost.map(\.id))
    return lost.reduce(into: first) { lines, event in if !told.contains(event.id) { lines += event.lines } }
  }

  /// Those of the events that a file of the stream tells of.
  private func eventsTold(of events: [EventID]) throws(SystemError) -> Set<EventID> {
    var found: Set<EventID> = []
    let wanted = Set(events)
    guard !wanted.isEmpty else { return found }
    for file in files {
      do throws(SystemError) {
        var reader = try LineReader(path: file)
        while let line = try reader.next() {
          guard line.isTerminated, let id = (try? EventRecord(line: line.bytes, in: line.range))?.id else { continue }
          if wanted.contains(id) { found.insert(id) }
        }
      } catch {
        guard error.isLasting || error.isAbsence else { throw error }
      }
    }
    return found
  }

  /// Where in `events` what is missing begins, and what of the last event's own lines is missing; nil when the stream's
  /// last event is not in `events`, as after a rotation.
  private func start() throws(SystemError) -> (Int64, [UInt8])? {
    var reader: LineReader
    do { reader = try LineReader(path: path) } catch {
      guard error.isAbsence else { throw error }
      return nil
    }
    guard let last, let id = last.id else { return (0, []) }
    let digits = Array(id.description.utf8)
    while let line = try reader.next() {
      guard line.isTerminated, line.bytes.contains(digits, in: line.range) else { continue }
      let record = try? EventRecord(line: line.bytes, in: line.range)
      guard let record, record.id == id else { continue }
      let own = lines(of: record, Array(line.bytes[line.range])).split(separator: UInt8(ascii: "\n"))
      // An ending's result comes before what a look at it found; they share its id.
      let isWhole = own.count < 2 || last.type == EventType.validated
      let rest = isWhole ? [] : own.dropFirst().flatMap { $0 + [UInt8(ascii: "\n")] }
      return (line.offset + Int64(line.length) + 1, rest)
    }
    return nil
  }

  /// What the stream holds of an event of `events`.
  private func lines(of record: EventRecord, _ line: [UInt8]) -> [UInt8] {
    record.lines(in: stream, as: line, context)
  }
}

extension EventRecord {
  /// What another stream holds of this event of `events`, whose line is `line`.
  func lines(in stream: Stream, as line: [UInt8], _ context: RecordingContext) -> [UInt8] {
    switch (stream, type) {
    case (.droidStatus, EventType.selfReport): id == nil ? [] : line + [UInt8(ascii: "\n")]
    case (.results, EventType.completed): resultLines(context)
    default: []
    }
  }

  /// The lines of `results` that belong to this ending, as its own writer would have written them.
  fileprivate func resultLines(_ context: RecordingContext) -> [UInt8] {
    guard let id, let time = timestamp, let ending = status.flatMap({ Ending(rawValue: $0) }) else { return [] }
    let encoder = EventEncoder(origin: Origin(host: host, project: project ?? ""))
    var lines: [UInt8] = []
    for payload in context.resultPayloads(ending, fields.object(WireKey.result), at: time) {
      let event = Event(
        id: id, timestamp: time, run: run.flatMap { try? RunID($0) }, task: task.flatMap { try? TaskID($0) },
        droid: droid.flatMap { try? DroidID($0) }, execution: execution.flatMap { try? ExecutionID($0) },
        payload: payload)
      if context.records(event) { lines += encoder.line(event) }
    }
    return lines
  }
}
