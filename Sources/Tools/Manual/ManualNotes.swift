import TrackMetrics

/// What a man page says that no declaration knows: exit statuses, environment, files, examples, neighbours.
struct ManualNotes {
  let exitStatuses: [ExitStatus]
  let environment: [Variable]
  let files: [File]
  /// What the words mean that the tool prints.
  var definitions: [Definition] = []
  /// Runnable as they stand, one after the other, in an empty project.
  let examples: [Example]
  let seeAlso: [Page]

  struct ExitStatus {
    let code: Int
    let meaning: String
  }

  struct Variable {
    let name: String
    let meaning: String
  }

  struct File {
    let path: String
    let meaning: String
  }

  struct Example {
    let purpose: String
    let script: String
  }

  struct Page {
    let name: String
    let section: Int
  }
}

extension ManualNotes.ExitStatus {
  static let success = Self(code: 0, meaning: "What was asked for is done, or spooled for the next writer to do.")
  static let findings = Self(code: 1, meaning: "A negative answer, or findings.")
  static let usage = Self(code: 64, meaning: "The command line is wrong.")
  static let data = Self(
    code: 65, meaning: "An operand or option value is unusable, the execution has already ended, or several fit.")
  static let noExecution = Self(code: 66, meaning: "There is no such execution.")
  static let unavailable = Self(code: 69, meaning: "Something that is needed is not there.")
  static let `internal` = Self(code: 70, meaning: "The tool itself is at fault.")
  static let cannotCreate = Self(code: 73, meaning: "A file or directory of the journal cannot be created.")
  static let inputOutput = Self(code: 74, meaning: "Reading or writing failed; standard output counts too.")
  static let locked = Self(code: 75, meaning: "The journal's lock was not had in time and spooling failed as well.")
  static let permission = Self(code: 77, meaning: "The files do not permit it.")
  static let configuration = Self(code: 78, meaning: "`droid-forge.yaml` is wrong; the message names line and column.")

  /// Every tool that writes the journal can end so.
  static let ofWriters: [Self] = [
    .success, .usage, .data, .noExecution, .internal, .cannotCreate, .inputOutput, .locked, .permission, .configuration,
  ]
  /// Every tool that only reads it can end so.
  static let ofReaders: [Self] = [
    .success, .findings, .usage, .data, .noExecution, .internal, .cannotCreate, .inputOutput, .permission,
    .configuration,
  ]
}

extension ManualNotes.Variable {
  static let project = Self(
    name: "TRACK_PROJECT", meaning: "The project's root directory, where `--project` does not name it.")
  static let execution = Self(
    name: "DROID_EXECUTION_ID", meaning: "The current execution; a closed or unknown one is passed over.")
  static let run = Self(name: "DROID_RUN_ID", meaning: "The run that what is started belongs to.")
  static let droid = Self(name: "DROID_ID", meaning: "The droid that reports, where `--droid` does not name it.")
  static let script = Self(
    name: "SCRIPT_NAME", meaning: "The calling script; its name stands for the droid when nothing else does.")
  static let state = Self(
    name: "XDG_STATE_HOME",
    meaning: "Where the journal of work outside any project lies; the default is `~/.local/state`.")

  static let traceParent = Self(
    name: "TRACEPARENT",
    meaning:
      "The trace and the span that what is started belongs to (W3C Trace Context); a malformed one counts as none.")
  static let traceState = Self(
    name: "TRACESTATE, BAGGAGE",
    meaning: "What travels along with it and is recorded; what is malformed, too long or a secret is left out.")
  static let noColour = Self(name: "NO_COLOR", meaning: "When it is set and not empty, text has no colour.")

  static let ofWriters: [Self] = [.project, .execution, .run, .droid, .script, .state]
}

extension ManualNotes.File {
  static let configuration = Self(
    path: "droid-forge.yaml", meaning: "The project's configuration; keys that are not ours are left alone.")
  static let journal = Self(
    path: ".droid-forge/logs/",
    meaning:
      "The journal: `events.ndjson`, `droid_status.ndjson`, `results.ndjson`, `performance.ndjson` and `audit.ndjson`.")
  static let ledger = Self(
    path: ".droid-forge/logs/.state/", meaning: "What is known of open and recently ended executions, lock and spool.")
  static let exportMark = Self(
    path: ".droid-forge/logs/.state/export-FORMAT.mark",
    meaning: "How far `--since-last` has come; without it, everything is written again.")
  static let original = Self(path: ".factory/logs/", meaning: "Logs of the original program, read when present.")
}
