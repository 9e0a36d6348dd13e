import TrackCore
package import TrackMetrics

/// An export of executions: what is read, which of it is wanted, and where it goes.
package struct Export: Sendable {
  /// The format.
  package var format: ExportFormat
  /// Which executions are wanted.
  package var selection = ExportSelection()
  /// The file it is written to, which is replaced at once; nil for standard output.
  package var output: String?
  /// The state directory with the mark of the last run, from which it goes on; nil reads everything.
  package var state: String?
  /// The version of the tool, which the output names.
  package var version: String

  /// Makes an export of everything to standard output.
  package init(format: ExportFormat, version: String) {
    self.format = format
    self.version = version
  }

  /// Writes what `sources` tell.
  ///
  /// The mark is moved only after everything has been written: a run that dies is done again by the next.
  package func run(_ sources: [LogSource]) throws(ExportFailure) -> ExportTally {
    guard let state, (try? FileStatus.of(state)) != nil else { return try write(sources, from: nil).tally }
    let lock: FileLock?
    let path = "\(state)/\(ExportMark.name(format))"
    do throws(SystemError) {
      lock = try FileLock.acquire("export-\(format.rawValue).lock", in: Directory(path: state), wait: .zero)
    } catch {
      throw .markNotWritten(path: path, error)
    }
    guard let lock else { throw .busy }
    // A leftover that cannot be removed is in nobody's way.
    try? FileReplacement.removeLeftovers(of: path)
    let mark: ExportMark
    do throws(ExportMark.Unusable) { mark = try ExportMark(path: path) } catch {
      throw .mark(path: path, reason: error.reason)
    }
    let (tally, next) = try write(sources, from: mark)
    do throws(SystemError) { try FileReplacement.write(next.bytes, to: path, mode: 0o600) } catch {
      throw .markNotWritten(path: path, error)
    }
    lock.release()
    return tally
  }

  private func write(
    _ sources: [LogSource], from mark: ExportMark?
  ) throws(ExportFailure) -> (tally: ExportTally, mark: ExportMark) {
    let writer = format.writer(version: version)
    guard let output else {
      var exporter = Exporter(writer, selection, from: mark) { (bytes) throws(SystemError) in
        try ThisProcess.print(bytes)
      }
      let next = try exporter.run(sources)
      return (exporter.tally, next)
    }
    let file = try begin(output)
    var exporter = Exporter(writer, selection, from: mark) { (bytes) throws(SystemError) in try file.write(bytes) }
    let next = try exporter.run(sources)
    do throws(SystemError) { try file.commit() } catch { throw .writing(error) }
    return (exporter.tally, next)
  }

  private func begin(_ output: String) throws(ExportFailure) -> FileReplacement {
    do throws(SystemError) { return try FileReplacement.begin(output) } catch { throw .writing(error) }
  }
}
