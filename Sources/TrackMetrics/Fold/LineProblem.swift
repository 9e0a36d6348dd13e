/// A line that could not be taken in as it stands, and what became of it.
package struct LineProblem: Hashable, Sendable {
  /// The file, as the report names it.
  package let file: String
  /// The line's number, counted from 1.
  package let line: Int
  /// What is wrong with the line, and how it was counted when it was counted.
  package let reason: String

  /// Makes a problem of its parts.
  package init(file: String, line: Int, reason: String) {
    self.file = file
    self.line = line
    self.reason = reason
  }
}

/// Counts every problem and holds the first ones.
///
/// A log of a million bad lines must not fill memory with a million reports of them.
package struct ProblemList: Hashable, Sendable {
  /// The number of problems held.
  package static let capacity = 100

  /// All problems found.
  package private(set) var count = 0
  /// The first problems, by file and line.
  package private(set) var first: [LineProblem] = []

  /// Makes a list of its parts.
  init(count: Int = 0, first: [LineProblem] = []) {
    self.count = count
    self.first = first
  }
}
