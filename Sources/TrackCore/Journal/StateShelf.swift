/// Small files that a tool keeps for itself beside the journal, in a directory of its own, and a log of its troubles.
///
/// None of them is the record: what is lost with them must not matter to it. Mode 0600, never synced.
package struct StateShelf: ~Copyable {
  private let state: Directory
  private let shelf: Directory
  private let sanitizer: Sanitizer

  /// Opens the shelf `name` of a journal, made when missing.
  package static func open(_ name: String, of journal: Journal) throws(JournalError) -> StateShelf {
    let log = try journal.openLog()
    let path = log.state.path
    do throws(SystemError) {
      let state = try log.directory.directory(LogDirectory.stateName)
      return StateShelf(state: state, shelf: try log.state.directory(creating: name), sanitizer: journal.sanitizer)
    } catch {
      throw .fileSystem(verb: "open", path: "\(path)/\(name)", error)
    }
  }

  private init(state: consuming Directory, shelf: consuming Directory, sanitizer: Sanitizer) {
    self.state = state
    self.shelf = shelf
    self.sanitizer = sanitizer
  }

  /// A text as it may stand in the journal.
  package func clean(_ text: String) -> String { sanitizer.text(text) }

  /// Its path.
  package var path: String { shelf.path }

  /// The path of the log `name`, which stands beside it.
  package func path(ofLog name: String) -> String { "\(state.path)/\(name)" }

  /// The names of its files.
  package func names() throws(SystemError) -> [String] { try shelf.names() }

  /// A file's contents; nil when there is none.
  package func contents(of name: String, maximum: Int) throws(SystemError) -> [UInt8]? {
    do { return try shelf.contents(of: name, maximum: maximum) } catch {
      guard error.isAbsence else { throw error }
      return nil
    }
  }

  /// When a file was last written; nil when there is none.
  package func modified(_ name: String) throws(SystemError) -> Timestamp? { try shelf.status(name)?.modified }

  /// Puts a file into its place in one step, over what was there.
  package func put(_ name: String, _ bytes: [UInt8]) throws(SystemError) {
    let temporary = ".\(name).\(ThisProcess.pid)"
    try shelf.remove(temporary)
    try shelf.create(temporary, bytes)
    do { try shelf.rename(temporary, to: name) } catch {
      try? shelf.remove(temporary)
      throw error
    }
  }

  /// The end of the log `name` beside the journal; nothing when there is none.
  package func log(_ name: String, last count: Int) throws(SystemError) -> [UInt8] {
    do {
      let file = try state.file(name, .read)
      let size = try file.status().size
      var bytes = [UInt8](repeating: 0, count: count)
      let read = try file.read(into: &bytes, at: max(0, size - Int64(count)))
      return Array(bytes[..<read])
    } catch {
      guard error.isAbsence else { throw error }
      return []
    }
  }

  /// Removes a file; one that is missing is no error.
  package func remove(_ name: String) throws(SystemError) { try shelf.remove(name) }

  /// Locks `name`, made when missing.
  /// - Returns: nil when the lock was not had within `wait`.
  package func lock(_ name: String, wait: Duration) throws(SystemError) -> FileLock? {
    try FileLock.acquire(name, in: shelf, wait: wait)
  }

  /// Appends a line to the log `name` beside the journal, redacted and bounded as what is in the journal.
  ///
  /// A log longer than `maximumSize` makes way for a new one, and is kept as `NAME.1`.
  package func note(_ text: String, at time: Timestamp, in name: String, maximumSize: Int64) throws(SystemError) {
    if let status = try state.status(name), status.size > maximumSize { try state.rename(name, to: "\(name).1") }
    let file = try state.file(creating: name, .append)
    let status = try file.status()
    guard status.kind == .regular, status.linkCount <= 1 else { throw SystemError(code: 22, call: "open") }
    let bytes = Array("\(time) \(excerpt(sanitizer.text(text), maximumLength: 400))\n".utf8)
    _ = try file.writeSome(bytes, from: 0)
    try file.close()
  }
}

extension Journal {
  /// Makes the state directory where it is missing, and what is missing of the log directory around it.
  package func makeStateDirectory() throws(JournalError) {
    if let status = try? FileStatus.of(stateDirectory), status.kind == .directory { return }
    _ = try openLog()
  }

  /// The journal in its usual place, whatever its configuration says: for what can be told where that cannot be read.
  package static func usual(of project: Project, in surroundings: Surroundings, wait: Duration) throws(JournalError)
    -> Journal
  {
    try Journal(of: project, in: surroundings, by: Configuration(), wait: wait)
  }
}
