package import TrackCore

/// Finds out whether the hooks of a harness are registered, run and arrive.
package struct HookDoctor: Sendable {
  /// What was found.
  package struct Remark: Hashable, Sendable {
    /// Whether something is to be done about it.
    package let isFinding: Bool
    /// What it is, and what to do.
    package let text: String
  }

  private let harness: Harness
  private let places: SettingsPlaces
  private let journal: Journal
  private let directory: String
  private let search: String?
  private let executable: String?
  private let now: Timestamp
  private var remarks: [Remark] = []
  /// Commands that call track-hook among other things, and where.
  private var mixed: [(file: SettingsFile, event: String, command: String)] = []

  /// How long a registered command may take to answer.
  private static let limit: Duration = .seconds(10)

  /// A doctor of the project in `directory`; `executable` is the path of this very program.
  package init(
    _ harness: Harness, of journal: Journal, directory: String, environment: [String: String], executable: String?,
    now: Timestamp
  ) {
    self.harness = harness
    self.journal = journal
    self.directory = directory
    self.now = now
    places = SettingsPlaces(harness, project: directory, environment: environment)
    search = environment["PATH"]
    self.executable = executable
  }

  /// Looks at everything.
  package mutating func examine() -> [Remark] {
    let registered = registrations()
    var commands: [String] = []
    for (file, entries) in registered where !entries.isEmpty {
      say("registered in \(file.path), at \(Set(entries.map(\.event)).count) events")
      checkEvents(entries.map(\.event), file)
      for (_, command) in entries where !commands.contains(command) { commands.append(command) }
    }
    let places = registered.filter { !$0.entries.isEmpty }
    if places.isEmpty, mixed.isEmpty { find("not registered: run 'track-hook install \(harness.rawValue)'") }
    if places.count > 1 {
      find("registered in several places, so events come more than once: run 'track-hook uninstall' for all but one")
    }
    checkMixed(registered.flatMap(\.entries))
    checkWrongPlaces()
    checkJournal(commands)
    return remarks
  }

  private mutating func say(_ text: String) { remarks.append(Remark(isFinding: false, text: text)) }
  private mutating func find(_ text: String) { remarks.append(Remark(isFinding: true, text: text)) }

  // MARK: - Settings

  private mutating func registrations() -> [(file: SettingsFile, entries: [(event: String, command: String)])] {
    var found: [(file: SettingsFile, entries: [(event: String, command: String)])] = []
    for file in places.registered(.user) + places.registered(.project) {
      do {
        guard let text = try file.text() else { continue }
        if let key = try file.disablesHooks(text) {
          find("\(file.path) switches all hooks off: set \(key) to false")
        }
        let commands = try file.commands(in: text)
        found.append((file, commands.filter { Registration.isOurs($0.command, harness) }))
        mixed += commands.filter { Registration.isMixed($0.command, harness) }.map { (file, $0.event, $0.command) }
        for other in Harness.allCases where other != harness {
          if commands.contains(where: { Registration.isOurs($0.command, other) }) {
            find("\(file.path) runs 'track-hook \(other.rawValue)': it is read by \(harness.name), so install that")
          }
        }
      } catch {
        find("\(file.path): \(error): mend it by hand")
      }
    }
    return found
  }

  private mutating func checkEvents(_ events: [String], _ file: SettingsFile) {
    let missing = Registration.events(of: harness).filter { !events.contains($0) }
    guard !missing.isEmpty else { return }
    find("\(file.path) lacks \(missing.joined(separator: ", ")): run 'track-hook install \(harness.rawValue)' again")
  }

  /// Commands of somebody's own are told of and let be: what else they do is not known.
  private mutating func checkMixed(_ entries: [(event: String, command: String)]) {
    var told: [String] = []
    for (file, _, command) in mixed where !told.contains(command) {
      told.append(command)
      find(
        "'\(excerpt(command, maximumLength: 120))' in \(file.path) is more than a call of track-hook: "
          + "it is not tried, and neither install nor uninstall changes it")
    }
    if mixed.contains(where: { one in entries.contains { $0.event == one.event } }) {
      find("such a command stands beside a registration, so events come more than once: keep one of them")
    }
  }

  private mutating func checkWrongPlaces() {
    for path in places.wrong {
      guard let bytes = try? Path.contents(of: path, maximum: 4 << 20), let root = try? SettingsNode(bytes),
        root.holds({ Registration.isOurs($0, harness) })
      else { continue }
      find("\(path) runs 'track-hook \(harness.rawValue)', but \(harness.name) does not read it: move it")
    }
  }

  // MARK: - What really runs

  private mutating func checkJournal(_ commands: [String]) {
    let files: SessionFiles
    do { files = try SessionFiles.open(of: harness, in: journal) } catch {
      find("\(error): nothing can be recorded; let your user write there")
      return
    }
    for command in commands { run(command, files) }
    if let last = files.all().first {
      say("last heard of \(Self.age(now.seconds(since: last.heard))) ago, session \(last.record.session)")
    } else {
      say("no session was heard of yet in this project")
    }
    let troubles = files.lastNotes().filter { $0.contains(" \(harness.rawValue): ") }
    if let last = troubles.last { say("the log tells of trouble, the last of it: \(last)") }
  }

  /// Runs what is registered, and looks for the trace that it is to leave.
  ///
  /// Settings come with a repository, perhaps from a stranger: no shell sees the command, and nothing in the project runs.
  private mutating func run(_ command: String, _ files: borrowing SessionFiles) {
    guard let tool = Registration.tool(in: command, harness) else { return }
    guard let path = HookCommand.find(tool, in: search) else {
      return find(
        "'\(command)' cannot run: '\(tool)' is missing or not executable: run 'track-hook install \(harness.rawValue)' again"
      )
    }
    guard isTrusted(path) else {
      return find("'\(command)' is not tried: '\(path)' belongs to the project, and is another program than this one")
    }
    let mark = "\(now.microseconds)"
    let payload: JSONObject = [
      "hook_event_name": "TrackHookCanary", "canary": .string(mark), "session_id": "track-hook-doctor",
      "cwd": .string(directory),
    ]
    var writer = JSONWriter()
    writer.value(.object(payload))
    let answer = ProgramTrial.run([path, harness.rawValue], input: writer.bytes, limit: Self.limit)
    guard let status = answer.status else {
      return find("'\(command)' does not end: look at what \(path) is")
    }
    if status != 0 { find("'\(command)' ends with status \(status): a hook must end with 0") }
    if !answer.output.isEmpty { find("'\(command)' writes to standard output, which the harness reads: take that out") }
    if files.takes(canary: mark) {
      say("'\(command)' runs and arrives, in \(Int((answer.seconds * 1_000).rounded())) ms")
    } else {
      find("'\(command)' runs, but records nothing in \(files.path): look at \(files.logPath), and at TRACK_PROJECT")
    }
  }

  /// Whether a program may be run to see what comes of it: this very one, or one that did not come with the project.
  private func isTrusted(_ path: String) -> Bool {
    if let executable, HookCommand.isSame(path, executable) { return true }
    guard path.utf8.first == UInt8(ascii: "/"), let program = try? Path.resolved(path),
      let project = try? Path.resolved(directory)
    else { return false }
    return !Path.isInside(program, project)
  }

  private static func age(_ seconds: Double) -> String {
    switch seconds {
    case ..<120: "\(Int(max(0, seconds))) s"
    case ..<7_200: "\(Int(seconds / 60)) min"
    case ..<172_800: "\(Int(seconds / 3_600)) h"
    default: "\(Int(seconds / 86_400)) days"
    }
  }
}

extension SettingsNode {
  /// Whether a text in it, at any depth, is such a one.
  fileprivate func holds(_ isWanted: (String) -> Bool) -> Bool {
    switch content {
    case .string(let text): isWanted(text)
    case .object(let members): members.contains { $0.value.holds(isWanted) }
    case .array(let elements): elements.contains { $0.holds(isWanted) }
    case .bool, .other: false
    }
  }
}
