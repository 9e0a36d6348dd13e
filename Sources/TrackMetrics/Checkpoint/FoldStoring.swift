import TrackCore

// The parts of a fold, in the order in which a checkpoint holds them.

extension Fold {
  /// Writes everything that lines have made of the fold.
  func store(_ writer: inout CheckpointWriter) throws(SystemError) {
    try writer.array([repeats, held.count, window.hasForgotten ? 1 : 0])
    try writer.array(pages.pages)
    for names in [
      names.droids, names.tasks, names.reasons, names.errors, names.categories, names.problems, names.reportKinds,
      names.types,
    ] {
      try writer.array(names.bytes)
      try writer.array(names.ends)
    }
    try writer.array(window.young.slots)
    try writer.array(window.old.slots)
    try writer.array(held.first.map(\.file))
    try writer.array(held.first.map(\.line))
    for problem in held.first { try writer.text(problem.reason) }
    try counts.store(&writer)
    try table.store(&writer)
  }

  /// Takes over what `store` wrote.
  mutating func restore(_ file: inout CheckpointFile) throws(CheckpointFile.Damage) {
    let numbers = try file.array(Int.self)
    guard numbers.count == 3 else { throw CheckpointFile.Damage() }
    repeats = numbers[0]
    pages = LinePages(try file.array())
    names.droids = try NameTable(&file)
    names.tasks = try NameTable(&file)
    names.reasons = try NameTable(&file)
    names.errors = try NameTable(&file)
    names.categories = try NameTable(&file)
    names.problems = try NameTable(&file)
    names.reportKinds = try NameTable(&file)
    names.types = try NameTable(&file)
    guard let young = RepeatWindow.Generation(slots: try file.array()),
      let old = RepeatWindow.Generation(slots: try file.array())
    else { throw CheckpointFile.Damage() }
    window = RepeatWindow(limit: window.limit, young: young, old: old, hasForgotten: numbers[2] == 1)
    let (files, lines) = (try file.array(Int.self), try file.array(Int.self))
    guard files.count == lines.count, files.allSatisfy({ sources.indices.contains($0) }) else {
      throw CheckpointFile.Damage()
    }
    var first: [HeldProblems.Problem] = []
    for place in files.indices {
      first.append(HeldProblems.Problem(file: files[place], line: lines[place], reason: try file.text()))
    }
    held = HeldProblems(count: numbers[1], first: first)
    try counts.restore(&file)
    table = try ExecutionTable(&file)
  }
}

extension NameTable {
  fileprivate init(_ file: inout CheckpointFile) throws(CheckpointFile.Damage) {
    guard let table = NameTable(bytes: try file.array(), ends: try file.array()) else { throw CheckpointFile.Damage() }
    self = table
  }
}

extension FoldCounts {
  fileprivate func store(_ writer: inout CheckpointWriter) throws(SystemError) {
    let hours = allHours
    try writer.array(kinds)
    try writer.array(types)
    try writer.array(reportKinds)
    try writer.array([first, last, lastMetrics])
    try writer.array(Array(hours.keys))
    try writer.array(Array(hours.values))
    try writer.array(
      droids.flatMap {
        [Int64($0.selfReports), Int64($0.auditNotes), $0.lastSeen, $0.isKnown ? 1 : 0, $0.resources == nil ? 0 : 1]
      })
    for resources in droids.compactMap(\.resources) {
      for kind in ResourceNotes.Kind.allCases { try store(resources[kind], &writer) }
    }
  }

  private func store(
    _ figures: ResourceNotes.Figures, _ writer: inout CheckpointWriter
  ) throws(SystemError) {
    try writer.array(figures.distribution.storedValues)
    try writer.array(figures.distribution.storedSketch)
    try writer.array(figures.peaks.map(\.value))
    try writer.array(figures.peaks.map { $0.time?.microseconds ?? ScannedLine.absentTime })
    for peak in figures.peaks { try writer.text(peak.execution.map { "=\($0)" } ?? "") }
  }

