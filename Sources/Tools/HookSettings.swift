import TrackCore
import TrackHooks

// How track-hook is registered, and how one finds out whether that works.

extension TrackHook {
  private var scope: SettingsFile.Scope { user ? .user : .project }

  /// Puts the registration into the settings, or tells what is to be put there by hand.
  func install() throws {
    guard let harness else { return }
    let executable = try Self.executable()
    let search = ThisProcess.environment()["PATH"]
    let command = HookCommand.line(harness, scope, executable: executable, search: search)
    let registration = Registration(harness, command: command)
    do throws(SettingsError) {
      try make(try .adding(registration, to: try file(of: harness)))
    } catch {
      try output(registration.text)
      throw Self.refusal(error, "; add what is printed by hand")
    }
  }

  /// Takes it out again, wherever install may have put it.
  func uninstall() throws {
    guard let harness else { return }
    do throws(SettingsError) {
      let changed = try file(of: harness)
      let others = try places(of: harness).registered(scope).filter { $0.path != changed.path && $0.isInstalledTo }
      for file in [changed] + others { try make(try .removing(harness, from: file)) }
    } catch {
      throw Self.refusal(error, "")
    }
  }

  /// Tells what is found of each harness; findings are a negative answer.
  func examine() throws {
    let (project, surroundings) = try ProjectChoice().find()
    let journal = try Journal(of: project, in: surroundings)
    let environment = ThisProcess.environment()
    var hasFindings = false
    for harness in harness.map({ [$0] }) ?? Harness.allCases {
      var doctor = HookDoctor(
        harness, of: journal, directory: project.root, environment: environment, executable: try? Self.executable(),
        now: surroundings.machine.now().wall)
      for remark in doctor.examine() {
        try output(
          "\(harness.rawValue): \(remark.isFinding ? "FINDING" : "ok") \(excerpt(remark.text, maximumLength: 400))")
        hasFindings = hasFindings || remark.isFinding
      }
    }
    if hasFindings { throw ToolError.negative }
  }

  private func make(_ change: SettingsChange) throws(SettingsError) {
    if dryRun {
      try? ThisProcess.print(Array(change.preview.utf8))
      return
    }
    do { try change.make() } catch { throw .unreadable(path: change.path, error) }
  }

  private func file(of harness: Harness) throws(SettingsError) -> SettingsFile {
    guard let file = try places(of: harness).file(scope) else {
      throw .unexpected(path: "settings", reason: "HOME is not set")
    }
    return file
  }

  private func places(of harness: Harness) throws(SettingsError) -> SettingsPlaces {
    SettingsPlaces(harness, project: try Self.root(), environment: ThisProcess.environment())
  }

  /// The directory whose settings are the project's: its root, else where we are.
  private static func root() throws(SettingsError) -> String {
    do {
      let (project, surroundings) = try ProjectChoice().find()
      let isInside = Path.isInside(surroundings.directory, project.root)
      return isInside || surroundings.project != nil ? project.root : surroundings.directory
    } catch {
      throw .unexpected(path: "project", reason: "\(error)")
    }
  }

  /// The path of track-hook: what runs now, or what stands beside it.
  private static func executable() throws -> String {
    let path: String
    do { path = try ThisProcess.executable() } catch {
      throw ToolError(status: .unavailable, message: "cannot find track-hook: \(error.message)")
    }
    if Path.name(path) == "track-hook" { return path }
    let beside = "\(Path.parent(path))/track-hook"
    guard HookCommand.find(beside, in: nil) != nil else {
      throw ToolError(
        status: .unavailable, message: "cannot find track-hook beside '\(excerpt(path, maximumLength: 200))'")
    }
    return beside
  }

  private static func refusal(_ error: SettingsError, _ advice: String) -> ToolError {
    let (path, status): (String, ExitStatus) =
      switch error {
      case .unreadable(let path, _): (path, .inputOutput)
      case .notJSON(let path, _, _, _), .unexpected(let path, _): (path, .badData)
      }
    return ToolError(status: status, message: "cannot change '\(excerpt(path, maximumLength: 200))': \(error)\(advice)")
  }
}
