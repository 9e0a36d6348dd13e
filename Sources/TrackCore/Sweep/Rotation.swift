/// A stream's file that was renamed, or is to be.
public struct RotatedFile: Hashable, Sendable {
  /// The stream.
  public let stream: Stream
  /// The new name; that of the file itself in a dry run.
  public let name: String
  /// Its size in bytes.
  public let size: Int64
}

extension Journal {
  /// Renames the files of the streams that are due, and begins new ones; the sweep's lock is held.
  ///
  /// What is in the files is sealed before, as far as it is there, and the rest right after, so that the journal is locked
  /// for a moment only. A crash leaves nothing to repair: a file without its seal is found by the next one, as after a
  /// foreign rotation, and a stream without a file gets one from the next writer.
  func rotate(_ policy: RotationPolicy, isDryRun: Bool) throws(JournalError) -> [RotatedFile] {
    let planned = try withTransaction { (transaction) throws(JournalError) in
      try transaction.filesToRotate(policy, at: surroundings.machine.now().wall)
    }
    guard !planned.isEmpty, !isDryRun else { return planned }
    _ = try seal()
    let streams = Set(planned.map(\.stream))
    let rotated = try withTransaction { (transaction) throws(JournalError) in
      let now = surroundings.machine.now().wall
      // A change that was begun names the size of the file it was to be appended to.
      try transaction.finishEverything()
      // The seal before has written to audit, which is no reason to rotate it.
      let due = try transaction.filesToRotate(policy, at: now).filter { streams.contains($0.stream) }
      return try transaction.rotate(due, at: now)
    }
    _ = try seal()
    return rotated
  }
}

extension Transaction {
  /// Brings every change about that its writer did not finish.
  fileprivate mutating func finishEverything() throws(JournalError) {
    let ids: [ExecutionID]
    do { ids = try ledger.openIDs() } catch { throw stateFailure(error) }
    for id in ids { _ = try openRecord(id) }
  }

  /// The files that are due by now.
  fileprivate func filesToRotate(_ policy: RotationPolicy, at now: Timestamp) throws(JournalError) -> [RotatedFile] {
    var files: [RotationPlan.File] = []
    let isAgeAsked = policy.age != nil || policy.auditAge != nil
    for stream in Stream.allCases {
      let size = try log.size(of: stream)
      let begun = size > 0 && isAgeAsked ? try beginning(of: stream) : nil
      files.append(RotationPlan.File(stream: stream, size: size, begun: begun))
    }
    let due = RotationPlan(files, now: now, policy: policy).streams
    return files.filter { due.contains($0.stream) }
      .map { RotatedFile(stream: $0.stream, name: $0.stream.fileName, size: $0.size) }
  }

  /// When a stream's file was begun: the time of its first line, unless pruning carried that forward.
  ///
  /// A file begins when the one before it is written to no more. Where that is gone the aggregates were written since, at
  /// its pruning; nothing is carried into the file after that until it is rotated itself.
  private func beginning(of stream: Stream) throws(JournalError) -> Timestamp? {
    guard let first = firstTime(of: stream), stream == .events else { return firstTime(of: stream) }
    do throws(SystemError) {
      let aggregated = try log.directory.status(Aggregates.fileName)?.modified
      let finished = try RotatedFiles(of: stream, in: log).files.last?.modified ?? aggregated
      return finished.map { max($0, first) } ?? first
    } catch {
      throw .fileSystem(verb: "rotate", path: log.directory.path, error)
    }
  }

  /// The time that a stream's first line tells.
  private func firstTime(of stream: Stream) -> Timestamp? {
    guard var reader = try? LineReader(path: "\(log.directory.path)/\(stream.fileName)", chunkSize: 4_096),
      let line = try? reader.next()
    else { return nil }
    return (try? EventRecord(line: line.bytes, in: line.range))?.timestamp
  }

  /// Renames files and begins new ones.
  ///
  /// What is in them is synced before their names are: a power cut that took the end of a file that is not written to any
  /// more would leave a torn line in it for good.
  fileprivate mutating func rotate(_ files: [RotatedFile], at now: Timestamp) throws(JournalError) -> [RotatedFile] {
    holdSignals()
    var rotated: [RotatedFile] = []
    for file in files {
      let path = "\(log.directory.path)/\(file.name)"
      do throws(SystemError) {
        try log.directory.file(file.name, .append).syncData()
        let name = try freeName(for: file.stream, at: now)
        try log.directory.rename(file.name, to: name)
        rotated.append(RotatedFile(stream: file.stream, name: name, size: file.size))
      } catch {
        throw .fileSystem(verb: "rotate", path: path, error)
      }
      // Opening makes it, and syncs the directory with both names in it.
      _ = try StreamFile.open(file.stream, in: log, durable: true)
    }
    return rotated
  }

  /// A name that no file has, compressed or not.
  private func freeName(for stream: Stream, at now: Timestamp) throws(SystemError) -> String {
    let taken = Set(try log.directory.names())
    var number = 1
    while true {
      let name = stream.rotatedName(at: now, number: number)
      if !taken.contains(name), !taken.contains(name + ".gz") { return name }
      number += 1
    }
  }
}
