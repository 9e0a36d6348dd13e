/// The projects of this user, so that `track-sweep --all` can find them: one small file each in the user's state.
///
/// A list for convenience, never an authority: what cannot be read or written is passed over.
public struct ProjectRegistry: Sendable {
  /// Nil where the user has no home, and so no list.
  private let directory: String?

  /// The registry of the user whose surroundings these are.
  public init(_ surroundings: Surroundings) {
    directory = Project.stateHome(surroundings).map { "\($0)/projects" }
  }

  /// The registered projects that are still there, by name.
  public func projects() -> [Project] {
    guard let directory, let registered = try? Directory(path: directory), let names = try? registered.names() else {
      return []
    }
    return names.sorted().compactMap { name in
      guard let bytes = try? registered.contents(of: name, maximum: 64 * 1024) else { return nil }
      let root = String(decoding: bytes, as: UTF8.self).trimmingLineFeed
      guard root.hasPrefix("/"), let status = try? FileStatus.of(root), status.kind == .directory else { return nil }
      return Project(root: root)
    }
  }

  /// Adds a project unless it is there.
  func add(_ project: Project) {
    guard let directory else { return }
    let name = Project.stateName(of: project.root)
    if let status = try? FileStatus.of("\(directory)/\(name)"), status.kind == .regular { return }
    guard let registry = try? Directory.creatingAll(directory) else { return }
    try? registry.create(name, Array("\(project.root)\n".utf8))
  }
}

extension String {
  fileprivate var trimmingLineFeed: String { hasSuffix("\n") ? String(dropLast()) : self }
}
