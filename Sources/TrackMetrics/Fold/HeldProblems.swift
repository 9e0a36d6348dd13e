/// The first problems by file and line, in whatever order they are met, and the count of all.
///
/// Files that are read side by side must show the same problems as files that are read one after the other.
struct HeldProblems: Hashable, Sendable {
  /// A problem of a line of a file, which is told by its place among the fold's files.
  struct Problem: Hashable, Sendable {
    let file: Int
    let line: Int
    let reason: String
  }

  private(set) var count = 0
  private(set) var first: [Problem] = []

  init() {}

  /// Takes over problems in order.
  init(count: Int, first: [Problem]) {
    self.count = count
    self.first = first
  }

  /// Counts a problem, and holds it when it is among the first; files come in the order of their names.
  mutating func add(_ problem: Problem, names: [Fold.File]) {
    count += 1
    func isLater(_ held: Problem) -> Bool {
      held.file == problem.file
        ? held.line > problem.line : (names[held.file].name, held.file) > (names[problem.file].name, problem.file)
    }
    if first.count == ProblemList.capacity {
      guard let last = first.last, isLater(last) else { return }
      first.removeLast()
    }
    let place = first.lastIndex { !isLater($0) }.map { $0 + 1 } ?? 0
    first.insert(problem, at: place)
  }
}
