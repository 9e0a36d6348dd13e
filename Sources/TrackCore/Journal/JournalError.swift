/// What keeps a request from being carried out.
///
/// `description` is the part of the message after `tool: `; `Sources/Tools/ExitStatus.swift` gives each case its exit
/// status.
public enum JournalError: Error, Hashable, Sendable, CustomStringConvertible {
  /// An id that is none.
  case invalidIdentifier(InvalidIdentifier)
  /// Data that cannot be recorded: what was to be done, to what, and why not.
  case badData(verb: String, object: String, reason: String)
  /// A project that was named is not there.
  case noProject(path: String, reason: String)
  /// The configuration does not say what it must.
  case configuration(String)
  /// A directory or file of the journal cannot be made or is of the wrong kind.
  case cannotCreate(path: String, reason: String)
  /// A directory or file of the journal is not ours alone.
  case unsafe(path: String, reason: String)
  /// The file system failed.
  case fileSystem(verb: String, path: String, SystemError)
  /// No open execution answers to what was asked for.
  case noExecution(String)
  /// Several open executions answer to it.
  case ambiguous(task: String, candidates: [Candidate])
  /// The execution has ended.
  case alreadyEnded(ExecutionID, Conclusion)
  /// The execution belongs to a process that is not the caller.
  case notOwner(ExecutionID, owner: Int32)
  /// The execution that was named is of another task.
  case wrongTask(ExecutionID, task: TaskID)
  /// The lock was not had in time, and the request could not be spooled either.
  case lockTimeout(reason: String)

  /// An execution as a message names it.
  public struct Candidate: Hashable, Sendable {
    /// The execution.
    public let execution: ExecutionID
    /// Its droid.
    public let droid: DroidID
    /// Seconds since its start.
    public let age: Int
    /// Where it was started.
    public let host: String
  }

  /// What could not be done to what, and why.
  public var description: String {
    switch self {
    case .invalidIdentifier(let invalid):
      "cannot accept \(invalid.noun) '\(shown(invalid.text))': \(invalid.problem)"
    case .badData(let verb, let object, let reason): "cannot \(verb) \(shown(object)): \(shown(reason))"
    case .noProject(let path, let reason): "cannot open project '\(shown(path))': \(reason)"
    case .configuration(let text): "cannot read configuration: \(text)"
    case .cannotCreate(let path, let reason): "cannot create '\(shown(path))': \(reason)"
    case .unsafe(let path, let reason): "cannot use '\(shown(path))': \(reason)"
    case .fileSystem(let verb, let path, let error): "cannot \(verb) '\(shown(path))': \(error.message)"
    case .noExecution(let reason): "cannot find execution: \(shown(reason))"
    case .ambiguous(let task, let candidates):
      "cannot choose execution of \(task): \(candidates.count) are open, name one with --execution: "
        + candidates.map { "\($0.execution) (\($0.droid), \($0.age) s, \($0.host))" }.joined(separator: "; ")
    case .alreadyEnded(let execution, let conclusion):
      "cannot end \(execution): already \(conclusion.status.rawValue) at \(conclusion.time)"
    case .notOwner(let execution, let owner):
      "cannot end \(execution): it belongs to process \(owner); only that process ends it, or --execution"
    case .wrongTask(let execution, let task): "cannot use \(execution): it is an execution of task \(task)"
    case .lockTimeout(let reason): "cannot lock journal: \(reason)"
    }
  }
}

/// `text` as a message shows it.
private func shown(_ text: String) -> String { excerpt(text, maximumLength: 160) }
