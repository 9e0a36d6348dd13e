import TrackCore

/// The exit statuses, the same in every tool (sysexits.h); never 2, which agent harnesses read as "block".
enum ExitStatus: Int32 {
  case ok = 0
  /// A negative answer, or findings.
  case negative = 1
  case usage = 64
  case badData = 65
  case noExecution = 66
  case unavailable = 69
  case internalError = 70
  case cannotCreate = 73
  case inputOutput = 74
  case lockTimeout = 75
  case permission = 77
  case configuration = 78

  /// The status that tells of `error`.
  init(_ error: JournalError) {
    self =
      switch error {
      case .invalidIdentifier, .badData, .ambiguous, .alreadyEnded, .notOwner, .wrongTask: .badData
      case .noExecution: .noExecution
      case .noProject: .usage
      case .configuration: .configuration
      case .cannotCreate: .cannotCreate
      case .unsafe: .permission
      case .fileSystem: .inputOutput
      case .lockTimeout: .lockTimeout
      }
  }
}

/// What a tool finds wrong before the core is asked, or answers in the negative.
struct ToolError: Error {
  let status: ExitStatus
  /// What cannot be done to what, and why; nil when there is nothing to say.
  let message: String?

  static func usage(_ message: String) -> ToolError { ToolError(status: .usage, message: message) }

  static func badData(_ verb: String, _ object: String, _ reason: String) -> ToolError {
    ToolError(status: .badData, message: "cannot \(verb) \(excerpt(object)): \(excerpt(reason, maximumLength: 160))")
  }

  /// A negative answer that has been told on standard output.
  static let negative = ToolError(status: .negative, message: nil)
}
