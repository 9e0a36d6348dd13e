import TrackCore

/// What a fold counts by the indices of names.
struct FoldCounts: Sendable {
  /// Distinct events by kind; `audit note` stands at the place of `untyped`.
  var kinds: [Int] = Array(repeating: 0, count: 16)
  /// Distinct events of other types, by type.
  var types: [Int] = []
  /// Distinct self-reports by kind.
  var reportKinds: [Int] = []
  var droids: [DroidFacts] = []
  /// Distinct self-reports by the hour, apart from those of the hour at hand.
  private var hours: [Int64: Int] = [:]
  private var hour: Int64 = 0
  private var hourCount = 0
  var first = ScannedLine.absentTime
  var last = ScannedLine.absentTime
  var lastMetrics = ScannedLine.absentTime

  init() {}

  /// Counts a self-report made in an hour.
  @inline(__always) mutating func addReport(inHour hour: Int64) {
    if hour != self.hour {
      if hourCount > 0 { hours[self.hour, default: 0] += hourCount }
      (self.hour, hourCount) = (hour, 0)
    }
    hourCount += 1
  }

  /// Distinct self-reports by the hour.
  var allHours: [Int64: Int] {
    get { hourCount > 0 ? hours.merging([hour: hourCount]) { $0 + $1 } : hours }
    set { (hours, hourCount) = (newValue, 0) }
  }

  /// Moves the times of the first and the last line.
  @inline(__always) mutating func see(_ time: Int64) {
    if first == ScannedLine.absentTime || time < first { first = time }
    if time > last { last = time }
  }

  /// Distinct events by type.
  func eventTypes(_ names: NameTable) -> [String: Int] {
    var all = names.dictionary(types) { $0 > 0 ? $0 : nil }
    for kind in [
      ScannedLine.Kind.started, .completed, .abandoned, .selfReport, .result, .validated, .metrics, .audit, .untyped,
    ] {
      let count = kinds[Int(kind.rawValue)]
      if count > 0 { all[kind.name, default: 0] += count }
    }
    return all
  }
}

extension ScannedLine.Kind {
  /// The event type, as the report names it.
  var name: String {
    switch self {
    case .started: EventType.started
    case .completed: EventType.completed
    case .abandoned: EventType.abandoned
    case .selfReport: EventType.selfReport
    case .result: EventType.result
    case .validated: EventType.validated
    case .metrics: EventType.metrics
    case .audit: EventType.audit
    case .untyped: EventType.auditNote
    case .other, .badType, .blank, .refused: ""
    }
  }
}

extension Array {
  /// The element at `place`, which is made of `filler` where the array is shorter.
  @inline(__always) mutating func extend(to place: Int, with filler: Element) {
    while count <= place { append(filler) }
  }
}
