import TrackCore

/// What is counted of results.
struct ResultCensus {
  private(set) var results = 0
  private(set) var successes = 0
  private(set) var validated = 0
  private(set) var valid = 0
  /// Validations, those with problems and those of failed executions by category.
  private(set) var categories: [(count: Int, invalid: Int, failures: Int)]
  /// Validations by what is wrong with them.
  private(set) var problems: [Int]

  init(_ executions: Executions) {
    categories = Array(repeating: (0, 0, 0), count: executions.categories.count)
    problems = Array(repeating: 0, count: executions.problems.count)
  }

  mutating func add(_ execution: TrackedExecution) {
    if let success = execution.resultSuccess {
      results += 1
      if success { successes += 1 }
    }
    guard execution.category != .none else { return }
    validated += 1
    let category = Int(execution.category.value)
    categories[category].count += 1
    if execution.outcome == .failed || execution.outcome == .timeout { categories[category].failures += 1 }
    guard execution.problems != .none else {
      valid += 1
      return
    }
    categories[category].invalid += 1
    problems[Int(execution.problems.value)] += 1
  }
}
