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
      guard let value = PartDone.value(Array(next.utf8)[...]) else { throw Self.refusal(next) }
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

  private static func looksLikeNumber(_ text: String) -> Bool { PartDone.looksLikeNumber(Array(text.utf8)[...]) }
}
