import TrackCore

/// The operands of task-progress told apart: `[TASK] [FRACTION] [MESSAGE]`.
///
/// The first is always the task, for tasks look like numbers. What follows is a fraction when it looks like one, else
/// the message.
struct ProgressOperands {
  let task: String?
  let fraction: Double?
  let message: String?

  init(_ operands: [String]) throws {
    var rest = operands[...]
    task = rest.popFirst()
    if let next = rest.first, Self.looksLikeNumber(next) {
      guard let value = Self.fraction(next) else { throw Self.refusal(next) }
      fraction = value
      rest.removeFirst()
    } else {
      fraction = nil
    }
    message = rest.popFirst()
    guard rest.isEmpty else {
      throw ToolError.usage(
        "cannot take \(operands.count) operands: expected task, fraction, message (quote the message)")
    }
  }

  /// The error to tell when an argument that no option answers to is a negative fraction.
  static func negativeFraction(in arguments: [String]) -> ToolError? {
    arguments.prefix { $0 != "--" }.first { $0.hasPrefix("-") && looksLikeNumber($0) }.map(refusal)
  }

  private static func refusal(_ text: String) -> ToolError {
    ToolError.badData(
      "read", "progress '\(excerpt(text))'", "expected a part from 0 to 1, such as 0.5, 50% or 3/10")
  }

  private static func looksLikeNumber(_ text: String) -> Bool {
    if ["nan", "inf", "infinity"].contains(String(text.drop { $0 == "-" || $0 == "+" }).lowercased()) { return true }
    return text.utf8.contains { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
      && text.allSatisfy { "0123456789.,+-/%eE".contains($0) }
  }

  private static func fraction(_ text: String) -> Double? {
    let value: Double?
    if text.hasSuffix("%") {
      value = number(text.dropLast()).map { $0 / 100 }
    } else if let slash = text.firstIndex(of: "/") {
      let whole = number(text[text.index(after: slash)...]) ?? 0
      value = whole > 0 ? number(text[..<slash]).map { $0 / whole } : nil
    } else {
      value = number(Substring(text))
    }
    return value.flatMap { (0...1).contains($0) ? $0 : nil }
  }

  private static func number(_ text: Substring) -> Double? { Double(text).flatMap { $0.isFinite ? $0 : nil } }
}
