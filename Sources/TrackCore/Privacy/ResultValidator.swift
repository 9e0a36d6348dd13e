/// Looks at what a droid says came of its work.
package enum ResultValidator {
  /// What `result` is about and what is wrong with it.
  ///
  /// Nothing is refused: a doubtful result of a task is worth more than none.
  package static func validate(_ result: JSONObject, ending: Ending) -> ResultValidation {
    var problems: [String] = []
    if result.isEmpty { problems.append("the result is empty") }
    for key in fileKeys { problems += problemsOfNames(result, key, what: "paths") }
    problems += problemsOfNames(result, "branches", what: "names")
    problems += problemsOfNames(result, "commits", what: "commit ids") + problemsOfCommits(result)
    problems += problemsOfTests(result) + problemsOfError(result, ending: ending)
    return ResultValidation(category: category(of: result), problems: problems)
  }

  /// What a result is about: the first category one of whose keys it has.
  package static func category(of result: JSONObject) -> ResultCategory {
    for (category, keys) in categories where keys.contains(where: { result[$0] != nil }) { return category }
    return .unknown
  }

  private static let fileKeys = ["files_created", "files_modified", "files_deleted"]

  private static let categories: [(ResultCategory, [String])] = [
    (.fileOperations, fileKeys),
    (.gitOperations, ["commits", "branches"]),
    (.testing, ["tests_run", "coverage"]),
    (.error, ["error", "error_type"]),
  ]

  private static func problemsOfNames(_ result: JSONObject, _ key: String, what: String) -> [String] {
    guard let value = result[key] else { return [] }
    guard let names = value.strings else { return ["\(key) is not an array of strings"] }
    return names.contains("") ? ["\(key) holds an empty string among its \(what)"] : []
  }

  private static func problemsOfCommits(_ result: JSONObject) -> [String] {
    let commits = result["commits"]?.strings ?? []
    let doubtful = commits.count { !$0.isEmpty && !isCommitID($0) }
    return doubtful == 0 ? [] : ["commits holds \(doubtful) that are no commit ids of 7 to 64 hexadecimal digits"]
  }

  private static func isCommitID(_ text: String) -> Bool {
    (7...64).contains(text.utf8.count) && text.utf8.allSatisfy { ByteSet.hexadecimal.contains($0) }
  }

  private static func problemsOfTests(_ result: JSONObject) -> [String] {
    var problems: [String] = []
    for key in ["tests_run", "tests_passed", "tests_failed"] where result[key] != nil {
      guard let count = result.number(key), count >= 0, count == count.rounded() else {
        problems.append("\(key) is not a whole number from 0 on")
        continue
      }
      if let run = result.number("tests_run"), count > run { problems.append("\(key) is greater than tests_run") }
    }
    if result["coverage"] != nil, !(result.number("coverage").map { (0...100).contains($0) } ?? false) {
      problems.append("coverage is not a number from 0 to 100")
    }
    return problems
  }

  private static func problemsOfError(_ result: JSONObject, ending: Ending) -> [String] {
    guard ending == .completed else { return [] }
    return ["error", "error_type"].filter { key in
      switch result[key] {
      case nil, .null?, .string("")?: false
      default: true
      }
    }.map { "\($0) in the result of a completed task" }
  }
}

extension JSONValue {
  /// The elements of an array of strings; nil for anything else.
  fileprivate var strings: [String]? {
    guard case .array(let elements) = self else { return nil }
    var strings: [String] = []
    for element in elements {
      guard case .string(let text) = element else { return nil }
      strings.append(text)
    }
    return strings
  }
}
