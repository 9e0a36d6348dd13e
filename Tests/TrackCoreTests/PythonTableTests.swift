import FoundationEssentials
import Testing
import TrackCore

/// README's table from the original's Python API: its Swift column compiles here and does what the table says.
///
/// `Tests/scenarios/readme.sh` sees to it that every call of the table stands here word for word.
final class PythonTableTests {
  private let root: String
  private let journal: Journal
  private let task: TaskID
  private let droid: DroidID

  init() throws {
    let root = FileManager.default.temporaryDirectory.path + "/python-table-\(UInt64.random(in: .min ... .max))"
    try FileManager.default.createDirectory(atPath: root, withIntermediateDirectories: true)
    let surroundings = Surroundings(
      machine: .current(), directory: root, environment: ["TRACK_PROJECT": root], caller: 1)
    #expect(try Project.find(in: surroundings) == Project(root: root))
    journal = try Journal(of: Project(root: root), in: surroundings)
    task = try TaskID("1.1")
    droid = try DroidID("frontend")
    self.root = root
  }

  deinit { try? FileManager.default.removeItem(atPath: root) }

  @Test func executions() throws {
    let text = "Add the login form"
    let result: JSONObject = ["tests_run": 12]
    let ending = ["task.execution.completed", "task.result", "task.result.validated"]

    let first = try journal.start(Start(task: task, description: text, droid: droid))
    #expect(types(first) == ["task.execution.started"])
    var execution = try #require(first.execution)
    #expect(types(try journal.end(.completed, of: .execution(execution), result: result)) == ending)

    execution = try #require(try journal.start(Start(task: task, description: text)).execution)
    #expect(types(try journal.end(.failed, of: .execution(execution), result: result)) == ending)

    #expect(types(try journal.start(Start(task: task))) == ["task.execution.started"])
    #expect(types(try journal.end(.completed, of: .task(task), result: result)) == ending)

    let abandoned = try #require(try journal.start(Start(task: task)).execution)
    var options = SweepOptions()
    options.limit = .zero
    #expect(try journal.sweep(options).closed.map(\.execution.id) == [abandoned])
  }

  @Test func selfReports() throws {
    let report = ["droid.self_report"]
    #expect(types(try journal.start(Start(task: task))) == ["task.execution.started"])

    var status = SelfReport(kind: .status)
    status.status = Status.waiting
    #expect(types(try journal.report(status, by: droid)) == report)

    var progress = SelfReport(kind: .progress)
    progress.progress = 0.5
    #expect(types(try journal.report(progress, of: .task(task))) == report)

    var error = SelfReport(kind: .error)
    error.error = "one row without a key"
    #expect(types(try journal.report(error, of: .task(task))) == report)

    var usage = SelfReport(kind: .resourceUsage)
    usage.memoryMB = 412
    #expect(types(try journal.report(usage)) == report)
  }

  @Test func otherEvents() throws {
    let action = "process_files_sync"
    let details: JSONObject = ["source": "ai-dev-tasks", "ref": "v1.2"]
    let facts: JSONObject = ["details": ["description": "Add the login form"]]
    let commit: JSONObject = ["git": ["sha": "9f2c1ab", "branch": "main", "message": "Add the login form"]]
    let figures: JSONObject = ["total_tasks_completed": 1]

    #expect(types(try journal.record(.audit(action: action, details: details))) == ["audit.recorded"])
    #expect(types(try journal.record(.metrics(figures))) == ["performance.metrics"])
    #expect(types(try journal.record(.orchestrator(.gitCommit, status: nil, fields: commit))) == ["git.commit"])
    #expect(
      types(try journal.record(.orchestrator(.taskScheduled, status: nil, fields: facts), task: task))
        == ["task.scheduled"])
    #expect(
      types(try journal.record(.orchestrator(.taskStarted, status: nil, fields: [:]), task: task, by: droid))
        == ["task.started"])
    #expect(
      types(try journal.record(.orchestrator(.taskCompleted, status: nil, fields: [:]), task: task, by: droid))
        == ["task.completed"])
    #expect(
      types(try journal.record(.orchestrator(.taskFailed, status: nil, fields: facts), task: task, by: droid))
        == ["task.failed"])
    #expect(
      types(try journal.record(.orchestrator(.droidStarted, status: nil, fields: [:]), task: task, by: droid))
        == ["droid.started"])
    #expect(
      types(try journal.record(.orchestrator(.droidCompleted, status: nil, fields: [:]), task: task, by: droid))
        == ["droid.completed"])
  }

  @Test func fromTwoThreads() async throws {
    let journal = journal
    try await withThrowingTaskGroup { group in
      for worker in ["a", "b"] {
        group.addTask {
          for number in 1...25 {
            let task = try TaskID("\(worker).\(number)")
            let execution = try #require(try journal.start(Start(task: task)).execution)
            #expect(try journal.end(.completed, of: .execution(execution)).execution == execution)
          }
        }
      }
      try await group.waitForAll()
    }
    let bytes = try #require(FileManager.default.contents(atPath: journal.logDirectory + "/events.ndjson"))
    let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
    #expect(lines.count == 100)
    #expect(lines.filter { $0.contains("task.execution.completed") }.count == 50)
  }

  /// The types of the events that were written, in order.
  private func types(_ outcome: Outcome) -> [String] { outcome.events.map(\.type) }
}
