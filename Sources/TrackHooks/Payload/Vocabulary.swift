/// What a tool does, by its name in either harness's vocabulary, as far as the record tells it apart.
enum ToolRole: Hashable, Sendable {
  /// It makes the file that it names.
  case creates
  /// It changes the file that it names.
  case edits
  /// It changes the files that its patch names.
  case patches
  /// It gives work to another agent.
  case delegates
  /// It touches no file that it names, or it only reads.
  case other

  init(of tool: String) {
    self =
      switch tool {
      case "Create": .creates
      case "Write", "Edit", "MultiEdit", "NotebookEdit": .edits
      case "ApplyPatch", "apply_patch": .patches
      case "Task", "Agent": .delegates
      default: .other
      }
  }
}

/// The name a tool is counted under: short, and of letters that name tools.
enum ToolName {
  static let maximumLength = 96
  /// What is counted together: tools of names that are none, and those beyond the number that is kept apart.
  static let other = "other"

  static func counted(_ name: String) -> String {
    let isName =
      !name.isEmpty && name.utf8.count <= maximumLength
      && name.unicodeScalars.allSatisfy { scalar in
        scalar.isASCII
          && (scalar.properties.isAlphabetic || ("0"..."9").contains(scalar) || "_-.:".unicodeScalars.contains(scalar))
      }
    return isName ? name : other
  }
}
