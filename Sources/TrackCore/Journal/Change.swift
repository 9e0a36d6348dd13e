/// One change of the journal: the events to append and what they do to the ledger.
struct Change {
  /// What becomes of the ledger's record.
  enum Effect {
    /// The events are of no execution.
    case none
    /// A new execution.
    case open(Execution)
    /// A droid goes on with an execution that was started for it; the record has its new facts.
    case join(LedgerRecord, at: Instant)
    /// A report of an open execution.
    case report(LedgerRecord, at: Instant)
    /// The ending of an open execution.
    case close(LedgerRecord, LedgerConclusion)
    /// The ending of an execution that had been given up.
    case closeLate(LedgerRecord, LedgerConclusion)

    /// The record while the change is pending; nil where there is none to change.
    func pending(_ redo: Redo) -> LedgerRecord? {
      switch self {
      case .none: return nil
      case .open(let execution):
        return LedgerRecord(execution: execution, state: .opening, lastReport: nil, conclusion: nil, redo: redo)
      case .join(var record, let time), .report(var record, let time):
        (record.state, record.lastReport, record.redo) = (.reporting, time, redo)
        if replacesFile { record.tailOffset = 0 }
        return record
      case .close(var record, let conclusion), .closeLate(var record, let conclusion):
        (record.state, record.conclusion, record.redo) = (.closing, conclusion, redo)
        if replacesFile { record.tailOffset = 0 }
        return record
      }
    }

    /// Whether the pending record takes the place of a file, rather than being noted in it.
    var replacesFile: Bool {
      switch self {
      case .open, .join, .closeLate: true
      case .none, .report, .close: false
      }
    }
  }

  let effect: Effect
  let events: [Event]
  /// The lines of self-reports that were written before the lock was asked for, as for so many at a time it must be.
  let reports: [UInt8]

  init(effect: Effect, events: [Event]) { (self.effect, self.events, reports) = (effect, events, []) }

  init(effect: Effect, reports: [UInt8]) { (self.effect, events, self.reports) = (effect, [], reports) }

  /// Whether it ends an execution.
  var isEnding: Bool {
    switch effect {
    case .close, .closeLate: true
    case .none, .open, .join, .report: false
    }
  }

  /// Whether it opens one.
  var isStart: Bool { if case .open = effect { true } else { false } }

  /// Whether `durability` wants the change synced before it is reported.
  func isDurable(_ durability: Configuration.Durability) -> Bool {
    switch durability {
    case .none: false
    case .all: true
    case .lifecycle:
      switch effect {
      case .open, .close, .closeLate: true
      case .join, .report: false
      case .none: events.contains { if case .audit = $0.payload { true } else { false } }
      }
    }
  }
}

/// The lines of some changes, put together by stream.
struct Batch {
  /// What is appended to one stream in one write.
  struct Part {
    let stream: Stream
    var lines: [UInt8] = []
    var isDurable = false
  }

  /// The parts in the order of writing; streams that get nothing are left out.
  let parts: [Part]
  /// Each change's own lines by stream.
  private let contributions: [[(stream: Stream, lines: [UInt8])]]

  init(_ changes: [Change], _ durability: Configuration.Durability, _ context: RecordingContext) {
    var parts = Stream.allCases.map { Part(stream: $0) }
    var contributions: [[(stream: Stream, lines: [UInt8])]] = []
    for change in changes {
      let isDurable = change.isDurable(durability)
      var own = Stream.allCases.map { (stream: $0, lines: [UInt8]()) }
      for event in change.events where context.records(event) {
        let line = context.encoder.line(event)
        for stream in event.streams { own[stream.rawValue].lines += line }
      }
      for stream in SelfReport.streams { own[stream.rawValue].lines.take(change.reports) }
      for (stream, lines) in own where !lines.isEmpty {
        parts[stream.rawValue].lines.take(lines)
        if isDurable { parts[stream.rawValue].isDurable = true }
      }
      contributions.append(own.filter { !$0.lines.isEmpty })
    }
    self.parts = parts.filter { !$0.lines.isEmpty }
    self.contributions = contributions
  }

  /// What brings each change about when its writer dies; `sizes` are those of all streams before the append.
  func redos(_ sizes: [Int64]) -> [Redo] {
    contributions.map { own in
      Redo(parts: own.map { Redo.Part(stream: $0.stream, size: sizes[$0.stream.rawValue], lines: $0.lines) })
    }
  }
}

extension [UInt8] {
  /// Appends lines; where there are none yet, without copying them.
  fileprivate mutating func take(_ lines: [UInt8]) {
    if isEmpty { self = lines } else { self += lines }
  }
}
