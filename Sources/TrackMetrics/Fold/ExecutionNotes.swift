import TrackCore

// How a row holds a start and an ending, and how notes that stand apart become the record whose rules decide.

extension ExecutionRow {
  /// Whether the row holds exactly this start.
  func holdsStart(_ note: ApartNote) -> Bool {
    note.time == started && note.droid == (has(.startDroid) ? droid : .none)
      && note.task == (has(.startTask) ? task : .none)
      && (note.value.isNaN ? limit.isNaN : Double(limit) == note.value) && note.isSession == has(.session)
  }

  /// Whether the row holds exactly this ending.
  func holdsEnding(_ note: ApartNote) -> Bool {
    note.time == ended && note.kind == kind && note.droid == (has(.endingDroid) ? droid : .none)
      && note.task == (has(.endingTask) ? task : .none) && note.isLate == has(.late)
      && (note.value.isNaN ? duration.isNaN : duration == note.value)
      && word == (kind == .abandoned ? note.reason : note.error)
      && (kind != .abandoned || note.error == .none)
  }

  /// Takes in a first start; false when the row cannot hold it.
  mutating func takeStart(_ note: ApartNote) -> Bool {
    let short = Float(note.value)
    guard note.value.isNaN || Double(short) == note.value, admits(note) else { return false }
    started = note.time
    limit = short
    take(note)
    set(.start)
    if note.droid != .none { set(.startDroid) }
    if note.task != .none { set(.startTask) }
    if note.isSession { set(.session) }
    return true
  }

  /// Takes in a first ending; false when the row cannot hold it.
  mutating func takeEnding(_ note: ApartNote) -> Bool {
    guard let kind = note.kind, kind != .abandoned || note.error == .none, admits(note) else { return false }
    ended = note.time
    duration = note.value
    self.kind = kind
    word = kind == .abandoned ? note.reason : note.error
    reference = note.reference
    take(note)
    set(.ending)
    if note.isLate { set(.late) }
    if note.droid != .none { set(.endingDroid) }
    if note.task != .none { set(.endingTask) }
    return true
  }

  /// Whether the names of a note are those that the row has room for.
  private func admits(_ note: ApartNote) -> Bool {
    (note.droid == .none || droid == .none || note.droid == droid)
      && (note.task == .none || task == .none || note.task == task)
  }

  private mutating func take(_ note: ApartNote) {
    if note.droid != .none { droid = note.droid }
    if note.task != .none { task = note.task }
  }

  /// The start and the ending, as they would stand apart.
  var notes: [ApartNote] {
    var notes: [ApartNote] = []
    if has(.start) {
      notes.append(
        ApartNote(
          time: started, value: limit.isNaN ? .nan : Double(limit), reference: .none,
          droid: has(.startDroid) ? droid : .none, task: has(.startTask) ? task : .none, reason: .none, error: .none,
          kind: nil, isLate: false, isSession: has(.session)))
    }
    if has(.ending) {
      notes.append(
        ApartNote(
          time: ended, value: duration, reference: reference, droid: has(.endingDroid) ? droid : .none,
          task: has(.endingTask) ? task : .none, reason: kind == .abandoned ? word : .none,
          error: kind == .abandoned ? .none : word, kind: kind, isLate: has(.late)))
    }
    return notes
  }
}

extension ApartNote {
  /// Whether it is the same start or ending as another, by what `ExecutionRecord` tells them apart by.
  func isSame(as other: ApartNote, _ names: FoldNames) -> Bool {
    guard time == other.time, kind == other.kind else { return false }
    return kind != nil || (names.droids[droid] ?? "") == (names.droids[other.droid] ?? "")
  }

  /// Takes over what another word on the same start or ending says besides.
  mutating func join(_ other: ApartNote, _ names: FoldNames) {
    if value.isNaN || other.value < value { value = other.value }
    task = Self.lesser(task, other.task, names.tasks)
    isSession = isSession || other.isSession
    isLate = isLate || other.isLate
    guard kind != nil else { return }
    droid = Self.lesser(droid, other.droid, names.droids)
    reason = Self.lesser(reason, other.reason, names.reasons)
    let lesser = Self.lesser(error, other.error, names.errors)
    if lesser != error { reference = other.reference }
    error = lesser
  }

  /// The lesser of two names that are both known, else the known one: the same whichever comes first.
  private static func lesser(
    _ one: NameTable.Index, _ other: NameTable.Index, _ names: NameTable
  ) -> NameTable.Index {
    guard let left = names[one], let right = names[other] else { return one == .none ? other : one }
    return left <= right ? one : other
  }
}

extension ExecutionRecord {
  /// The record of notes; errors are told by their template.
  init(_ notes: [ApartNote], _ names: FoldNames) {
    self.init()
    for note in notes {
      let time = note.time == ScannedLine.absentTime ? nil : Timestamp(microseconds: note.time)
      let value = note.value.isNaN ? nil : note.value
      let (droid, task) = (names.droids[note.droid], names.tasks[note.task])
      if let kind = note.kind {
        _ = add(
          EndingNote(
            time: time, kind: kind, droid: droid, task: task, duration: value, reason: names.reasons[note.reason],
            error: names.errors[note.error], isLate: note.isLate))
      } else {
        _ = add(StartNote(time: time, droid: droid, task: task, limit: value, isSession: note.isSession))
      }
    }
  }
}

/// The names that the rows of a fold refer to.
struct FoldNames: Sendable {
  var droids = NameTable()
  var tasks = NameTable()
  var reasons = NameTable()
  /// The templates of errors.
  var errors = NameTable()
  /// The categories of results.
  var categories = NameTable()
  /// What validations found wrong with a result, a problem a line.
  var problems = NameTable()
  /// Kinds of self-reports.
  var reportKinds = NameTable()
  /// Event types that are not ours.
  var types = NameTable()
}
