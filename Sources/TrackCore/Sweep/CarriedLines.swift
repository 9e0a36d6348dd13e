/// The starts and endings that must not go with the files they stand in.
///
/// An execution may be pruned when it is over and nothing else tells of it: its start and its ending stand in the files that
/// go, no line of it in one that stays, and nobody will end it any more. What is there of any other is appended to the
/// journal anew before the files go, as it stands; a line twice is harmless, its event has one id.
struct CarriedLines {
  /// What the files that go hold of an execution.
  private struct Marks: OptionSet {
    let rawValue: UInt8

    static let start = Marks(rawValue: 1)
    static let ending = Marks(rawValue: 2)
    static let abandonment = Marks(rawValue: 4)
    /// A file that stays holds a line of it.
    static let elsewhere = Marks(rawValue: 8)
  }

  /// By the hash of the execution's id: there may be millions of them.
  private var marks: [Int: Marks] = [:]
  /// The hashes of lines in files that stay, of the executions in question.
  private var kept: Set<Int> = []
  private let going: [String]

  /// Looks through the `events` files that are to go and those that stay.
  init(going: [String], staying: [String]) throws(SystemError) {
    self.going = going
    for path in going {
      try Self.read(path) { line, kind in marks[line.execution, default: []].insert(kind) }
    }
    guard !marks.isEmpty else { return }
    for path in staying {
      try Self.read(path) { line, _ in
        guard let known = marks[line.execution] else { return }
        marks[line.execution] = known.union(.elsewhere)
        kept.insert(line.hash)
      }
    }
  }

  /// Calls `take` with each line that is to be carried.
  /// - Parameter mayEnd: whether an execution that was given up may still be ended late.
  func forEach(
    mayEnd: (ExecutionID) -> Bool, _ take: ([UInt8]) throws(JournalError) -> Void
  ) throws(JournalError) {
    var carried: Set<Int> = []
    for path in going {
      var lines: [[UInt8]] = []
      do throws(SystemError) {
        try Self.read(path) { line, _ in
          guard let marks = marks[line.execution], isCarried(marks, line, mayEnd), !kept.contains(line.hash),
            carried.insert(line.hash).inserted
          else { return }
          lines.append(Array(line.bytes))
        }
      } catch {
        throw .fileSystem(verb: "read", path: path, error)
      }
      for line in lines { try take(line + [UInt8(ascii: "\n")]) }
    }
  }

  private func isCarried(_ marks: Marks, _ line: HistoryLine, _ mayEnd: (ExecutionID) -> Bool) -> Bool {
    if marks.contains(.elsewhere) { return true }
    guard marks.contains(.start), !marks.contains(.ending) else { return false }
    guard marks.contains(.abandonment) else { return true }
    return (try? ExecutionID(line.id)).map(mayEnd) ?? false
  }

  /// A start or an ending.
  private struct HistoryLine {
    let bytes: ArraySlice<UInt8>
    let id: String
    let execution: Int
    var hash: Int { CarriedLines.hash(bytes) }
  }

  private static func read(_ path: String, _ take: (HistoryLine, Marks) -> Void) throws(SystemError) {
    let wanted = Array("task.execution.".utf8)
    var reader = try LineReader(path: path)
    while let line = try reader.next() {
      guard line.isTerminated, line.bytes.contains(wanted, in: line.range),
        let record = try? EventRecord(line: line.bytes, in: line.range), let id = record.execution,
        let kind = marks(of: record.type)
      else { continue }
      take(HistoryLine(bytes: line.bytes[line.range], id: id, execution: hash(Array(id.utf8)[...])), kind)
    }
  }

  private static func marks(of type: String?) -> Marks? {
    switch type {
    case EventType.started: .start
    case EventType.completed: .ending
    case EventType.abandoned: .abandonment
    default: nil
    }
  }

  private static func hash(_ bytes: ArraySlice<UInt8>) -> Int {
    var hasher = Hasher()
    unsafe bytes.withUnsafeBytes { unsafe hasher.combine(bytes: $0) }
    return hasher.finalize()
  }
}
