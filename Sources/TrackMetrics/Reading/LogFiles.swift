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
  private var known: Set<FileStatus.Identity> = []

  /// Opens every log file in `directories`, and tells `fold` what was found, what was pruned and what cannot be read.
  init(_ directories: [LogSource], _ fold: inout Fold) {
    for directory in directories {
      do throws(SystemError) {
        if directory.role == .input {
          let file = try LogFile.standardInput(keptIn: directory.path)
          fold.add(directory)
          found.append(Found(path: nil, label: directory.label, stream: .events, file: file))
          continue
        }
        let look = try Look(directory)
        fold.add(directory)
        for file in look.found where known.insert(file.file.identity).inserted { found.append(file) }
        for unreadable in look.unreadable { fold.add(unreadable) }
        fold.pruned.append(look.pruned)
      } catch  where error.isAbsence {
        continue
      } catch {
        fold.add(Fold.Unreadable(name: directory.label, reason: error.message))
      }
    }
  }
}

/// What there is in a log directory at one moment: files, and the figures of those that were pruned.
private struct Look {
  private(set) var found: [LogFiles.Found] = []
  private(set) var unreadable: [Fold.Unreadable] = []
  private(set) var pruned = PrunedHistory()

  private let directory: LogSource
  private var standing = Aggregates().standing

  /// Looks again when something was pruned meanwhile: a file then counts by its lines or among the aggregates, never both.
  init(_ directory: LogSource) throws(SystemError) {
    self.directory = directory
    for _ in 0..<8 {
      let before = try aggregatesIdentity()
      try open()
      if try before == aggregatesIdentity() { return }
      (found, unreadable, pruned) = ([], [], PrunedHistory())
    }
    try open()
  }

  private func aggregatesIdentity() throws(SystemError) -> FileStatus.Identity? {
    try FileStatus.of("\(directory.path)/\(Aggregates.fileName)")?.identity
  }

  private mutating func open() throws(SystemError) {
    if try aggregatesIdentity() != nil {
      do throws(SystemError) {
        let aggregates = try Aggregates(in: directory.path)
        pruned = try PrunedHistory(aggregates)
        standing = aggregates.standing
      } catch {
        unreadable.append(Fold.Unreadable(name: "\(directory.label)/\(Aggregates.fileName)", reason: error.message))
      }
    }
    for file in try OpenedLogs(in: directory.path, LogSource.holdsLines).files { add(file) }
  }

  private mutating func add(_ opened: OpenedLogs.File) {
    let name = opened.name
    let (path, label) = ("\(directory.path)/\(name)", "\(directory.label)/\(name)")
    do throws(SystemError) {
      let file = try opened.content.get()
      let isWrittenTo = Stream.allCases.contains { $0.fileName == name }
      if !isWrittenTo, try standing.take(SealedFile(name, file)) != nil { return }
      found.append(LogFiles.Found(path: path, label: label, stream: Stream(logName: name), file: file))
    } catch {
      unreadable.append(Fold.Unreadable(name: label, reason: error.message))
    }
  }
}
