/// An argument that says one thing about a result.
///
/// `key=value` sets a member: a value that JSON reads as a number, true, false or null is that, any other is a string.
/// `key:=JSON` sets a member to any JSON. `key[]=value` and `key[]:=JSON` append to an array.
package struct ResultArgument: Hashable, Sendable {
  /// The member.
  package let key: String
  /// Its value, or what is appended to it.
  package let value: JSONValue
  /// Whether the value is appended.
  package let appends: Bool

  /// The longest key, in bytes.
  static let maximumKeyLength = 128

  /// Reads an argument as it was written.
  package init(_ text: String) throws(InvalidResultArgument) {
    // By scalars: a combining character at the beginning of the value belongs to the value, not to the separator.
    let scalars = text.unicodeScalars
    guard let equals = scalars.firstIndex(of: "=") else {
      throw InvalidResultArgument(key: "", problem: "expected key=value, key:=JSON or key[]=value")
    }
    var key = Substring(scalars[..<equals])
    let written = Substring(scalars[scalars.index(after: equals)...])
    if key.utf8.last == UInt8(ascii: ":") {
      key = Substring(key.unicodeScalars.dropLast())
      value = try Self.json(written, of: key)
    } else {
      value = Self.value(written)
    }
    appends = key.utf8.suffix(2).elementsEqual("[]".utf8)
    if appends { key = Substring(key.unicodeScalars.dropLast(2)) }
    guard !key.isEmpty, key.utf8.count <= Self.maximumKeyLength else {
      throw InvalidResultArgument(
        key: String(key), problem: "the key is not 1 to \(Self.maximumKeyLength) bytes long")
    }
    self.key = String(key)
  }

  /// Adds what the argument says to `result`; of two values of a key the later one stays.
  package func fold(into result: inout JSONObject) throws(InvalidResultArgument) {
    guard appends else {
      result[key] = value
      return
    }
    switch result[key] {
    case nil: result[key] = .array([value])
    case .array(let elements)?: result[key] = .array(elements + [value])
    default: throw InvalidResultArgument(key: key, problem: "the value so far is no array")
    }
  }

  /// Makes a result of arguments, in their order.
  package static func result(
    of arguments: [String], into base: JSONObject = JSONObject()
  ) throws(InvalidResultArgument) -> JSONObject {
    var result = base
    for argument in arguments { try ResultArgument(argument).fold(into: &result) }
    return result
  }

  private static func value(_ text: Substring) -> JSONValue {
    do throws(JSONError) {
      // JSON allows space around a value; whoever writes some here means a string.
      let value = try JSONParser.value(Array(text.utf8), maximumDepth: 0)
      switch value {
      case .number(let number) where number.text.utf8.count == text.utf8.count: return value
      case .bool(let isTrue) where text == (isTrue ? "true" : "false"): return value
      case .null where text == "null": return value
      default: return .string(String(text))
      }
    } catch {
      return .string(String(text))
    }
  }

  private static func json(_ text: Substring, of key: Substring) throws(InvalidResultArgument) -> JSONValue {
    do throws(JSONError) {
      return try JSONParser.value(Array(text.utf8), maximumDepth: JSONObject.maximumDepth)
    } catch {
      throw InvalidResultArgument(key: String(key), problem: "bad JSON at byte \(error.offset): \(error.problem)")
    }
  }
}

/// An argument that says nothing about a result.
///
/// Its value is not repeated, as it may be a secret.
package struct InvalidResultArgument: Error, Hashable, Sendable, CustomStringConvertible {
  /// The key; empty when there is none.
  package let key: String
  /// What is wrong with the argument.
  package let problem: String

  /// One line for a person.
  package var description: String { key.isEmpty ? problem : "'\(excerpt(key))': \(problem)" }
}
