import ArgumentParser
import TrackCore

struct TrackEvent: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "track-event", abstract: "Record an event of the orchestrator, a commit or an audit note.",
    discussion: """
      Types: task.scheduled, task.started, task.completed, task.failed, droid.started, droid.completed, git.commit, \
      audit.recorded. The other types have tools of their own.
      """,
    version: Version.text)

  @Argument(help: ArgumentHelp("The type of the event.", valueName: "type")) var type: String
  @OptionGroup var work: WorkOptions
  @Option(help: ArgumentHelp("The task it is about.", valueName: "id")) var task: String?
  @Option(help: ArgumentHelp("Its status, where the type's own does not fit.", valueName: "word")) var status: String?
  @Option(help: ArgumentHelp("A key of the event: k=v, k:=JSON or k[]=v; may be repeated.", valueName: "key=value"))
  var set: [String] = []
  @Option(help: ArgumentHelp("Keys of the event as a JSON object.", valueName: "json")) var data: String?
  @Option(help: ArgumentHelp("git.commit: the commit.", valueName: "sha")) var sha: String?
  @Option(help: ArgumentHelp("git.commit: the branch.", valueName: "name")) var branch: String?
  @Option(name: .shortAndLong, help: ArgumentHelp("git.commit: the message.", valueName: "text")) var message: String?
  @Option(help: ArgumentHelp("audit.recorded: what was done.", valueName: "word")) var action: String?

  func run() throws {
    let note = try note()
    let taskID: TaskID? = try task.map { try identifier($0) }
    let executionID: ExecutionID? = try work.execution.map { try identifier($0) }
    let journal = try work.project.journal()
    let outcome = try journal.record(note, task: taskID, execution: executionID, by: try work.droidID())
    try work.project.tell(outcome, in: journal, of: "track-event")
  }

  private func note() throws -> Note {
    var fields = JSONObject()
    if let data {
      do { fields = try JSONParser.object(Array(data.utf8), maximumDepth: JSONObject.maximumDepth) } catch {
        throw ToolError.badData("read", "--data", "\(error.problem) (byte \(error.offset))")
      }
    }
    for member in try resultObject(set, option: "--set").members { fields[member.key] = member.value }
    if type == EventType.audit {
      guard let action else { throw ToolError.usage("cannot record audit.recorded: --action is missing") }
      guard status == nil else { throw ToolError.usage("cannot take --status: audit.recorded has none") }
      return .audit(action: action, details: fields)
    }
    guard action == nil else { throw ToolError.usage("cannot take --action: it belongs to audit.recorded") }
    guard let event = OrchestratorEventType(rawValue: type) else { throw refusal() }
    if event == .gitCommit { fields[WireKey.git] = .object(try commit()) } else { try refuseCommit() }
    if let status, Status(rawValue: status) == nil, status != "scheduled", status != "started" {
      let words = ["scheduled", "started"] + Status.allCases.map(\.rawValue)
      throw ToolError.badData("set", "status '\(excerpt(status))'", "expected one of \(words.joined(separator: ", "))")
    }
    return .orchestrator(event, status: status, fields: fields)
  }

  private func commit() throws -> JSONObject {
    guard let sha else { throw ToolError.usage("cannot record git.commit: --sha is missing") }
    var commit: JSONObject = ["sha": .string(sha)]
    commit["branch"] = branch.map { .string($0) }
    commit["message"] = message.map { .string($0) }
    return commit
  }

  private func refuseCommit() throws {
    guard sha == nil, branch == nil, message == nil else {
      throw ToolError.usage("cannot take --sha, --branch or --message: they belong to git.commit")
    }
  }

  private func refusal() -> ToolError {
    let tool: String? =
      switch type {
      case EventType.started: "task-start"
      case EventType.selfReport: "task-progress"
      case EventType.completed, EventType.result, EventType.validated: "task-done or task-fail"
      case EventType.abandoned: "track-sweep"
      case EventType.metrics: "track-metrics --record"
      default: nil
      }
    guard let tool else {
      return .usage("cannot record '\(excerpt(type))': no such event type; see 'track-event --help'")
    }
    return .usage("cannot record \(type): use \(tool)")
  }
}
