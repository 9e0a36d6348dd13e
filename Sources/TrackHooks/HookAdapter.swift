package import TrackCore

/// What a harness runs at each of its events: reads the payload and records it, and fails quietly.
package struct HookAdapter: Sendable {
  private let harness: Harness
  private let machine: Machine
  private let environment: [String: String]
  private let caller: Int32

  /// How long a payload is waited for that does not come to its end.
  private static let readingTime: Duration = .seconds(5)

  /// Programs that stand between a harness and its hook, by the first 15 bytes of their names.
  private static let wrappers: Set<String> = [
    "sh", "dash", "bash", "zsh", "ksh", "ksh93", "mksh", "oksh", "fish", "yash", "ash", "busybox", "posh", "csh",
    "tcsh",
    "timeout", "env", "nice", "ionice", "nohup", "setsid", "stdbuf", "xargs", "time", "track-hook", "Tools",
  ]

  /// An adapter of a process that `caller` has started with `environment`.
  package init(_ harness: Harness, machine: Machine, environment: [String: String], caller: Int32) {
    self.harness = harness
    self.machine = machine
    self.environment = environment
    self.caller = caller
  }

  /// Reads standard input and records it.
  /// - Parameter surplus: arguments that nobody understands; perhaps a later version's.
  package func run(surplus: [String]) {
    // Also where nothing is recorded: a harness is not to meet a closed pipe.
    let input = HookInput.read(for: Self.readingTime)
    guard ["", "0"].contains(environment["TRACK_DISABLE"] ?? "") else { return }
    var event: HookEvent?
    if case .event(let found) = input { event = found }
    guard let directory = directory(event) else { return }
    let surroundings = Surroundings(machine: machine, directory: directory, environment: environment, caller: caller)
    guard let project = try? Project.find(in: surroundings) else { return }
    do {
      let journal = try Journal(of: project, in: surroundings, wait: SessionTracking.patience)
      var tracking = SessionTracking(
        harness, in: journal, files: try .open(of: harness, in: journal),
        owner: ProcessTable(machine: machine).ancestor(of: caller, passing: Self.wrappers), now: machine.now().wall,
        namesDroid: surroundings.droid != nil, environmentFile: environment[harness.environmentVariable])
      if !surplus.isEmpty { tracking.note("passed over arguments: \(surplus.joined(separator: " "))") }
      switch input {
      case .event(let event): tracking.take(event)
      case .refused(let reason): tracking.note(reason)
      }
    } catch {
      runWithoutConfiguration(event, project, surroundings, error)
    }
  }

  /// A broken configuration keeps everything from being recorded but endings, which wait in the spool.
  private func runWithoutConfiguration(
    _ event: HookEvent?, _ project: Project, _ surroundings: Surroundings, _ error: JournalError
  ) {
    guard case .configuration = error,
      let journal = try? Journal.usual(of: project, in: surroundings, wait: SessionTracking.patience),
      let files = try? SessionFiles.open(of: harness, in: journal)
    else { return }
    let now = machine.now().wall
    files.note("\(error)", at: now)
    guard let event, case .sessionEnd(let reason) = event.kind, let session = event.session else { return }
    var record = files.record(of: session)
    guard let execution = record.execution, !record.isEnded else { return }
    do {
      _ = try Journal.spoolEnd(
        .completed, of: .execution(execution), result: record.counters.result(nil, reason: reason), by: record.droid,
        in: project, surroundings)
      record.isEnded = true
      try files.put(record)
    } catch {
      files.note("\(error)", at: now)
    }
  }

  /// Where the session belongs: the directory it was started in, else where its work is, else our own.
  private func directory(_ event: HookEvent?) -> String? {
    for path in [environment[harness.projectVariable], event?.directory] {
      guard let path, path.hasPrefix("/"), let status = try? FileStatus.of(path), status.kind == .directory else {
        continue
      }
      return Path.absolute(path, from: "/")
    }
    return try? Path.workingDirectory()
  }
}
