import TrackCore

/// Puts the lines of executions together, whatever their order, and gives out each execution once it is complete.
///
/// Only executions that have not ended are held. Two kinds are held to the end of the run: those that were given up, for a
/// late ending may take the place of the abandonment, and endings whose start was not found, for it may come later.
struct ExecutionFold: Sendable {
  private(set) var held: [String: HeldExecution] = [:]
  private(set) var ended: EndedExecutions
  /// Given up executions and lone endings, in the order of reading.
  private var waiting: [String] = []
  private var reportCount = 0
  /// How many files were begun.
  private var file = 0

  /// How many are held to the end of the run, and how many reports in all.
  private static let maximumWaiting = 1 << 14
  private static let maximumReports = 1 << 17
  /// How many executions that were written as abandoned are held for a late ending.
  private static let maximumAbandoned = 1 << 12

  /// Goes on from what an earlier run held.
  init(held: [String: HeldExecution] = [:], ended: EndedExecutions = EndedExecutions()) {
    self.held = held
    self.ended = ended
    reportCount = held.values.reduce(0) { $0 + $1.reportCount }
  }

  /// Says that the lines that follow are of another file.
  mutating func beginFile() { file += 1 }

  /// Takes a line in; the executions that it makes complete.
  mutating func take(_ record: EventRecord) -> [FinishedExecution] {
    guard let id = record.execution, !id.isEmpty, id.utf8.count <= 1024, record.timestamp != nil else { return [] }
    switch record.type {
    case EventType.started:
      guard held[id]?.start == nil, !ended.contains(id) else { return [] }
      held[id, default: HeldExecution()].start = record.trimmed(to: EventRecord.startKeys)
      held[id]?.note(file: file)
      return completed(id)
    case EventType.completed, EventType.abandoned:
      guard !ended.contains(id) else { return [] }
      return end(id, record)
    case EventType.selfReport:
      guard !ended.contains(id), held[id]?.ending == nil else { return [] }
      add(record.trimmed(to: EventRecord.reportKeys), to: id)
      return []
    default: return []
    }
  }

  private mutating func add(_ report: EventRecord, to id: String) {
    let before = held[id]?.reportCount ?? 0
    held[id, default: HeldExecution()].add(report)
    reportCount += (held[id]?.reportCount ?? 0) - before
    guard reportCount > Self.maximumReports else { return }
    held[id]?.dropReports()
    reportCount -= before + 1
  }

  private mutating func end(_ id: String, _ record: EventRecord) -> [FinishedExecution] {
    let isAbandonment = record.type == EventType.abandoned
    let wasWaiting = held[id]?.ending != nil
    // A second abandonment, or one that is read after the late ending, says nothing new.
    guard !isAbandonment || !wasWaiting else { return [] }
    held[id, default: HeldExecution()].ending = record.trimmed(to: EventRecord.endingKeys)
    held[id]?.note(file: file)
    if !isAbandonment, held[id]?.start != nil { return completed(id) }
    guard !wasWaiting else { return [] }
    waiting.append(id)
    return waiting.count > Self.maximumWaiting ? release(waiting.removeFirst()) : []
  }

  /// The execution, when it has both a start and an ending that stands for good.
  private mutating func completed(_ id: String) -> [FinishedExecution] {
    guard let execution = held[id], execution.start != nil, let ending = execution.ending,
      ending.type == EventType.completed
    else { return [] }
    forget(id)
    return [FinishedExecution(id: id, execution)].compactMap { $0 }
  }

  private mutating func forget(_ id: String) {
    let execution = held.removeValue(forKey: id)
    reportCount -= execution?.reportCount ?? 0
    ended.insert(id, isDivided: execution?.isDivided ?? false)
  }

  /// Gives out an execution that nobody waits for any longer.
  private mutating func release(_ id: String) -> [FinishedExecution] {
    guard let execution = held[id], execution.ending != nil, !execution.wasWritten else { return [] }
    forget(id)
    return [FinishedExecution(id: id, execution)].compactMap { $0 }
  }

  /// Ends the run: gives out what waited, the earliest end first.
  ///
  /// An execution that was given up stays held as written, for a late ending in a later run.
  mutating func finish() -> [FinishedExecution] {
    var finished: [FinishedExecution] = []
    for id in waiting {
      guard var execution = held[id], execution.ending != nil, !execution.wasWritten else { continue }
      if let execution = FinishedExecution(id: id, execution) { finished.append(execution) }
      if execution.start == nil {
        forget(id)
      } else {
        reportCount -= execution.reportCount
        execution.dropReports()
        execution.wasWritten = true
        held[id] = execution
      }
    }
    waiting = []
    forgetOldAbandonments()
    return finished.sorted { ($0.end, $0.id) < ($1.end, $1.id) }
  }

  /// Lets go of the executions that were given up long ago: a late ending of theirs is written no more.
  private mutating func forgetOldAbandonments() {
    let written = held.filter { $0.value.wasWritten }
    guard written.count > Self.maximumAbandoned else { return }
    let oldest = written.sorted { ($0.value.endTime, $0.key) < ($1.value.endTime, $1.key) }
    for (id, _) in oldest.prefix(written.count - Self.maximumAbandoned) { forget(id) }
  }

  /// How many executions there are that have not ended.
  var openCount: Int { held.values.count { $0.start != nil && $0.ending == nil } }
}
