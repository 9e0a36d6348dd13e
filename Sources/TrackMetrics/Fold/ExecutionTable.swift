import TrackCore

/// A row for every execution id, and what finds it.
///
/// Rows stand in segments, so that growing never copies them; 64 bytes a row and four to eleven for the index are all
/// that an execution costs. Ids of ours are found by an open hash table of four-byte slots: a row's number fits in as
/// many bits as the table has slots, and the bits above it hold part of the hash.
struct ExecutionTable: Sendable {
  static let segmentShift = 12
  static let segmentCount = 1 << segmentShift

  /// The rows, `segmentCount` in each segment but the last.
  private(set) var segments: [ContiguousArray<ExecutionRow>] = []
  private(set) var count = 0
  /// The starts and endings of rows that hold them apart.
  private(set) var apart: [UInt32: [ApartNote]] = [:]
  /// What validations found wrong, an index among the problems, by row.
  private(set) var problems: [UInt32: NameTable.Index] = [:]
  /// Ids that are not of our form.
  private(set) var foreignIDs = NameTable()
  /// The row of each foreign id.
  private(set) var foreignRows: [UInt32] = []
  private var slots: [UInt32] = []

  private static let empty = UInt32.max

  init() {}

  subscript(row: Int) -> ExecutionRow {
    @inline(__always) get { segments[row &>> Self.segmentShift][row & (Self.segmentCount &- 1)] }
    @inline(__always) set { segments[row &>> Self.segmentShift][row & (Self.segmentCount &- 1)] = newValue }
  }

  /// The row of an id of ours, made when it is new.
  /// - Parameters:
  ///   - task: the task in the id, `length` bytes.
  ///   - tasks: takes in the task of a new row.
  @inline(__always)
  mutating func row(epoch: UInt32, random: UInt32, task: Cursor, _ length: Int, _ tasks: inout NameTable) -> Int {
    if count &* 4 >= slots.count &* 3 { rehash() }
    let mask = UInt32(truncatingIfNeeded: slots.count &- 1)
    let code = Self.code(epoch, random)
    let tag = UInt32(truncatingIfNeeded: code &>> 32) & ~mask
    var slot = UInt32(truncatingIfNeeded: code) & mask
    while true {
      let found = slots[Int(slot)]
      if found == Self.empty { break }
      if found & ~mask == tag {
        let row = Int(found & mask)
        let known = self[row]
        if known.idLow == random, known.idHigh == epoch, tasks.equals(known.task, task, length) { return row }
      }
      slot = (slot &+ 1) & mask
    }
    slots[Int(slot)] = tag | UInt32(truncatingIfNeeded: count)
    var row = ExecutionRow()
    row.set(.ownID)
    row.idHigh = epoch
    row.idLow = random
    row.task = tasks.intern(task, length)
    return append(row)
  }

  /// What stands where the search for an id of ours begins.
  @inline(__always) func first(_ epoch: UInt32, _ random: UInt32) -> UInt32 {
    slots.isEmpty ? 0 : slots[Int(truncatingIfNeeded: Self.code(epoch, random)) & (slots.count &- 1)]
  }

  /// The row of an id that is not of our form, made when it is new.
  mutating func row(foreign id: Cursor, _ length: Int) -> Int {
    let index = foreignIDs.intern(id, length)
    if index.value < foreignRows.count { return Int(foreignRows[Int(index.value)]) }
    foreignRows.append(UInt32(truncatingIfNeeded: count))
    var row = ExecutionRow()
    row.idHigh = index.value
    return append(row)
  }

  private mutating func append(_ row: ExecutionRow) -> Int {
    if count & (Self.segmentCount - 1) == 0 {
      var segment = ContiguousArray<ExecutionRow>()
      segment.reserveCapacity(Self.segmentCount)
      segments.append(segment)
    }
    segments[count >> Self.segmentShift].append(row)
    count += 1
    return count - 1
  }

  @inline(__always) private static func code(_ epoch: UInt32, _ random: UInt32) -> UInt64 {
    mixed(UInt64(epoch) << 32 | UInt64(random), 0x9e37_79b9_7f4a_7c15)
  }

  private mutating func rehash() {
    var capacity = max(1_024, slots.count * 2)
    while count * 4 >= capacity * 3 { capacity *= 2 }
    let mask = UInt32(truncatingIfNeeded: capacity - 1)
    slots = []
    slots = Array(repeating: Self.empty, count: capacity)
    for place in 0..<count {
      let row = self[place]
      guard row.has(.ownID) else { continue }
      let code = Self.code(row.idHigh, row.idLow)
      var slot = UInt32(truncatingIfNeeded: code) & mask
      while slots[Int(slot)] != Self.empty { slot = (slot &+ 1) & mask }
      slots[Int(slot)] = UInt32(truncatingIfNeeded: code >> 32) & ~mask | UInt32(place)
    }
  }

