import TrackCore

// How a line becomes part of the fold.

extension Fold {
  /// Takes in a line that is a JSON object and selected.
  @inline(__always) mutating func take(_ line: ScannedLine, _ batch: LineBatch) {
    var kind = line.kind
    if kind == .untyped {
      // The original's droids left the type out in these streams.
      switch sources[batch.file].stream {
      case .droidStatus: kind = .selfReport
      case .audit: break
      default: return note("no event_type", batch.file)
      }
    }
    switch kind {
    case .started, .completed, .abandoned: takeHistory(line, kind, batch)
    case .badType: note("no event_type", batch.file)
    default: takeCounted(line, kind, batch)
    }
  }

  @inline(__always) private mutating func takeHistory(_ line: ScannedLine, _ kind: ScannedLine.Kind, _ batch: LineBatch)
  {
    guard line.execution.count > 0 else { return note("\(kind.name) without execution_id", batch.file) }
    let row = row(line, batch)
    let known = table[row]
    let droid = droid(line, batch, known.droid)
    let note = self.note(line, kind, droid, task(line, batch, known.task), batch)
    guard kind == .started ? table.addStart(note, to: row, names) : table.addEnding(note, to: row, names) else {
      repeats += 1
      return
    }
    if kind != .started {
      if line.status == .other, let status = batch.text(line.statusText) {
        self.note("unknown status \"\(status.prefix(40))\": counted as completed", batch.file)
      }
      measure(line, droid, batch)
    }
    counts.kinds[Int(kind.rawValue)] += 1
    see(line, kind, droid, batch.file)
  }

  /// A start or an ending as the table takes it in.
  @inline(__always) private mutating func note(
    _ line: ScannedLine, _ kind: ScannedLine.Kind, _ droid: NameTable.Index, _ task: NameTable.Index,
    _ batch: LineBatch
  ) -> ApartNote {
    let value = kind == .started ? line.limit : line.duration
    let isUsable = value.isFinite && (kind == .started ? value > 0 : value >= 0)
    var note = ApartNote(
      time: line.time, value: isUsable ? value : .nan, reference: .none, droid: droid, task: task, reason: .none,
      error: .none, kind: nil, isLate: false)
    guard kind != .started else {
      note.isSession = line.isSession
      return note
    }
    note.kind = kind == .abandoned ? .abandoned : line.status.ending
    note.reference = pages.reference(file: batch.file, offset: batch.offset + Int64(line.offset))
    note.isLate = line.late == .yes
    if note.kind == .abandoned, line.reason.isPresent {
      note.reason = batch.bytes(line.reason) { names.reasons.intern($0, $1) }
    }
    if line.error.isPresent {
      note.error = batch.bytes(line.error) { names.errors.intern($0, $1, limit: ErrorTemplate.tableLimit) }
    }
    return note
  }

  @inline(__always) private mutating func takeCounted(
    _ line: ScannedLine, _ kind: ScannedLine.Kind, _ batch: LineBatch
  ) {
    var identity = line.counted(as: kind)
    if kind == .other { identity ^= batch.bytes(line.type) { hash($0, $1) } }
    guard window.isNew(identity, at: line.time) else {
      repeats += 1
      return
    }
    // A report's execution is mostly one that is known, and with it the droid.
    let row =
      kind == .selfReport && line.execution.isPresent && line.time != ScannedLine.absentTime ? row(line, batch) : -1
    let droid = droid(line, batch, row < 0 ? .none : table[row].droid)
    switch kind {
    case .selfReport: takeReport(line, droid, row, batch)
    case .result where line.execution.isPresent:
      table.addResult(success: line.success != .no, to: self.row(line, batch))
    case .validated where line.execution.isPresent: takeValidation(line, batch)
    case .untyped: counts.droids[facts(droid)].auditNotes += 1
    case .other:
      let type = Int(batch.bytes(line.type) { names.types.intern($0, $1) }.value)
      counts.types.extend(to: type, with: 0)
      counts.types[type] += 1
    default: break
    }
    if kind != .other { counts.kinds[Int(kind.rawValue)] += 1 }
    see(line, kind, droid, batch.file)
  }

  @inline(__always) private mutating func takeReport(
    _ line: ScannedLine, _ droid: NameTable.Index, _ row: Int, _ batch: LineBatch
  ) {
    if isWithin(line, batch) {
      let kind =
        line.reportKind.isPresent
        ? batch.bytes(line.reportKind) { names.reportKinds.intern($0, $1) } : names.reportKinds.intern("unspecified")
      counts.reportKinds.extend(to: Int(kind.value), with: 0)
      counts.reportKinds[Int(kind.value)] += 1
      counts.droids[facts(droid)].selfReports += 1
      if line.time != ScannedLine.absentTime {
        counts.addReport(inHour: ActivitySummary.hour(of: Timestamp(microseconds: line.time)))
      }
      measure(line, droid, batch)
    }
    guard row >= 0 else { return }
    let reference = pages.reference(file: batch.file, offset: batch.offset + Int64(line.offset))
    if table.addReport(line.time, reference, to: row) { takeNewer(reference, of: row) }
  }

