package import TrackCore

/// A file in which a harness looks for hooks.
package struct SettingsFile: Hashable, Sendable {
  /// Whose sessions it is for.
  package enum Scope: String, Hashable, Sendable {
    case project, user
  }

  /// Where the events stand in it.
  package enum Shape: Hashable, Sendable {
    /// Under `hooks`.
    case settings
    /// They are all there is.
    case eventMap
  }

  package let path: String
  package let scope: Scope
  package let shape: Shape

  /// Whether an installation may have written it: local settings are their user's own.
  package var isInstalledTo: Bool { Path.name(path) != "settings.local.json" }

  /// The largest that is read.
  private static let maximumSize = 1 << 20

  /// Its text; nil when there is none.
  package func text() throws(SettingsError) -> SettingsText? {
    do { return SettingsText(try Path.contents(of: path, maximum: Self.maximumSize)) } catch {
      guard error.isAbsence else { throw .unreadable(path: path, error) }
      return nil
    }
  }
}

/// Where a harness keeps its settings.
package struct SettingsPlaces: Hashable, Sendable {
  private let harness: Harness
  private let project: String
  private let home: String?
  private let userDirectory: String?

  /// The places for a project; `environment` may move those of the user.
  package init(_ harness: Harness, project: String, environment: [String: String]) {
    self.harness = harness
    self.project = project
    home = environment["HOME"].flatMap { $0.isEmpty ? nil : $0 }
    userDirectory =
      switch harness {
      case .claude: environment["CLAUDE_CONFIG_DIR"].flatMap { $0.isEmpty ? nil : $0 } ?? home.map { "\($0)/.claude" }
      case .droid: home.map { "\($0)/.factory" }
      }
  }

  private func directory(_ scope: SettingsFile.Scope) -> String? {
    switch scope {
    case .project: "\(project)/\(harness == .claude ? ".claude" : ".factory")"
    case .user: userDirectory
    }
  }

  /// The files that are changed: a file of events alone goes before the settings where there is one.
  package func file(_ scope: SettingsFile.Scope) -> SettingsFile? {
    guard let directory = directory(scope) else { return nil }
    let files = registered(scope)
    return files.first { $0.shape == .eventMap && exists($0.path) }
      ?? SettingsFile(path: "\(directory)/settings.json", scope: scope, shape: .settings)
  }

  /// The files from which the harness takes hooks, there or not.
  package func registered(_ scope: SettingsFile.Scope) -> [SettingsFile] {
    guard let directory = directory(scope) else { return [] }
    var files = [SettingsFile(path: "\(directory)/settings.json", scope: scope, shape: .settings)]
    switch harness {
    case .claude where scope == .project:
      files.append(SettingsFile(path: "\(directory)/settings.local.json", scope: scope, shape: .settings))
    case .claude: break
    case .droid: files.append(SettingsFile(path: "\(directory)/hooks.json", scope: scope, shape: .eventMap))
    }
    return files
  }

  /// Files that look like the place, and that the harness does not read.
  package var wrong: [String] {
    let directories = [directory(.project), directory(.user)].compactMap { $0 }
    switch harness {
    case .claude:
      return directories.flatMap { ["\($0)/hooks.json", "\($0)/hooks/hooks.json"] }
        + (home.map { ["\($0)/.claude.json"] } ?? [])
        + ["\(project)/.factory/settings.json", "\(project)/.factory/hooks.json"]
    case .droid:
      return directories.flatMap { ["\($0)/hooks/hooks.json", "\($0)/config.json"] }
        + ["\(project)/.claude/settings.json", "\(project)/.claude/settings.local.json"]
    }
  }

  private func exists(_ path: String) -> Bool { (try? FileStatus.of(path)).flatMap { $0 } != nil }
}

/// Why a settings file cannot be read or changed.
package enum SettingsError: Error, Hashable, Sendable {
  case unreadable(path: String, SystemError)
  /// It is no JSON, or JSON with more than RFC 8259 knows; to be changed by hand.
  case notJSON(path: String, line: Int, column: Int, problem: String)
  /// It is JSON, but not what a harness reads.
  case unexpected(path: String, reason: String)
}

extension SettingsError: CustomStringConvertible {
  /// What is wrong, for the end of a message.
  package var description: String {
    switch self {
    case .unreadable(_, let error): error.message
    case .notJSON(_, let line, let column, let problem):
      "it is no strict JSON (line \(line), column \(column): \(problem))"
    case .unexpected(_, let reason): reason
    }
  }
}
