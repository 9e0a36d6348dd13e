/// The lines that must not go with the files they stand in.
///
/// An execution may be pruned when it is over and no file that stays tells of it. Of any other everything that there is, in
/// files that stay, too, is appended to the journal anew before the files go, as it stands: its start, its endings, and while
/// it is open the report of the owner that joined. So it stands in one file from then on and goes with that one; were its
/// start carried alone, behind its ending, each would be carried for the other's sake for ever. A line twice is harmless, its
/// event has one id.
struct CarriedLines {
  /// What a line tells of an execution, in the order in which lines are carried.
  fileprivate struct Marks: OptionSet {
    let rawValue: UInt8

    static let start = Marks(rawValue: 1)
    static let owner = Marks(rawValue: 2)
    static let abandonment = Marks(rawValue: 4)
    static let ending = Marks(rawValue: 8)

    /// The marks of the lines that are carried: of those that are over nobody needs to know who owned them.
    var carried: Marks {
      contains(.start) && isDisjoint(with: [.abandonment, .ending])
        ? [.start, .owner] : [.start, .abandonment, .ending]
    }
  }

  /// A line in a file that stays.
  private struct Standing: Hashable {
    let file: Int
    let line: Int
    let mark: UInt8
  }

  private let going: [String]
  private let staying: [String]
  /// What all files tell of the executions in those that go, by the hash of the id: there may be millions of them.
  private var marks: [Int: Marks] = [:]
  /// Where files that stay tell of the same executions, which a rotation has cut.
  private var standing: [Int: Set<Standing>] = [:]

  /// Looks through the files of `events`: those that are to go, those that stay, and the one that is written to, if any.
  ///
  /// What stays and is damaged tells as much as can be read of it, and keeps nothing from going.
  init(going: [String], staying: [String], current: String?) throws(SystemError) {
    (self.going, self.staying) = (going, staying)
    for path in going {
      try LifeLine.read(path) { line in marks[line.execution, default: []].insert(line.mark) }
    }
    guard !marks.isEmpty else { return }
    for (file, path) in staying.enumerated() { try LifeLine.readDamaged(path) { stand($0, file) } }
    if let current { try LifeLine.read(current) { stand($0, staying.count) } }
  }

  private mutating func stand(_ line: LifeLine, _ file: Int) {
    guard let known = marks[line.execution] else { return }
    marks[line.execution] = known.union(line.mark)
    standing[line.execution, default: []].insert(Standing(file: file, line: line.hash, mark: line.mark.rawValue))
  }

  /// Calls `take` with all that is to be carried of an execution, each in turn; it must come to stand in one file.
  /// - Parameter mayEnd: whether an execution that was given up may still be ended late.
  func forEach(
    mayEnd: (ExecutionID) -> Bool, _ take: ([UInt8]) throws(JournalError) -> Void
  ) throws(JournalError) {
    let found: [[LifeLine]]
    do throws(SystemError) { found = try lines(of: carried(mayEnd)) } catch {
      throw .fileSystem(verb: "read", path: going.first ?? "", error)
    }
    for lines in found {
      let ordered = lines.sorted { $0.mark.rawValue < $1.mark.rawValue }
      try take(ordered.flatMap { $0.bytes + [UInt8(ascii: "\n")] })
    }
  }

  /// The executions that may still be ended or that a file which stays tells of, but for those that one such file tells all of.
  private func carried(_ mayEnd: (ExecutionID) -> Bool) throws(SystemError) -> Set<Int> {
    var lines: [Int: Set<Int>] = [:]
    for path in going {
      try LifeLine.read(path) { line in
        guard let marks = marks[line.execution], marks.carried.contains(line.mark) else { return }
        if !cut(line.execution).isEmpty || line.isOpen(marks, mayEnd) {
          lines[line.execution, default: []].insert(line.hash)
        }
      }
    }
    return Set(lines.lazy.filter { !isWhole($0.value, of: $0.key) }.map(\.key))
  }

  /// The lines of an execution in files that stay, but for those that nobody needs.
  private func cut(_ execution: Int) -> Set<Standing> {
    guard let known = standing[execution], let wanted = marks[execution]?.carried else { return [] }
    return known.filter { wanted.contains(Marks(rawValue: $0.mark)) }
  }

  /// Whether one file that stays holds `lines` of an execution and what the others hold of it.
  private func isWhole(_ lines: Set<Int>, of execution: Int) -> Bool {
    let known = cut(execution)
    let all = lines.union(known.lazy.map(\.line))
    let files = Dictionary(grouping: known, by: \.file)
    return files.values.contains { all.isSubset(of: $0.lazy.map(\.line)) }
  }

  /// What is known of executions and does not stand in the file that is written to, execution by execution.
  private func lines(of executions: Set<Int>) throws(SystemError) -> [[LifeLine]] {
    guard !executions.isEmpty else { return [] }
    var found: [[LifeLine]] = []
    var places: [Int: Int] = [:]
    let elsewhere = executions.flatMap { cut($0) }
    // The file that is written to comes behind those that stay.
    var known = Set(elsewhere.lazy.filter { $0.file == staying.count }.map(\.line))
    func take(_ line: LifeLine) {
      guard executions.contains(line.execution), marks[line.execution]?.carried.contains(line.mark) ?? false,
        known.insert(line.hash).inserted
      else { return }
      let place = places[line.execution] ?? found.count
      if place == found.count { found.append([]) }
      places[line.execution] = place
      found[place].append(line.copy)
    }
    for path in going { try LifeLine.read(path, take) }
    if !elsewhere.isEmpty { for path in staying { try LifeLine.readDamaged(path, take) } }
    return found
  }
}

/// A line of `events` that tells how an execution began or ended, or who came to own it.
private struct LifeLine {
  let bytes: ArraySlice<UInt8>
  let mark: CarriedLines.Marks
  /// The hash of the execution's id.
  let execution: Int

  /// The hash of the line.
  var hash: Int { HistoryLine.hash(bytes) }

  /// The line without its reader's buffer.
  var copy: LifeLine { LifeLine(bytes: Array(bytes)[...], mark: mark, execution: execution) }

  /// Calls `take` with each such line of a file.
  static func read(_ path: String, _ take: (LifeLine) -> Void) throws(SystemError) {
    var reader = try LineReader(path: path)
    while let line = try reader.next() {
      guard let told = HistoryLine(line), let mark = mark(told, line) else { continue }
      take(LifeLine(bytes: line.bytes[line.range], mark: mark, execution: told.execution))
    }
  }

  /// The same of a file that may be damaged for good: as much as can be read of it.
  static func readDamaged(_ path: String, _ take: (LifeLine) -> Void) throws(SystemError) {
    do throws(SystemError) { try read(path, take) } catch { guard error.isLasting else { throw error } }
  }

  private static func mark(_ told: HistoryLine, _ line: LineReader.Line) -> CarriedLines.Marks? {
    switch told.kind {
    case .started: .start
    case .completed: .ending
    case .abandoned: .abandonment
    case .reported: nil
    case .joined: (try? EventRecord(line: line.bytes, in: line.range))?.joinedOwner == nil ? nil : .owner
    }
  }

  /// Whether somebody may still end the execution that all files tell `marks` of.
  func isOpen(_ marks: CarriedLines.Marks, _ mayEnd: (ExecutionID) -> Bool) -> Bool {
    guard marks.contains(.start), !marks.contains(.ending) else { return false }
    guard marks.contains(.abandonment) else { return true }
    let id = (try? EventRecord(line: Array(bytes)))?.execution
    return id.flatMap { try? ExecutionID($0) }.map(mayEnd) ?? false
  }
}
