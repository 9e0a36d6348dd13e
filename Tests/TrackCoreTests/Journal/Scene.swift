import FoundationEssentials
import Glibc
import Testing

@testable import TrackCore

/// A project in a temporary directory, and what a caller in it does; removed with the value.
final class Scene: Sendable {
  let root: String
  let machine: Machine
  /// The configuration that journals of this scene follow.
  let configuration: Configuration

  private let base: String

  init(
    named name: String = "project", machine: Machine = .current(),
    _ configure: (inout Configuration) -> Void = { _ in }
  ) throws {
    base = "\(FileManager.default.temporaryDirectory.path)/scene-\(UInt64.random(in: .min ... .max))"
    root = "\(base)/\(name)"
    try FileManager.default.createDirectory(atPath: root, withIntermediateDirectories: true)
    self.machine = machine
    var configuration = Configuration()
    configure(&configuration)
    self.configuration = configuration
  }

  deinit { try? FileManager.default.removeItem(atPath: base) }

  var project: Project { Project(root: root) }
  var logs: String { "\(root)/.droid-forge/logs" }
  var state: String { "\(logs)/.state" }

  /// The journal as a caller sees it.
  func journal(
    execution: ExecutionID? = nil, droid: String? = nil, run: String? = nil, caller: Int32 = 1,
    wait: Duration? = nil, variables: [String: String] = [:], machine: Machine? = nil
  ) throws -> Journal {
    var environment = variables
    environment["DROID_EXECUTION_ID"] = execution?.text ?? variables["DROID_EXECUTION_ID"]
    environment["DROID_ID"] = droid ?? variables["DROID_ID"]
    environment["DROID_RUN_ID"] = run ?? variables["DROID_RUN_ID"]
    let surroundings = Surroundings(
      machine: machine ?? self.machine, directory: root, environment: environment, caller: caller)
    return try Journal(of: project, in: surroundings, by: configuration, wait: wait)
  }

  /// Starts a task and returns its execution.
  @discardableResult
  func start(
    _ task: String, droid: String? = nil, limit: Duration? = nil, owner: Int32? = nil, mode: StartMode = .join,
    in journal: Journal? = nil
  ) throws -> ExecutionID {
    var start = Start(task: try TaskID(task), droid: try droid.map { try DroidID($0) }, mode: mode)
    start.limit = limit
    start.owner = owner
    return try #require(try (journal ?? self.journal()).start(start).execution)
  }

  /// Ends what a task's name leads to.
  @discardableResult
  func end(_ task: String, _ ending: Ending = .completed, in journal: Journal? = nil) throws -> Outcome {
    try (journal ?? self.journal()).end(ending, of: .task(TaskID(task)))
  }

  @discardableResult
  func report(_ task: String?, _ fraction: Double = 0.5, in journal: Journal? = nil) throws -> Outcome {
    var report = SelfReport(kind: .progress)
    report.progress = fraction
    return try (journal ?? self.journal()).report(report, of: Target(task: try task.map { try TaskID($0) }))
  }

  /// Runs `body` while somebody else holds the journal's lock.
  @discardableResult
  func locked<Value>(_ body: () throws -> Value) throws -> Value {
    let state = try Directory.creatingAll(state)
    guard let lock = try FileLock.acquire("journal.lock", in: state, wait: .zero) else {
      throw SystemError(code: EWOULDBLOCK, call: "flock")
    }
    let value = try body()
    lock.release()
    return value
  }
}

/// What stands in the scene's files.
extension Scene {
  func bytes(_ stream: TrackCore.Stream) -> [UInt8] { contents("\(logs)/\(stream.fileName)") }

  func contents(_ path: String) -> [UInt8] { FileManager.default.contents(atPath: path).map { Array($0) } ?? [] }

  /// The whole lines of a stream; every one of them must parse.
  func events(_ stream: TrackCore.Stream = .events) throws -> [EventRecord] {
    let bytes = bytes(stream)
    #expect(bytes.isEmpty || bytes.last == UInt8(ascii: "\n"))
    return try bytes.split(separator: UInt8(ascii: "\n")).map { try EventRecord(line: Array($0)) }
  }

  /// The story of an execution in `events`: the types of its lines without what they share, or the status of an ending.
  func story(_ execution: ExecutionID) throws -> [String] {
    try events().filter { $0.execution == execution.text }.map { event in
      switch event.type {
      case EventType.started: "started"
      case EventType.selfReport: event.details.text(WireKey.eventType) ?? "?"
      case EventType.abandoned: event.fields.text(WireKey.reason) ?? "?"
      case EventType.completed: (event.details.bool(WireKey.late) == true ? "late " : "") + (event.status ?? "?")
      default: event.type ?? "?"
      }
    }
  }

  /// The actions in the audit stream.
  func audits() throws -> [String] { try events(.audit).compactMap { $0.fields.text(WireKey.action) } }

  func names(_ path: String) -> [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted()
  }

  func write(_ bytes: [UInt8], to path: String) throws {
    try #require(FileManager.default.createFile(atPath: path, contents: Data(bytes)))
  }

  func write(_ text: String, to path: String) throws { try write(Array(text.utf8), to: path) }

  func makeDirectory(_ path: String) throws {
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  func remove(_ path: String) throws { try FileManager.default.removeItem(atPath: path) }

  /// The bytes of all streams.
  var journalBytes: [[UInt8]] { TrackCore.Stream.allCases.map { bytes($0) } }
}

/// A process to own executions.
struct Child {
  let pid: Int32

  /// Starts a process that sleeps.
  init() throws {
    var pid: Int32 = 0
    let words = ["/bin/sleep", "600"]
    var arguments = unsafe words.map { unsafe strdup($0) } + [nil]
    defer { unsafe arguments.forEach { unsafe free($0) } }
    let code = unsafe posix_spawn(&pid, words[0], nil, nil, &arguments, environ)
    try #require(code == 0)
    self.pid = pid
  }

  /// Kills it; it stays a zombie until `reap()`.
  func kill() throws {
    try #require(Glibc.kill(pid, SIGKILL) == 0)
    var state = unsafe siginfo_t()
    // Waits for its death without taking it away.
    try #require(unsafe waitid(P_PID, id_t(pid), &state, WEXITED | WNOWAIT) == 0)
  }

  /// Takes it away.
  func reap() { _ = waitpid(pid, nil, 0) }
}

/// The error of `body`, which must fail.
func refusal<Value>(_ body: () throws -> Value, at location: SourceLocation = #_sourceLocation) -> JournalError? {
  do {
    let value = try body()
    Issue.record("not refused: \(value)", sourceLocation: location)
    return nil
  } catch let error as JournalError {
    return error
  } catch {
    Issue.record("\(error)", sourceLocation: location)
    return nil
  }
}
