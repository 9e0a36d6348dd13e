/// What a repair changed.
package struct RepairReport: Hashable, Sendable {
  /// Lines that were derived from `events`, by stream.
  package var derived: [Stream: Int] = [:]
  /// Files whose damage was put aside: what they were called, and what they are now.
  package var isolated: [Isolated] = []

  /// One of them.
  package struct Isolated: Hashable, Sendable {
    package let file: String
    package let kept: String
    package let lines: Int
  }

  /// Whether nothing was changed.
  package var isEmpty: Bool { derived.isEmpty && isolated.isEmpty }
}

extension Journal {
  /// Brings about what dead writers left pending, derives lines that other streams lack from `events`, and puts damage aside.
  ///
  /// Nothing is deleted. Every change is decided under the lock, is told in the audit stream before, and is whole whenever it
  /// is interrupted; a repair of what was repaired changes nothing.
  /// - Parameters:
  ///   - missing: the events whose lines a stream seems to lack.
  ///   - damaged: the names of files that seem to hold lines which are none.
  package func repair(missing: [Stream: Set<EventID>], damaged: Set<String>) throws(JournalError) -> RepairReport {
    var report = RepairReport()
    try finishPending()
    for file in damaged.sorted() {
      if let isolated = try isolate(file) { report.isolated.append(isolated) }
    }
    for stream in [Stream.droidStatus, .results] {
      guard let events = missing[stream], !events.isEmpty else { continue }
      let count = try derive(stream, events)
      if count > 0 { report.derived[stream] = count }
    }
    return report
  }

  private func finishPending() throws(JournalError) {
    try withTransaction { (transaction) throws(JournalError) in
      let ids: [ExecutionID]
      do throws(SystemError) { ids = try transaction.ledger.openIDs() } catch { throw transaction.stateFailure(error) }
      for id in ids { _ = try transaction.openRecord(id) }
    }
  }

  // MARK: - Missing lines

  private func derive(_ stream: Stream, _ events: Set<EventID>) throws(JournalError) -> Int {
    try withTransaction { (transaction) throws(JournalError) in
      let lines: [UInt8]
      do throws(SystemError) {
        lines = try DerivedLines(of: stream, in: transaction.log.directory.path, context).lines(of: events)
      } catch {
        throw repairFailure(error)
      }
      guard !lines.isEmpty else { return 0 }
      let count = lines.count { $0 == UInt8(ascii: "\n") }
      transaction.holdSignals()
      try transaction.append(lines, to: stream, durable: true)
      try transaction.audit(.restored(stream, lines: count))
      return count
    }
  }

  // MARK: - Damage

  private func isolate(_ file: String) throws(JournalError) -> RepairReport.Isolated? {
    try withTransaction { (transaction) throws(JournalError) -> RepairReport.Isolated? in
      let isolation: DamageIsolation?
      do throws(SystemError) {
        isolation = try DamageIsolation(file, in: transaction.log.directory, at: context.machine.now().wall)
      } catch {
        throw repairFailure(error)
      }
      guard let isolation else { return nil }
      transaction.holdSignals()
      try transaction.audit(
        .isolated(
          isolation.stream, file: file, kept: isolation.kept, lines: isolation.badLines, sha256: isolation.digest))
      do throws(SystemError) { try isolation.commit(in: transaction.log.directory) } catch {
        throw repairFailure(error)
      }
      return RepairReport.Isolated(file: file, kept: isolation.kept, lines: isolation.badLines)
    }
  }

  private func repairFailure(_ error: SystemError) -> JournalError {
    .fileSystem(verb: "repair", path: logDirectory, error)
  }
}

/// The lines that a stream lacks, made from those of `events`; used under the lock.
private struct DerivedLines {
  private let stream: Stream
  private let directory: String
  private let context: RecordingContext

  init(of stream: Stream, in directory: String, _ context: RecordingContext) {
    self.stream = stream
    self.directory = directory
    self.context = context
  }

  /// The lines of those of `events` that no file of the stream holds by now, in the order of `events`.
  func lines(of events: Set<EventID>) throws(SystemError) -> [UInt8] {
    var wanted = events
    for file in try files(of: stream) { try forEachEvent(in: file) { id, _ in wanted.remove(id) } }
    var lines: [UInt8] = []
    for file in try files(of: .events) where !wanted.isEmpty {
      try forEachEvent(in: file) { id, line in
        guard wanted.contains(id), let record = try? EventRecord(line: line.bytes, in: line.range) else { return }
        let own = record.lines(in: stream, as: Array(line.bytes[line.range]), context)
        if !own.isEmpty { wanted.remove(id) }
        lines += own
      }
    }
    return lines
  }

  /// Calls `take` with each line of a file that has an event id.
  private func forEachEvent(
    in file: String, _ take: (EventID, LineReader.Line) -> Void
  ) throws(SystemError) {
    do { try read(file, take) } catch {
      // What stands in a rotated file that nobody can read is missing, too.
      guard error.isLasting, !Stream.allCases.contains(where: { $0.fileName == file }) else { throw error }
    }
  }

  private func read(_ file: String, _ take: (EventID, LineReader.Line) -> Void) throws(SystemError) {
    var reader = try LineReader(path: "\(directory)/\(file)")
    while let line = try reader.next() {
      if let id = id(line) { take(id, line) }
    }
  }

  /// The event id of a line: found without taking the line apart, as the repair looks at all of them.
  private func id(_ line: LineReader.Line) -> EventID? {
    guard line.isTerminated, let record = try? EventRecord(line: line.bytes, in: line.range) else { return nil }
    return record.id
  }

  private func files(of stream: Stream) throws(SystemError) -> [String] {
    let names = Set(try Directory(path: directory, followingLink: true).names())
    return names.filter {
      Stream(ofFile: $0) == stream && !$0.hasSuffix(".bad") && !LogFile.isCopy($0, among: names)
    }.sorted { ($0 == stream.fileName ? 1 : 0, $0) < ($1 == stream.fileName ? 1 : 0, $1) }
  }
}
