import TrackCore

/// The command line that a harness is given to run.
package enum HookCommand {
  /// The command for `executable`, the path of track-hook.
  ///
  /// Settings of a project are shared with people who have it elsewhere, so it is called by its name there where `search`
  /// (`PATH`) finds this very one; settings of a user name the path, for a harness may have another `PATH`.
  package static func line(
    _ harness: Harness, _ scope: SettingsFile.Scope, executable: String, search: String?
  ) -> String {
    let isFound = scope == .project && find("track-hook", in: search).map { isSame($0, executable) } == true
    return "\(isFound ? "track-hook" : word(executable)) \(harness.rawValue)"
  }

  /// The executable that a name or a path leads to; nil when there is none.
  package static func find(_ name: String, in search: String?) -> String? {
    let candidates =
      name.utf8.contains(UInt8(ascii: "/"))
      ? [name] : (search ?? "/usr/local/bin:/usr/bin:/bin").split(separator: ":").map { "\($0)/\(name)" }
    return candidates.first { (try? FileStatus.of($0)).flatMap { $0 }?.isExecutable == true }
  }

  /// Whether two paths lead to one file.
  static func isSame(_ path: String, _ other: String) -> Bool {
    guard let left = (try? FileStatus.of(path)).flatMap({ $0 }), let right = (try? FileStatus.of(other)).flatMap({ $0 })
    else { return false }
    return left.identity == right.identity
  }

  /// A path as a word of a shell, in quotes only where it needs them.
  private static func word(_ path: String) -> String {
    path.unicodeScalars.allSatisfy(ShellWord.isPlain) ? path : ShellWord.quoted(path)
  }
}