  /// The id of a row, as written.
  func id(_ row: Int, tasks: NameTable) -> String {
    let known = self[row]
    guard known.has(.ownID) else { return foreignIDs[NameTable.Index(value: known.idHigh)] ?? "" }
    return "exec-\(known.idHigh)-\(tasks[known.task] ?? "")-\(hexadecimal(UInt64(known.idLow), digits: 8))"
  }

  // MARK: - Notes

  /// Takes in a start; false when it was known.
  mutating func addStart(_ note: ApartNote, to place: Int, _ names: FoldNames) -> Bool {
    var row = self[place]
    if !row.has(.apart) {
      if row.has(.start) {
        if row.holdsStart(note) { return false }
      } else if row.takeStart(note) {
        self[place] = row
        return true
      }
    }
    return join(note, to: place, names)
  }

  /// Takes in an ending; false when it was known.
  mutating func addEnding(_ note: ApartNote, to place: Int, _ names: FoldNames) -> Bool {
    var row = self[place]
    if !row.has(.apart) {
      if row.has(.ending) {
        if row.holdsEnding(note) { return false }
      } else if row.takeEnding(note) {
        self[place] = row
        return true
      }
    }
    return join(note, to: place, names)
  }

  /// The starts and endings of a row.
  func notes(_ place: Int) -> [ApartNote] {
    let row = self[place]
    return row.has(.apart) ? apart[UInt32(place)] ?? [] : row.notes
  }

  /// What the lines say of an execution id, with texts.
  func record(_ place: Int, _ names: FoldNames) -> ExecutionRecord {
    ExecutionRecord(notes(place), names)
  }

  /// Adds a note to a row that cannot hold it itself.
  private mutating func join(_ note: ApartNote, to place: Int, _ names: FoldNames) -> Bool {
    var notes = notes(place)
    var row = self[place]
    row.set(.apart)
    self[place] = row
    defer { apart[UInt32(place)] = notes }
    if let known = notes.firstIndex(where: { $0.isSame(as: note, names) }) {
      notes[known].join(note, names)
      return false
    }
    notes.append(note)
    return true
  }

  /// Takes in a report when it is the newest; true when it is as new as the one that is known, so that what they say
  /// must decide, and `replaceReport` may follow.
  @inline(__always)
  mutating func addReport(_ time: Int64, _ reference: LineReference, to place: Int) -> Bool {
    let known = self[place]
    guard time > known.reported else {
      return time == known.reported && !known.has(.ending) && !known.has(.apart)
    }
    var row = known
    row.reported = time
    if !row.has(.ending), !row.has(.apart) { row.reference = reference }
    self[place] = row
    return false
  }

  /// Takes another line for the newest report.
  mutating func replaceReport(_ reference: LineReference, of place: Int) {
    var row = self[place]
    row.reference = reference
    self[place] = row
  }

  /// Takes in what `task.result` says.
  mutating func addResult(success: Bool, to place: Int) {
    var row = self[place]
    row.set(success ? .resultTold : [.resultTold, .resultFailed])
    self[place] = row
  }

  /// Takes in a validation; of several the gravest word holds, as `ResultNote` has it.
  mutating func addValidation(
    category: NameTable.Index, problems found: NameTable.Index, to place: Int, _ names: FoldNames
  ) {
    var row = self[place]
    if row.category != .none {
      func validation(_ category: NameTable.Index, _ problems: NameTable.Index) -> ResultNote.Validation {
        ResultNote.Validation(category: names.categories[category] ?? "", problems: names.problems[problems] ?? "")
      }
      let known = validation(row.category, problems[UInt32(place)] ?? .none)
      guard known < validation(category, found) else { return }
    }
    row.category = category
    self[place] = row
    problems[UInt32(place)] = found == .none ? nil : found
  }
}

extension ExecutionTable {
  /// Takes over rows as another table held them; nil when they do not fit together.
  init?(
    segments: [ContiguousArray<ExecutionRow>], apart: [UInt32: [ApartNote]], problems: [UInt32: NameTable.Index],
    foreignIDs: NameTable
  ) {
    self.segments = segments
    self.apart = apart
    self.problems = problems
    self.foreignIDs = foreignIDs
    count = segments.reduce(0) { $0 + $1.count }
    guard segments.dropLast().allSatisfy({ $0.count == Self.segmentCount }) else { return nil }
    foreignRows = Array(repeating: 0, count: foreignIDs.count)
    for place in 0..<count where !self[place].has(.ownID) {
      let index = Int(self[place].idHigh)
      guard index < foreignRows.count else { return nil }
      foreignRows[index] = UInt32(place)
    }
    if count > 0 { rehash() }
  }
}
