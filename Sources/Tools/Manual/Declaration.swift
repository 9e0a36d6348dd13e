import ArgumentParser
import TrackCore

/// What a tool declares of itself: the part of its man page that nobody writes by hand.
struct Declaration {
  /// What it does, in a few words.
  let abstract: String
  /// More about it; empty when nothing more is said.
  let discussion: String
  /// Its operands and options in order, in groups of one title each.
  let groups: [Group]

  /// Arguments that stand together under a title.
  struct Group {
    let title: String
    var arguments: [Argument]
  }

  /// An operand or an option.
  struct Argument {
    let kind: Kind
    /// `--execution`, `-q`; empty for an operand.
    let names: [String]
    let valueName: String
    let isOptional: Bool
    let isRepeating: Bool
    /// Whether it stands after `--`.
    let followsTerminator: Bool
    let help: String
    let defaultValue: String?

    enum Kind: String {
      case positional, option, flag
    }
  }

  /// Reads the declaration of a command from what ArgumentParser tells of it.
  /// - Throws: `JSONError` when ArgumentParser prints something else than its documented JSON.
  init(of command: any ParsableCommand.Type) throws(JSONError) {
    let dump = try JSONParser.object(Array(command._dumpHelp().utf8))
    let command = dump.object("command") ?? JSONObject()
    abstract = command.text("abstract") ?? ""
    discussion = command.text("discussion") ?? ""
    var groups: [Group] = []
    for case .object(let fields) in command.elements("arguments") {
      guard fields.bool("shouldDisplay") == true, let argument = Argument(fields) else { continue }
      let title = fields.text("sectionTitle") ?? (argument.kind == .positional ? "Operands" : "Options")
      if let place = groups.firstIndex(where: { $0.title == title }) {
        groups[place].arguments.append(argument)
      } else {
        groups.append(Group(title: title, arguments: [argument]))
      }
    }
    self.groups = groups
  }
}

extension Declaration.Argument {
  fileprivate init?(_ fields: JSONObject) {
    guard let kind = fields.text("kind").flatMap(Kind.init) else { return nil }
    self.kind = kind
    names = fields.elements("names").compactMap { name in
      guard case .object(let name) = name, let text = name.text("name") else { return nil }
      return (name.text("kind") == "long" ? "--" : "-") + text
    }
    valueName = fields.text("valueName") ?? "value"
    isOptional = fields.bool("isOptional") ?? false
    isRepeating = fields.bool("isRepeating") ?? false
    followsTerminator = fields.text("parsingStrategy") == "postTerminator"
    help = [fields.text("abstract"), fields.text("discussion")].compactMap(\.self).joined(separator: "\n")
    defaultValue = fields.text("defaultValue")
  }
}

extension JSONObject {
  fileprivate func elements(_ key: String) -> [JSONValue] {
    if case .array(let elements)? = self[key] { elements } else { [] }
  }
}
