import TrackCore

/// The file of shell lines that a harness reads before the commands of a session.
///
/// Other hooks write to it, too, and at the same time: so it is only ever appended to, a line in one write.
enum EnvironmentFile {
  private static let mark = "export DROID_EXECUTION_ID="
  /// More than this is not looked through for what it says.
  private static let maximumSize = 1 << 20

  /// Has scripts of the session join its execution, unless the last line of ours says so already.
  /// - Parameter variables: names and values, `DROID_EXECUTION_ID` first.
  static func set(_ variables: [(name: String, value: String)], in path: String) throws(SystemError) {
    var old: [UInt8] = []
    do { old = try Path.contents(of: path, maximum: maximumSize) } catch {
      guard error.isAbsence || error.isTooLarge else { throw error }
    }
    guard let addition = addition(of: line(variables), to: old) else { return }
    try Path.append(addition, to: path)
  }

  /// What `line` is appended to a text as; nil when it is the last of ours in it.
  static func addition(of line: String, to old: [UInt8]) -> [UInt8]? {
    let ours = old.split(separator: UInt8(ascii: "\n")).last { $0.starts(with: mark.utf8) }
    if let ours, (ours + [UInt8(ascii: "\n")]).elementsEqual(line.utf8) { return nil }
    let isTorn = old.last.map { $0 != UInt8(ascii: "\n") } ?? false
    return (isTorn ? [UInt8(ascii: "\n")] : []) + Array(line.utf8)
  }

  static func line(_ variables: [(name: String, value: String)]) -> String {
    "export " + variables.map { "\($0.name)=\(ShellWord.quoted($0.value))" }.joined(separator: " ") + "\n"
  }
}
