/// What `task.result` and `task.result.validated` say of an execution.
///
/// Joining is a union, as it is of starts and endings: where an id of the original stands for several executions, the
/// graver word holds.
struct ResultNote: Hashable, Sendable {
  /// What came of it by `task.result`: nil when there is no such line.
  private(set) var success: Bool?
  /// What its validation says: nil when there is none.
  private(set) var validation: Validation?

  /// The category of a result, and what is wrong with it.
  struct Validation: Hashable, Comparable, Sendable {
    let category: String
    /// The templates of what is wrong, in order, a line each; empty when nothing is.
    let problems: String

    /// The graver one is the greater; of two as grave, the one whose category comes first.
    static func < (left: Self, right: Self) -> Bool {
      (left.problems, right.category) < (right.problems, left.category)
    }
  }

  /// Takes in what a `task.result` says.
  mutating func add(success: Bool) { self.success = (self.success ?? true) && success }

  /// Takes in a validation.
  mutating func add(_ validation: Validation) {
    self.validation = self.validation.map { max($0, validation) } ?? validation
  }
}