  /// Of two reports of the same moment takes the greater, whichever was read first.
  private mutating func takeNewer(_ reference: LineReference, of row: Int) {
    guard let other = texts.report(at: reference, pages) else { return }
    if let known = texts.report(at: table[row].reference, pages), known >= other { return }
    table.replaceReport(reference, of: row)
  }

  private mutating func takeValidation(_ line: ScannedLine, _ batch: LineBatch) {
    let name = batch.text(line.category) ?? "unknown"
    let category = names.categories.intern(name, limit: 1_000)
    var found: [String] = []
    if let array = batch.text(line.problems), case .array(let values)? = try? JSONParser.value(Array(array.utf8)) {
      found = values.compactMap { if case .string(let text) = $0 { ErrorTemplate.of(text) } else { nil } }
    }
    let text = Set(found).sorted().joined(separator: "\n")
    let problems = text.isEmpty ? .none : names.problems.intern(text, limit: ErrorTemplate.tableLimit)
    table.addValidation(category: category, problems: problems, to: row(line, batch), names)
  }

  /// Notes that a line counts that says what the work took, as a self-report or an ending does.
  @inline(__always) private mutating func measure(_ line: ScannedLine, _ droid: NameTable.Index, _ batch: LineBatch) {
    guard !(line.cpuPercent.isNaN && line.memoryMegabytes.isNaN && line.diskMegabytes.isNaN), isWithin(line, batch)
    else { return }
    batch.measured.append((line: batch.current, droid: facts(droid, isKnown: false)))
  }

  /// Moves the times forward and back; lines of the sweep and the report say nothing of when a droid was there.
  @inline(__always)
  private mutating func see(_ line: ScannedLine, _ kind: ScannedLine.Kind, _ droid: NameTable.Index, _ file: Int) {
    guard line.time != ScannedLine.absentTime else {
      return note("no readable timestamp: counted without a time", file)
    }
    counts.see(line.time)
    if kind == .metrics { counts.lastMetrics = max(counts.lastMetrics, line.time) }
    guard droid != .none, kind != .abandoned, kind != .metrics else { return }
    let facts = facts(droid)
    if line.time > counts.droids[facts].lastSeen { counts.droids[facts].lastSeen = line.time }
    if selection.isTimed, selection.contains(Timestamp(known: line.time)) { counts.droids[facts].isSelected = true }
  }

  /// The place of the facts of a droid; of the unknown one where a line names none.
  @inline(__always) private mutating func facts(_ droid: NameTable.Index, isKnown: Bool = true) -> Int {
    let place = Int((droid == .none ? names.droids.intern(DroidID.unknown.text) : droid).value)
    counts.droids.extend(to: place, with: DroidFacts())
    if isKnown { counts.droids[place].isKnown = true }
    return place
  }

  /// Whether a line that counts for itself is within the selection.
  @inline(__always) private func isWithin(_ line: ScannedLine, _ batch: LineBatch) -> Bool {
    if isEverything { return true }
    return selection.contains(Timestamp(known: line.time))
      && (selection.droid.map { $0 == batch.text(line.droid) } ?? true)
      && (selection.task.map { $0 == batch.text(line.task) } ?? true)
  }

  /// The droid of a line, which is mostly the one that is known of its execution.
  @inline(__always) private mutating func droid(
    _ line: ScannedLine, _ batch: LineBatch, _ known: NameTable.Index
  ) -> NameTable.Index {
    guard line.droid.isPresent else { return .none }
    return batch.bytes(line.droid) { start, count in
      known != .none && names.droids.equals(known, start, count) ? known : names.droids.intern(start, count)
    }
  }

  /// The task of a line, which is mostly the one that is known of its execution.
  @inline(__always) private mutating func task(
    _ line: ScannedLine, _ batch: LineBatch, _ known: NameTable.Index
  ) -> NameTable.Index {
    guard line.task.isPresent else { return .none }
    return batch.bytes(line.task) { start, count in
      known != .none && names.tasks.equals(known, start, count) ? known : names.tasks.intern(start, count)
    }
  }

  /// The row of the line's execution.
  @inline(__always) private mutating func row(_ line: ScannedLine, _ batch: LineBatch) -> Int {
    batch.bytes(line.execution) { start, count in
      guard line.epochDigits > 0 else { return table.row(foreign: start, count) }
      let digits = Int(line.epochDigits)
      return table.row(
        epoch: line.epoch, random: line.random, task: start + (6 + digits), count - ScannedLine.idFrame - digits,
        &names.tasks)
    }
  }
}

extension ScannedLine.StatusWord {
  /// How a completion line with this status ended its execution; words that are not known count as completed.
  var ending: EndingKind {
    switch self {
    case .absent, .completed, .other: .completed
    case .failed: .failed
    case .timeout: .timeout
    case .abandoned: .abandoned
    }
  }
}

extension EventType {
  /// What audit lines without an event type are counted as.
  static let auditNote = "audit note"

  /// Every type that droid-track knows.
  static let known: Set<String> = Set(OrchestratorEventType.allCases.map(\.rawValue)).union([
    started, completed, abandoned, selfReport, result, validated, metrics, audit, auditNote,
  ])
}
