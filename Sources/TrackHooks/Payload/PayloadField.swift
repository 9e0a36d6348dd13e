/// What is taken of a hook's payload: names without `_`, in lower case, so that both spellings of a key are one.
///
/// Everything else, prompts and the contents of tools above all, is passed over as it is read and is never held.
enum PayloadField: String, Hashable, Sendable {
  case event = "hookeventname"
  case session = "sessionid"
  case transcript = "transcriptpath"
  case directory = "cwd"
  case source
  case reason
  case model
  case tool = "toolname"
  case toolUse = "tooluseid"
  case agent = "agentid"
  case agentType = "agenttype"
  case error
  case isInterrupt = "isinterrupt"
  case milliseconds = "durationms"
  case canary

  case inputFile = "toolinput.filepath"
  case inputPath = "toolinput.path"
  case inputNotebook = "toolinput.notebookpath"
  case inputPatch = "toolinput.input"
  case inputPatchText = "toolinput.patch"
  case inputAgentType = "toolinput.subagenttype"
  case inputBackground = "toolinput.runinbackground"

  case responseSuccess = "toolresponse.success"
  case responseIsError = "toolresponse.iserror"
  case responseError = "toolresponse.error"
  case responseInterrupted = "toolresponse.interrupted"
  case responseStatus = "toolresponse.status"
  case responseAgent = "toolresponse.agentid"
  case responseMilliseconds = "toolresponse.totaldurationms"

  /// How many bytes of a text are kept; what a patch touches stands in its lines.
  var limit: Int {
    switch self {
    case .inputPatch, .inputPatchText: 64 * 1024
    case .error, .responseError: 0
    default: 4096
    }
  }
}

/// What a payload says of a field.
enum PayloadValue: Hashable, Sendable {
  case text(String)
  /// A text longer than what is kept of it, and its beginning.
  case cut(String)
  case number(Double)
  case bool(Bool)
  case null
  /// An object or an array.
  case container
}
