import TrackCore

/// The log files of some directories, opened.
struct LogFiles {
  /// One file.
  struct Found {
    /// Where it can be opened again; nil for one without a name.
    let path: String?
    /// How the report names it.
    let label: String
    let stream: Stream?
    let file: LogFile

    /// Where its lines can be read again.
    var texts: LineTexts.Source { path.map { .path($0, file.identity) } ?? .open(file) }
  }

  /// The files, by directory and name; a file that two paths name is here once.
  private(set) var found: [Found] = []

  /// Opens every log file in `directories`, and tells `fold` what was found and what cannot be read.
  init(_ directories: [LogSource], _ fold: inout Fold) {
    var known: Set<FileStatus.Identity> = []
    for directory in directories {
      do throws(SystemError) {
        if directory.role == .input {
          let file = try LogFile.standardInput(keptIn: directory.path)
          fold.add(directory)
          found.append(Found(path: nil, label: directory.label, stream: .events, file: file))
          continue
        }
        let names = try Directory(path: directory.path, followingLink: true).names().sorted()
        fold.add(directory)
        for name in names where LogSource.holdsLines(name) { open(name, in: directory, &fold, &known) }
      } catch  where error.isAbsence {
        continue
      } catch {
        fold.add(Fold.Unreadable(name: directory.label, reason: error.message))
      }
    }
  }

  private mutating func open(
    _ name: String, in directory: LogSource, _ fold: inout Fold, _ known: inout Set<FileStatus.Identity>
  ) {
    let (path, label) = ("\(directory.path)/\(name)", "\(directory.label)/\(name)")
    do throws(SystemError) {
      let file = try LogFile(path: path)
      guard known.insert(file.identity).inserted else { return }
      found.append(Found(path: path, label: label, stream: Stream(logName: name), file: file))
    } catch {
      fold.add(Fold.Unreadable(name: label, reason: error.message))
    }
  }
}
