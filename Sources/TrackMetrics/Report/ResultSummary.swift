/// What the results of executions say.
///
/// Results and validations are counted by execution, as everything is: those whose execution is not in the logs count
/// only among the events.
package struct ResultSummary: Hashable, Sendable {
  /// One category of results.
  package struct Category: Hashable, Sendable {
    /// Its name: `file_operations`, `git_operations`, `testing`, `error`, `unknown`, or what an old log says.
    package let name: String
    /// Executions whose result is of this category by its validation.
    package let count: Int
    /// Those with problems.
    package let invalid: Int
    /// Those whose execution failed or was stopped at its limit.
    package let failures: Int
  }

  /// Executions with a `task.result`.
  package let results: Int
  /// Those whose result tells success.
  package let successes: Int
  /// Executions with a `task.result.validated`.
  package let validated: Int
  /// Those without problems.
  package let valid: Int
  /// The categories, by name.
  package let categories: [Category]
  /// What validations found wrong, the most frequent first, at most `limit`.
  package let problems: [DataSummary.Count]
  /// The most common templates of errors of failed executions, the most frequent first, at most `limit`.
  ///
  /// A template is the error with numbers, ids, paths and quoted texts replaced, so that the same trouble counts once.
  package let errors: [DataSummary.Count]

  /// valid / validated; nil when nothing was validated.
  package var validationRate: Double? { validated > 0 ? Double(valid) / Double(validated) : nil }

  /// The number of problems and of templates told.
  package static let limit = 20

  init(_ census: Census, _ executions: Executions, _ pruned: PrunedFigures) {
    let results = census.results
    self.results = results.results + pruned.results[0]
    successes = results.successes + pruned.results[1]
    validated = results.validated + pruned.results[2]
    valid = results.valid + pruned.results[3]
    var counts = pruned.categories
    for index in executions.categories.indices {
      let (count, invalid, failures) = results.categories[Int(index.value)]
      guard let name = executions.categories[index] else { continue }
      counts[name, default: SIMD4()] &+= SIMD4(count, invalid, failures, 0)
    }
    categories = counts.filter { $0.value[0] > 0 }.map {
      Category(name: $0.key, count: $0.value[0], invalid: $0.value[1], failures: $0.value[2])
    }.sorted { $0.name < $1.name }
    problems = Self.mostFrequent(Self.single(executions.problems.counts(results.problems).adding(pruned.problems)))
    errors = Self.mostFrequent(executions.errors.counts(census.errors).adding(pruned.errors))
  }

  /// The problems one by one of the sets of problems that results have.
  private static func single(_ sets: [DataSummary.Count]) -> [DataSummary.Count] {
    var counts: [Substring: Int] = [:]
    for set in sets { for problem in set.name.split(separator: "\n") { counts[problem, default: 0] += set.count } }
    return counts.map { DataSummary.Count(name: String($0.key), count: $0.value) }
  }

  private static func mostFrequent(_ counts: [DataSummary.Count]) -> [DataSummary.Count] {
    Array(counts.sorted { ($1.count, $0.name) < ($0.count, $1.name) }.prefix(limit))
  }
}
