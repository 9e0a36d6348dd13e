/// What an identifier names, and how long it may be.
public protocol IdentifierKind: Sendable {
  /// The words used for it in messages, such as "task id".
  static var noun: String { get }
  /// The longest accepted text, in bytes.
  static var maximumLength: Int { get }
}

/// A validated name that is safe in a file name, a log line and a terminal.
///
/// The text matches `[A-Za-z0-9][A-Za-z0-9._:@+-]*` and is at most `Kind.maximumLength` bytes long. Readers of old
/// logs take any string; only what we write is held to this.
///
/// `Kind` is constrained where it is used, not here: a constraint on the type would have the runtime search for the
/// conformance in every tool's start.
public struct Identifier<Kind>: Hashable, Sendable, CustomStringConvertible {
  /// The identifier as written.
  public let text: String

  /// Makes an identifier of text that was composed here and needs no check.
  init(trusted text: String) { self.text = text }

  /// The identifier as written.
  public var description: String { text }
}

extension Identifier where Kind: IdentifierKind {
  /// Validates `text`.
  /// - Throws: `InvalidIdentifier`, which says what is wrong without repeating hostile text in full.
  public init(_ text: String) throws(InvalidIdentifier) {
    let length = text.utf8.count
    guard length > 0 else { throw InvalidIdentifier(noun: Kind.noun, text: text, problem: "it is empty") }
    guard length <= Kind.maximumLength else {
      throw InvalidIdentifier(
        noun: Kind.noun, text: text, problem: "\(length) bytes, at most \(Kind.maximumLength) are allowed")
    }
    for (position, byte) in text.utf8.enumerated() {
      guard isIdentifierByte(byte, first: position == 0) else {
        throw InvalidIdentifier(
          noun: Kind.noun, text: text,
          problem: "expected letters, digits and ._:@+- beginning with a letter or digit")
      }
    }
    self.init(trusted: text)
  }
}

private func isIdentifierByte(_ byte: UInt8, first: Bool) -> Bool {
  switch byte {
  case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
    UInt8(ascii: "0")...UInt8(ascii: "9"):
    true
  case UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: ":"), UInt8(ascii: "@"), UInt8(ascii: "+"),
    UInt8(ascii: "-"):
    !first
  default:
    false
  }
}

/// A text that cannot be an identifier.
public struct InvalidIdentifier: Error, Hashable {
  /// What it was to name, such as "task id".
  public let noun: String
  /// The text that was refused.
  public let text: String
  /// What is wrong with it.
  public let problem: String
}

/// Names tasks.
public enum TaskKind: IdentifierKind {
  public static let noun = "task id"
  public static let maximumLength = 128
}

/// Names droids.
public enum DroidKind: IdentifierKind {
  public static let noun = "droid id"
  public static let maximumLength = 128
}

/// Names runs.
public enum RunKind: IdentifierKind {
  public static let noun = "run id"
  public static let maximumLength = 128
}

/// Names executions.
public enum ExecutionKind: IdentifierKind {
  public static let noun = "execution id"
  public static let maximumLength = 200
}

/// A unit of work from a task list, such as `1.1`.
public typealias TaskID = Identifier<TaskKind>
/// The agent that does a task.
public typealias DroidID = Identifier<DroidKind>
/// One orchestrator session; groups executions.
public typealias RunID = Identifier<RunKind>
/// One attempt of a task by a droid.
public typealias ExecutionID = Identifier<ExecutionKind>

extension Identifier where Kind == DroidKind {
  /// The droid of work whose droid is not known.
  public static var unknown: Self { Self(trusted: "unknown-droid") }
}

extension Identifier where Kind == ExecutionKind {
  /// Makes the id of a new execution: `exec-<epoch seconds>-<task>-<8 hex>`.
  ///
  /// The random part keeps two starts of one task in one second apart, whatever the clock does.
  package init(task: TaskID, startedAt: Timestamp, random: UInt32) {
    let seconds = startedAt.microseconds.floorDivided(by: 1_000_000)
    self.init(trusted: "exec-\(seconds)-\(task.text)-\(hexadecimal(UInt64(random), digits: 8))")
  }

  /// The second of the start in an id of our making; nil when it is of another form.
  var startedAt: Timestamp? {
    let parts = text.split(separator: "-", maxSplits: 2)
    guard parts.count == 3, let seconds = Int64(parts[1]), seconds < 1 << 40 else { return nil }
    return Timestamp(microseconds: seconds * 1_000_000)
  }

  /// Tells whether this may be the id of an execution of `task`: an id of another form than ours does not tell.
  func isOf(task: TaskID) -> Bool { taskText.map { $0 == task.text } ?? true }

  /// The task in an id of our making; nil when it is of another form.
  var taskText: String? {
    let parts = text.split(separator: "-", maxSplits: 2, omittingEmptySubsequences: false)
    guard parts.count == 3, parts[0] == "exec", let dash = parts[2].lastIndex(of: "-"),
      parts[2].utf8.count - parts[2].utf8.distance(from: parts[2].startIndex, to: dash) == 9
    else { return nil }
    return String(parts[2][..<dash])
  }
}

extension Identifier where Kind == RunKind {
  /// Makes the id of a new run: `r-YYYYMMDD-HHMM-<4 hex>`.
  init(startedAt: Timestamp, random: UInt32) {
    let time = startedAt.calendarFields
    let day = decimal(time.year, digits: 4) + decimal(time.month, digits: 2) + decimal(time.day, digits: 2)
    let minute = decimal(time.hour, digits: 2) + decimal(time.minute, digits: 2)
    self.init(trusted: "r-\(day)-\(minute)-\(hexadecimal(UInt64(random & 0xFFFF), digits: 4))")
  }
}
