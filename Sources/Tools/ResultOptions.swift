import ArgumentParser
import TrackCore

/// What came of the work.
struct ResultOptions: ParsableArguments {
  @Option(help: ArgumentHelp("The result as a JSON object, @file or - for standard input.", valueName: "json"))
  var result: String?
  @Option(help: ArgumentHelp("A file that was created; may be repeated.", valueName: "path"), completion: .file())
  var fileCreated: [String] = []
  @Option(help: ArgumentHelp("A file that was modified; may be repeated.", valueName: "path"), completion: .file())
  var fileModified: [String] = []
  @Option(help: ArgumentHelp("A file that was deleted; may be repeated.", valueName: "path"), completion: .file())
  var fileDeleted: [String] = []
  @Option(help: ArgumentHelp("A commit that was made; may be repeated.", valueName: "sha")) var commit: [String] = []
  @Option(help: ArgumentHelp("A branch that was made; may be repeated.", valueName: "name")) var branch: [String] = []
  @Option(help: ArgumentHelp("How many tests were run.", valueName: "number")) var testsRun: String?
  @Option(help: ArgumentHelp("Test coverage in percent.", valueName: "number")) var coverage: String?
  @Option(
    help: ArgumentHelp("A key of the result: k=v, k:=JSON or k[]=v; may be repeated.", valueName: "key=value"))
  var set: [String] = []

  /// The longest result that is read.
  private static let maximumLength = 1 << 20

  /// The result; nil when nothing was said.
  func object() throws -> JSONObject? {
    var object = try result.map { try parse($0) } ?? JSONObject()
    let lists = [
      ("files_created", fileCreated), ("files_modified", fileModified), ("files_deleted", fileDeleted),
      ("commits", commit), ("branches", branch),
    ]
    for (key, values) in lists where !values.isEmpty { object.append(values, to: key) }
    if let testsRun { object["tests_run"] = try number(testsRun, of: "--tests-run") }
    if let coverage { object["coverage"] = try number(coverage, of: "--coverage") }
    object = try resultObject(set, into: object, option: "--set")
    return object.isEmpty && result == nil ? nil : object
  }

  private func parse(_ argument: String) throws -> JSONObject {
    let bytes: [UInt8]
    do throws(SystemError) {
      if argument == "-" {
        bytes = try ThisProcess.standardInput(maximum: Self.maximumLength)
      } else if argument.utf8.first == UInt8(ascii: "@") {
        bytes = try Path.contents(of: String(argument.unicodeScalars.dropFirst()), maximum: Self.maximumLength)
      } else {
        bytes = Array(argument.utf8)
      }
    } catch {
      let reason = error.isTooLarge ? "larger than 1 MiB" : error.message
      throw ToolError.badData("read", "--result \(argument == "-" ? "-" : excerpt(argument))", reason)
    }
    guard bytes.count <= Self.maximumLength else { throw ToolError.badData("read", "--result", "larger than 1 MiB") }
    do { return try JSONParser.object(bytes, maximumDepth: JSONObject.maximumDepth) } catch {
      throw ToolError.badData("read", "--result", "\(error.problem) (byte \(error.offset))")
    }
  }

  private func number(_ text: String, of option: String) throws -> JSONValue {
    guard let value = try? JSONParser.value(Array(text.utf8)), case .number = value else {
      throw ToolError.badData("read", option, "expected a number, found '\(excerpt(text))'")
    }
    return value
  }
}

/// What `k=v` arguments say, besides `base`.
func resultObject(_ arguments: [String], into base: JSONObject = [:], option: String) throws -> JSONObject {
  do { return try ResultArgument.result(of: arguments, into: base) } catch {
    throw ToolError.badData("read", option, "\(error)")
  }
}

extension JSONObject {
  /// Appends texts to the array under `key`, whatever one value stood there before.
  fileprivate mutating func append(_ values: [String], to key: String) {
    var elements: [JSONValue] = []
    switch self[key] {
    case .array(let present)?: elements = present
    case let value?: elements = [value]
    case nil: break
    }
    self[key] = .array(elements + values.map { .string($0) })
  }
}
