import TrackCore

/// The file of shell lines that a harness reads before the commands of a session.
enum EnvironmentFile {
  private static let mark = "export DROID_EXECUTION_ID="
  private static let maximumSize = 1 << 20

  /// Has scripts of the session join its execution: our line takes the place of one that was there, so that it does not
  /// grow with every resumption.
  /// - Parameter variables: names and values, `DROID_EXECUTION_ID` first.
  static func set(_ variables: [(name: String, value: String)], in path: String) throws(SystemError) {
    let old: [UInt8]
    do { old = try Path.contents(of: path, maximum: maximumSize) } catch {
      guard error.isAbsence else { throw error }
      return try FileReplacement.write(Array(line(variables).utf8), to: path)
    }
    let new = text(old, with: line(variables))
    guard new != old else { return }
    try FileReplacement.write(new, to: path)
  }

  /// The text with `line` in it once, and no other line of ours.
  static func text(_ old: [UInt8], with line: String) -> [UInt8] {
    var text: [UInt8] = []
    var rest = old[...]
    while !rest.isEmpty {
      let end = rest.firstIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? rest.endIndex
      if !rest[..<end].starts(with: mark.utf8) { text += rest[..<end] }
      rest = rest[end...]
    }
    if let last = text.last, last != UInt8(ascii: "\n") { text.append(UInt8(ascii: "\n")) }
    return text + Array(line.utf8)
  }

  static func line(_ variables: [(name: String, value: String)]) -> String {
    "export " + variables.map { "\($0.name)=\(ShellWord.quoted($0.value))" }.joined(separator: " ") + "\n"
  }
}
