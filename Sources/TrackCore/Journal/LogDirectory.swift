/// The open log directory and the state directory in it, both checked to be nobody else's.
///
/// A directory is refused when users other than its owner and group can write to it, or when it belongs to another user
/// than us or root. Root may act for whoever owns it and gives new files to that owner.
struct LogDirectory: ~Copyable {
  /// `logging.directory`.
  let directory: Directory
  /// `.state` in it.
  let state: Directory
  /// Whose the log directory is.
  let owner: FileOwner
  /// Who we are.
  let user: UInt32

  static let stateName = ".state"

  /// Opens the log directory of a project and makes what is missing of it.
  static func create(_ name: String, in root: String, machine: Machine) throws(JournalError) -> LogDirectory {
    guard let log = try open(name, in: root, machine: machine, making: true) else {
      throw .cannotCreate(path: Path.absolute(name, from: root), reason: "it vanished")
    }
    return log
  }

  /// Opens the log directory of a project; its state directory is made when that alone is missing.
  /// - Returns: nil when there is none.
  static func existing(_ name: String, in root: String, machine: Machine) throws(JournalError) -> LogDirectory? {
    try open(name, in: root, machine: machine, making: false)
  }

  private static func open(
    _ name: String, in root: String, machine: Machine, making: Bool
  ) throws(JournalError) -> LogDirectory? {
    let directory: Directory
    let status: FileStatus
    do { directory = try LogPath(root: root, machine: machine, making: making).open(name) } catch {
      if error.isAbsence, !making { return nil }
      throw failure(error, Path.absolute(name, from: root))
    }
    do { status = try directory.handle.status() } catch { throw failure(error, directory.path) }
    try check(status, path: directory.path, machine: machine)
    let state: Directory
    do { state = try directory.directory(creating: stateName) } catch {
      throw failure(error, "\(directory.path)/\(stateName)")
    }
    return LogDirectory(directory: directory, state: state, owner: status.owner, user: machine.user)
  }

  private static func failure(_ error: SystemError, _ path: String) -> JournalError {
    error.isRefusal ? .unsafe(path: path, reason: error.message) : .cannotCreate(path: path, reason: error.message)
  }

  private static func check(_ status: FileStatus, path: String, machine: Machine) throws(JournalError) {
    guard !status.isWritableByOthers else {
      throw .unsafe(path: path, reason: "other users can write to it (chmod o-w)")
    }
    guard machine.user == 0 || status.owner.user == machine.user || status.owner.user == 0 else {
      throw .unsafe(path: path, reason: "it belongs to user \(status.owner.user)")
    }
  }
}

/// The way from a project's root down to its log directory, one component at a time so that no link is followed unseen.
private struct LogPath {
  let root: String
  let machine: Machine
  let making: Bool

  func open(_ name: String) throws(SystemError) -> Directory {
    // An absolute directory was named by the configuration itself; its owner is checked like any other's.
    if name.utf8.first == UInt8(ascii: "/") { return try absolute(name) }
    var directory = try Directory(path: root, followingLink: true, heir: try heir(of: root))
    for component in Path.components(name) where component != "." {
      directory = try step(from: directory, to: component)
    }
    return directory
  }

  /// Root gives what it makes in somebody's project to that somebody.
  private func heir(of path: String) throws(SystemError) -> FileOwner? {
    guard machine.user == 0, let owner = try FileStatus.of(path)?.owner, owner.user != 0 else { return nil }
    return owner
  }

  private func absolute(_ name: String) throws(SystemError) -> Directory {
    do { return try Directory(path: name, followingLink: true, heir: try heir(of: name)) } catch {
      guard error.isAbsence, making else { throw error }
    }
    let parent = Path.parent(name)
    return try Directory(path: parent, followingLink: true, heir: try heir(of: parent))
      .directory(creating: Path.name(name))
  }

  /// One component down; a link is followed once, and only to a place inside the project.
  private func step(from directory: borrowing Directory, to name: String) throws(SystemError) -> Directory {
    guard name != ".." else { throw outside }
    do { return try directory.directory(name) } catch {
      if error.isAbsence, making { return try made(name, in: directory) }
      guard try directory.status(name)?.kind == .symbolicLink else { throw error }
      let target = try Path.resolved("\(directory.path)/\(name)")
      guard Path.isInside(target, try Path.resolved(root)) else { throw outside }
      return try Directory(path: target, heir: directory.heir)
    }
  }

  private func made(_ name: String, in directory: borrowing Directory) throws(SystemError) -> Directory {
    let made = try directory.directory(creating: name)
    // Our own directory in a shared tree stays out of its version control.
    if name == ".droid-forge" { try? made.create(".gitignore", Array("*\n".utf8)) }
    return made
  }

  private var outside: SystemError {
    SystemError.refused("it leads out of the project")
  }
}
