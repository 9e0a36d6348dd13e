import TrackMetrics

/// A tool's man page: its declaration, and the notes that only people can add.
struct ManualPage {
  /// The tool's name.
  let tool: String
  /// What the tool declares.
  let declaration: Declaration
  /// What people add.
  let notes: ManualNotes
  /// The date of the release, as `November 22, 2026`.
  let date: String

  /// The page in mdoc(7).
  var mdoc: String {
    var page = Mdoc()
    page.macro("Dd \(date)")
    page.macro("Dt \(Mdoc.word(tool.uppercased())) 1")
    page.macro("Os droid-track")
    page.macro("Sh NAME")
    page.macro("Nm \(tool)")
    page.macro("Nd \(firstLetterLower(declaration.abstract).trimmingFullStop)")
    writeSynopsis(&page)
    page.macro("Sh DESCRIPTION")
    page.prose(declaration.abstract)
    if !declaration.discussion.isEmpty {
      page.macro("Pp")
      page.prose(declaration.discussion)
    }
    writeArguments(&page)
    writeNotes(&page)
    return page.text
  }

  private func writeSynopsis(_ page: inout Mdoc) {
    page.macro("Sh SYNOPSIS")
    page.macro("Nm")
    let arguments = declaration.groups.flatMap(\.arguments)
    for argument in arguments where !argument.followsTerminator {
      let call = argument.call(names: argument.names.filter { $0.hasPrefix("--") }.prefix(1))
      page.macro((argument.isOptional ? "Op " : "") + call + (argument.isRepeating ? " ..." : ""))
    }
    for argument in arguments where argument.followsTerminator {
      page.macro("Fl \\- Ar \(Mdoc.word(argument.valueName)) Op Ar argument ...")
    }
  }

  private func writeArguments(_ page: inout Mdoc) {
    for group in declaration.groups {
      page.macro("Ss \(group.title.capitalizedFirst)")
      page.macro("Bl -tag -width Ds")
      for argument in group.arguments {
        page.macro("It " + argument.call(names: argument.names))
        if !argument.help.isEmpty { page.prose(argument.help) }
        if let value = argument.defaultValue, !value.isEmpty { page.prose("The default is `\(value)`.") }
      }
      page.macro("El")
    }
  }

  private func writeNotes(_ page: inout Mdoc) {
    writeList(&page, "DEFINITIONS", notes.definitions.map { (key: Mdoc.word($0.term), text: $0.meaning) })
    writeList(&page, "ENVIRONMENT", notes.environment.map { (key: "Ev \(Mdoc.word($0.name))", text: $0.meaning) })
    writeList(&page, "FILES", notes.files.map { (key: "Pa \(Mdoc.word($0.path))", text: $0.meaning) })
    writeList(&page, "EXIT STATUS", notes.exitStatuses.map { (key: Mdoc.word(String($0.code)), text: $0.meaning) })
    if !notes.examples.isEmpty {
      page.macro("Sh EXAMPLES")
      for (place, example) in notes.examples.enumerated() {
        if place > 0 { page.macro("Pp") }
        page.prose(example.purpose)
        page.literal(example.script)
      }
    }
    page.macro("Sh SEE ALSO")
    let others = notes.seeAlso.sorted { ($0.section, $0.name) < ($1.section, $1.name) }
    for (place, other) in others.enumerated() {
      page.macro("Xr \(other.name) \(other.section)" + (place + 1 < others.count ? " ," : ""))
    }
  }

  private func writeList(_ page: inout Mdoc, _ title: String, _ entries: [(key: String, text: String)]) {
    guard !entries.isEmpty else { return }
    page.macro("Sh \(title)")
    page.macro("Bl -tag -width Ds")
    for entry in entries {
      page.macro("It \(entry.key)")
      page.prose(entry.text)
    }
    page.macro("El")
  }

  private func firstLetterLower(_ text: String) -> String {
    text.prefix(1).lowercased() + text.dropFirst()
  }
}

extension Declaration.Argument {
  /// How it is given, as words of a macro line: `Fl -execution Ar ID`.
  fileprivate func call(names: some Sequence<String>) -> String {
    let value = "Ar " + Mdoc.word(valueName)
    switch kind {
    case .positional: return value
    case .flag: return names.map(Self.flag).joined(separator: " , ")
    case .option: return names.map(Self.flag).joined(separator: " , ") + " " + value
    }
  }

  private static func flag(_ name: String) -> String {
    "Fl " + Mdoc.word(String(name.dropFirst()))
  }
}

extension String {
  fileprivate var trimmingFullStop: String { hasSuffix(".") ? String(dropLast()) : self }

  fileprivate var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}