  fileprivate mutating func restore(_ file: inout CheckpointFile) throws(CheckpointFile.Damage) {
    kinds = try file.array()
    types = try file.array()
    reportKinds = try file.array()
    let times = try file.array(Int64.self)
    let (hours, hourCounts) = (try file.array(Int64.self), try file.array(Int.self))
    let facts = try file.array(Int64.self)
    guard kinds.count == 16, times.count == 3, hours.count == hourCounts.count, facts.count % 5 == 0 else {
      throw CheckpointFile.Damage()
    }
    (first, last, lastMetrics) = (times[0], times[1], times[2])
    allHours = Dictionary(zip(hours, hourCounts)) { $0 + $1 }
    droids = []
    for place in stride(from: 0, to: facts.count, by: 5) {
      var droid = DroidFacts()
      (droid.selfReports, droid.auditNotes) = (Int(facts[place]), Int(facts[place + 1]))
      (droid.lastSeen, droid.isKnown) = (facts[place + 2], facts[place + 3] == 1)
      if facts[place + 4] == 1 { droid.resources = ResourceNotes() }
      droids.append(droid)
    }
    for place in droids.indices where droids[place].resources != nil {
      for kind in ResourceNotes.Kind.allCases {
        let (distribution, peaks) = try restoreFigures(&file)
        droids[place].resources?.set(kind, distribution, peaks)
      }
    }
  }

  private func restoreFigures(
    _ file: inout CheckpointFile
  ) throws(CheckpointFile.Damage) -> (Distribution, [ResourceNotes.Peak]) {
    guard
      let distribution = Distribution(
        limit: ResourceNotes.exactLimit, storedValues: try file.array(), storedSketch: try file.array())
    else { throw CheckpointFile.Damage() }
    let (values, times) = (try file.array(Double.self), try file.array(Int64.self))
    guard values.count == times.count else { throw CheckpointFile.Damage() }
    var peaks: [ResourceNotes.Peak] = []
    for place in values.indices {
      let execution = try file.text()
      peaks.append(
        ResourceNotes.Peak(
          value: values[place], time: Timestamp(known: times[place]),
          execution: execution.isEmpty ? nil : String(execution.dropFirst())))
    }
    return (distribution, peaks)
  }
}

extension ExecutionTable {
  fileprivate func store(_ writer: inout CheckpointWriter) throws(SystemError) {
    try writer.number(segments.count)
    for segment in segments { try writer.array(segment) }
    try writer.array(foreignIDs.bytes)
    try writer.array(foreignIDs.ends)
    try writer.array(problems.map { [$0.key, $0.value.value] }.flatMap(\.self))
    try writer.array(apart.map { StoredCount(row: $0.key, count: UInt32($0.value.count)) })
    try writer.array(apart.values.flatMap(\.self).map { StoredNote($0) })
  }

  fileprivate init(_ file: inout CheckpointFile) throws(CheckpointFile.Damage) {
    let count = try file.number()
    var segments: [ContiguousArray<ExecutionRow>] = []
    for _ in 0..<max(0, count) { segments.append(try file.contiguous()) }
    let foreign = try NameTable(&file)
    let found = try file.array(UInt32.self)
    var problems: [UInt32: NameTable.Index] = [:]
    for place in stride(from: 0, to: found.count - 1, by: 2) {
      problems[found[place]] = NameTable.Index(value: found[place + 1])
    }
    let (counts, notes) = (try file.array(StoredCount.self), try file.array(StoredNote.self))
    var apart: [UInt32: [ApartNote]] = [:]
    var place = 0
    for stored in counts {
      guard place + Int(stored.count) <= notes.count else { throw CheckpointFile.Damage() }
      apart[stored.row] = notes[place..<place + Int(stored.count)].map(\.note)
      place += Int(stored.count)
    }
    guard let table = ExecutionTable(segments: segments, apart: apart, problems: problems, foreignIDs: foreign) else {
      throw CheckpointFile.Damage()
    }
    self = table
  }
}

/// How many notes of a row stand apart.
private struct StoredCount: BitwiseCopyable {
  let row: UInt32
  let count: UInt32
}

/// A note that stands apart, as numbers.
private struct StoredNote: BitwiseCopyable {
  let time: Int64
  let value: Double
  let reference: UInt64
  let names: SIMD4<UInt32>
  let kind: Int64
  /// Whether it is late, and whether it is a session's, a bit each.
  let marks: Int64

  init(_ note: ApartNote) {
    time = note.time
    value = note.value
    reference = note.reference.value
    names = SIMD4(note.droid.value, note.task.value, note.reason.value, note.error.value)
    kind = note.kind.map { Int64($0.rawValue) } ?? -1
    marks = (note.isLate ? 1 : 0) | (note.isSession ? 2 : 0)
  }

  var note: ApartNote {
    ApartNote(
      time: time, value: value, reference: LineReference(value: reference), droid: NameTable.Index(value: names.x),
      task: NameTable.Index(value: names.y), reason: NameTable.Index(value: names.z),
      error: NameTable.Index(value: names.w), kind: EndingKind(rawValue: Int(kind)), isLate: marks & 1 != 0,
      isSession: marks & 2 != 0)
  }
}
