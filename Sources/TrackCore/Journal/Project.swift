/// A tracked project: a directory whose journal we keep.
public struct Project: Hashable, Sendable {
  /// The root, absolute.
  public let root: String
  /// Where the configuration is looked for.
  public let configurationFile: String
  /// Whether the configuration was named by the caller, so that it must be there.
  public let namesConfiguration: Bool
  /// Whether the root is a directory of the user's state, made when first needed.
  let isOwnState: Bool

  /// The base name of the root, as events tell it.
  public var name: String { Path.name(root) }

  /// The project at `root`, its configuration at `configurationFile` or in the usual place.
  public init(root: String, configurationFile: String? = nil) {
    self.init(root: root, configurationFile: configurationFile, isOwnState: false)
  }

  private init(root: String, configurationFile: String?, isOwnState: Bool) {
    self.isOwnState = isOwnState
    self.root = root
    self.configurationFile = configurationFile ?? "\(root)/droid-forge.yaml"
    namesConfiguration = configurationFile != nil
  }

  /// Finds the project that work in `surroundings` belongs to.
  ///
  /// `named` (`--project`), else `TRACK_PROJECT`, else the nearest ancestor of the working directory, below `HOME` and
  /// not beyond a directory of another owner, that holds `droid-forge.yaml` or `.droid-forge/`, else `.factory/`, else
  /// `.git`; else a directory of the user's own state.
  /// - Throws: `JournalError.noProject` when a named project is no directory.
  public static func find(
    named: String? = nil, configuration: String? = nil, in surroundings: Surroundings
  ) throws(JournalError) -> Project {
    let configurationFile = configuration.map { Path.absolute($0, from: surroundings.directory) }
    if let named = named ?? surroundings.project {
      let root = Path.absolute(named, from: surroundings.directory)
      let status: FileStatus?
      do { status = try FileStatus.of(root) } catch { throw .noProject(path: named, reason: error.message) }
      guard status?.kind == .directory else { throw .noProject(path: named, reason: "no such directory") }
      // One project has one name, however it is called.
      return Project(root: (try? Path.resolved(root)) ?? root, configurationFile: configurationFile)
    }
    do throws(SystemError) {
      let root = try Discovery(surroundings).root()
      if let root { return Project(root: root, configurationFile: configurationFile) }
    } catch {
      throw .fileSystem(verb: "look for project in", path: surroundings.directory, error)
    }
    guard let state = stateHome(surroundings) else {
      throw .noProject(path: surroundings.directory, reason: "it is in no project, and HOME is not set")
    }
    let root = "\(state)/\(stateName(of: surroundings.directory))"
    return Project(root: root, configurationFile: configurationFile, isOwnState: true)
  }

  /// The name of a directory in the user's state: `<name>-<8 hex of the path's hash>`.
  static func stateName(of directory: String) -> String {
    "\(directory == "/" ? "root" : Path.name(directory))-\(hexadecimal(fnv1a(directory), digits: 8))"
  }

  /// The user's own state directory of this product: `${XDG_STATE_HOME:-$HOME/.local/state}/droid-forge`.
  static func stateHome(_ surroundings: Surroundings) -> String? {
    let base = surroundings.stateHome ?? surroundings.home.map { "\($0)/.local/state" }
    return base.map { "\($0)/droid-forge" }
  }

  /// FNV-1a over 32 bits (draft-eastlake-fnv): tells directories of equal names apart, no secret depends on it.
  private static func fnv1a(_ text: String) -> UInt64 {
    UInt64(text.utf8.reduce(UInt32(0x811C_9DC5)) { ($0 ^ UInt32($1)) &* 0x0100_0193 })
  }
}

/// The way up from the working directory.
private struct Discovery {
  private let surroundings: Surroundings
  /// `HOME`, which is nobody's project: every Factory user has a `.factory` there.
  private let home: FileStatus.Identity?
  /// The owner of the working directory, whose directories we stay in.
  private let owner: UInt32?

  init(_ surroundings: Surroundings) throws(SystemError) {
    self.surroundings = surroundings
    home = if let home = surroundings.home { try Self.status(home)?.identity } else { nil }
    owner = try Self.status(surroundings.directory)?.owner.user
  }

  /// The nearest directory with our own marks, else the nearest with those of the harness, else that of the repository.
  func root() throws(SystemError) -> String? {
    var factory: String?
    var repository: String?
    var directory = surroundings.directory
    while let status = try Self.status(directory), isOurs(status.owner.user), home == nil || status.identity != home {
      if try holds(directory, "droid-forge.yaml", .regular) { return directory }
      if try holds(directory, ".droid-forge", .directory) { return directory }
      if factory == nil, try holds(directory, ".factory", .directory) { factory = directory }
      if repository == nil, try holds(directory, ".git", nil) { repository = directory }
      guard directory != "/" else { break }
      directory = Path.parent(directory)
    }
    return factory ?? repository
  }

  /// What may not be looked at is passed over; a file system that fails is an error, for the event would go astray.
  private static func status(_ path: String) throws(SystemError) -> FileStatus? {
    do throws(SystemError) {
      return try FileStatus.of(path)
    } catch {
      guard error.isOutOfReach else { throw error }
      return nil
    }
  }

  /// Whether `directory` holds `name`, as a thing of somebody we trust as much as the directory itself.
  private func holds(_ directory: String, _ name: String, _ kind: FileStatus.Kind?) throws(SystemError) -> Bool {
    guard let status = try Self.status("\(directory)/\(name)") else { return false }
    return (kind == nil || status.kind == kind) && isOurs(status.owner.user)
  }

  /// Our own, or the owner's of the working directory: a checkout of another user, as root works on in containers.
  private func isOurs(_ user: UInt32) -> Bool { user == surroundings.machine.user || user == owner }
}
