import ArgumentParser
import TrackCore
import TrackHooks

struct TrackHook: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "track-hook", abstract: "Record the sessions of an agent's harness through its hooks.",
    usage: """
      track-hook droid|claude
      track-hook install|uninstall droid|claude [--project | --user] [--dry-run]
      track-hook doctor [droid|claude]
      """,
    discussion: """
      As 'droid' or 'claude' it is what the harness runs: it reads an event on standard input, prints nothing and exits \
      with 0 whatever happens; what went wrong stands in .state/hook.log beside the journal. 'install' registers it in the \
      harness's settings, 'uninstall' takes that back, 'doctor' tells whether hooks arrive. Registered is a call of \
      track-hook and nothing else: a command of your own that calls it among other things is left alone, and 'doctor' tells \
      of it without running it. A hook takes milliseconds; only for other hooks of the session, and for a payload that does \
      not come to its end, it waits, up to 5 s.
      """,
    version: Version.text)

  /// What is to be done.
  enum Action: String, ExpressibleByArgument, CaseIterable {
    case droid, claude, install, uninstall, doctor
  }

  @Argument(help: ArgumentHelp("What to do: droid, claude, install, uninstall or doctor.", valueName: "action"))
  var action: Action
  @Argument(help: ArgumentHelp("The harness: droid or claude.", valueName: "harness")) var harness: Harness?
  @Flag(help: "Register for this project (default).") var project = false
  @Flag(help: "Register for every project of this user.") var user = false
  @Flag(help: "Only show what would be changed.") var dryRun = false

  /// Answers a harness; false when the arguments are not those of a hook, or ask for help.
  ///
  /// Before anything is parsed: no mistake in a registration may cost more than the event.
  static func answers(_ arguments: [String]) -> Bool {
    guard let harness = arguments.first.flatMap({ Harness(rawValue: $0) }),
      !arguments.contains(where: { ["-h", "--help", "--version"].contains($0) })
    else { return false }
    ThisProcess.leavesQuietlyWhenStopped()
    HookAdapter(
      harness, machine: .current(), environment: ThisProcess.environment(), caller: ThisProcess.parent
    ).run(surplus: Array(arguments.dropFirst()))
    return true
  }

  func validate() throws {
    if project, user { throw ValidationError("--project and --user exclude each other") }
    switch action {
    case .install, .uninstall: if harness == nil { throw ValidationError("name the harness: droid or claude") }
    case .droid, .claude, .doctor:
      if project || user || dryRun {
        throw ValidationError("--project, --user and --dry-run belong to install and uninstall")
      }
    }
    if action.isHook, harness != nil { throw ValidationError("'\(action.rawValue)' takes no harness") }
  }

  func run() throws {
    switch action {
    case .droid, .claude: _ = Self.answers([action.rawValue])
    case .install: try install()
    case .uninstall: try uninstall()
    case .doctor: try examine()
    }
  }
}

extension TrackHook.Action {
  fileprivate var isHook: Bool { self == .droid || self == .claude }
}

extension Harness: ExpressibleByArgument {}
