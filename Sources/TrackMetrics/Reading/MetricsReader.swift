import TrackCore

/// Reads log directories into a fold.
///
/// Nothing stops it: what cannot be read is named in the fold, and the rest is read.
package enum MetricsReader {
  /// The fold of every `*.ndjson` file in `directories`; a directory that is not there is passed over.
  package static func fold(_ directories: [LogSource]) -> Fold {
    var fold = Fold()
    var read: Set<FileStatus.Identity> = []
    for directory in directories {
      do throws(SystemError) {
        let names = try Directory(path: directory.path, followingLink: true).names().sorted()
        fold.add(directory)
        for name in names where name.hasSuffix(".ndjson") { self.read(name, in: directory, into: &fold, &read) }
      } catch  where error.isAbsence {
        continue
      } catch {
        fold.add(Fold.Unreadable(name: directory.label, reason: error.message))
      }
    }
    return fold
  }

  /// Reads one file; a file that two paths name is read once.
  private static func read(
    _ name: String, in directory: LogSource, into fold: inout Fold, _ read: inout Set<FileStatus.Identity>
  ) {
    let label = "\(directory.label)/\(name)"
    do throws(SystemError) {
      var reader = try LineReader(path: "\(directory.path)/\(name)")
      guard read.insert(reader.identity).inserted else { return }
      fold.begin(file: label, stream: Stream(logName: name))
      while let line = try reader.next() { add(line, to: &fold) }
    } catch {
      fold.add(Fold.Unreadable(name: label, reason: error.message))
    }
  }

  private static func add(_ line: borrowing LineReader.Line, to fold: inout Fold) {
    guard !line.isTooLong else {
      return fold.refuse(line: line.number, reason: "\(line.length) bytes long: passed over")
    }
    if line.leadingNULs > 0 {
      let reason = "\(line.leadingNULs) NUL bytes, as a power cut leaves them"
      guard !line.range.isEmpty else { return fold.refuse(line: line.number, reason: reason) }
      fold.note(line.number, reason)
    }
    fold.add(line: line.number, line.bytes, in: line.range, isTerminated: line.isTerminated)
  }
}
