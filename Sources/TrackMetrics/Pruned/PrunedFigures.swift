import TrackCore

/// What lines count for in the report, without the lines: figures that can be added and taken away.
///
/// What a pruning takes is the difference of the figures before and after it, so that nothing has to be known of how the lines
/// that go and those that stay belong together.
package struct PrunedFigures: Hashable, Sendable {
  /// What is counted of a droid.
  package struct Droid: Hashable, Sendable {
    var tally = Tally()
    var durations = DurationFigures()
    /// Its durations by the bins of `DurationHistogram.grid`.
    var bins = Array(repeating: 0, count: DurationHistogram.binCount)
    var selfReports = 0
    var auditNotes = 0
    /// When it was last seen; nil when it never wrote.
    var lastSeen: Timestamp?
    /// What its work took, by `ResourceNotes.Kind`.
    var resources = Array(repeating: DurationFigures(), count: ResourceNotes.Kind.allCases.count)
  }

  /// What is counted of a task.
  package struct Task: Hashable, Sendable {
    var tally = Tally()
    var durations = DurationFigures()
    var droids: Set<String> = []
    /// When it was last started.
    var lastStarted: Timestamp?
    /// What became of that attempt.
    var lastOutcome = TrackedExecution.Outcome.open
  }

  /// What happened in an hour: starts, completions, failures, timeouts, abandonments, self-reports.
  typealias Hour = SIMD8<Int>

  package internal(set) var tally = Tally()
  /// What sessions of agents' harnesses count for, which the other figures leave out; one element, or none where there were
  /// none: a value holds another of its own kind only in an array.
  var sessions: [PrunedFigures] = []
  var withoutStart = 0
  var surplusEndings = 0
  /// Results, successes, validated, valid.
  var results = SIMD4<Int>()
  /// Validations, those with problems and those of failed executions, by category.
  var categories: [String: SIMD4<Int>] = [:]
  var problems: [String: Int] = [:]
  var reasons: [String: Int] = [:]
  var errors: [String: Int] = [:]
  var eventTypes: [String: Int] = [:]
  var reportKinds: [String: Int] = [:]
  var droids: [String: Droid] = [:]
  var tasks: [String: Task] = [:]
  /// By the hour since 1970, those that the report may still tell.
  var hours: [Int64: Hour] = [:]
  /// The times of the first and the last line.
  var first: Timestamp?
  var last: Timestamp?

  package init() {}

  /// How the sessions fared.
  var sessionTally: Tally { sessions.first?.tally ?? Tally() }

  /// Counts the sessions in, too.
  mutating func countSessionsIn() { for session in sessions { add(session) } }

  /// The moments of the first and the last line.
  var span: ClosedRange<Int64>? {
    guard let first, let last, first <= last else { return nil }
    return first.microseconds...last.microseconds
  }
}

/// Numbers of which there are many: their count, sum and maximum, and a sketch of where they lie.
struct DurationFigures: Hashable, Sendable {
  var sum = ExactSum()
  var maximum = 0.0
  var sketch = LogSketch()

  var count: Int { sketch.count }

  mutating func add(_ value: Double) {
    sum.add(value)
    maximum = max(maximum, value)
    sketch.add(value)
  }

  /// Adds what others have counted, or takes it away, of which the maximum knows nothing.
  mutating func add(_ other: DurationFigures, _ sign: Sign) {
    sum.add(other.sum, sign)
    sketch.add(other.sketch, sign)
    if sign == .plus { maximum = max(maximum, other.maximum) }
  }
}

/// Whether figures are added or taken away.
enum Sign: Int {
  case plus = 1
  case minus = -1
}

extension PrunedFigures {
  /// Adds other figures, or takes them away.
  mutating func add(_ other: PrunedFigures, _ sign: Sign = .plus) {
    let factor = sign.rawValue
    tally.add(other.tally, sign)
    for session in other.sessions {
      if sessions.isEmpty { sessions = [PrunedFigures()] }
      sessions[0].add(session, sign)
    }
    withoutStart += factor * other.withoutStart
    surplusEndings += factor * other.surplusEndings
    results &+= factor &* other.results
    categories.add(other.categories) { $0 &+= factor &* $1 }
    problems.add(other.problems) { $0 += factor * $1 }
    reasons.add(other.reasons) { $0 += factor * $1 }
    errors.add(other.errors) { $0 += factor * $1 }
    eventTypes.add(other.eventTypes) { $0 += factor * $1 }
    reportKinds.add(other.reportKinds) { $0 += factor * $1 }
    hours.add(other.hours) { $0 &+= factor &* $1 }
    for (name, droid) in other.droids { droids[name, default: Droid()].add(droid, sign) }
    for (name, task) in other.tasks { tasks[name, default: Task()].add(task, sign) }
    guard sign == .plus else { return }
    first = [first, other.first].compactMap(\.self).min()
    last = [last, other.last].compactMap(\.self).max()
  }

  /// What was counted before and is not counted after.
  static func difference(before: PrunedFigures, after: PrunedFigures) -> PrunedFigures {
    var difference = before
    difference.add(after, .minus)
    difference.forgetNothings()
    return difference
  }

  /// Lets go of what nothing is left of.
  private mutating func forgetNothings() {
    droids = droids.filter { $0.value.holdsFigures }
    tasks = tasks.filter { $0.value.tally != Tally() || $0.value.durations.count != 0 }
    for place in sessions.indices { sessions[place].forgetNothings() }
    sessions.removeAll { $0 == PrunedFigures() }
  }
}

extension PrunedFigures.Droid {
  fileprivate mutating func add(_ other: PrunedFigures.Droid, _ sign: Sign) {
    tally.add(other.tally, sign)
    durations.add(other.durations, sign)
    for bin in bins.indices { bins[bin] += sign.rawValue * other.bins[bin] }
    selfReports += sign.rawValue * other.selfReports
    auditNotes += sign.rawValue * other.auditNotes
    for kind in resources.indices { resources[kind].add(other.resources[kind], sign) }
    if sign == .plus { lastSeen = [lastSeen, other.lastSeen].compactMap(\.self).max() }
  }

  fileprivate var holdsFigures: Bool {
    tally != Tally() || durations.count != 0 || selfReports != 0 || auditNotes != 0
      || resources.contains { $0.count != 0 }
  }
}

extension PrunedFigures.Task {
  fileprivate mutating func add(_ other: PrunedFigures.Task, _ sign: Sign) {
    tally.add(other.tally, sign)
    durations.add(other.durations, sign)
    guard sign == .plus else { return }
    droids.formUnion(other.droids)
    guard let started = other.lastStarted, lastStarted.map({ $0 <= started }) ?? true else { return }
    (lastStarted, lastOutcome) = (started, other.lastOutcome)
  }
}

extension Dictionary where Value: AdditiveFigure {
  /// Adds figures by name; those that come to nothing are left out.
  fileprivate mutating func add(_ other: [Key: Value], _ change: (inout Value, Value) -> Void) {
    for (key, value) in other {
      change(&self[key, default: .zero], value)
      if self[key] == .zero { self[key] = nil }
    }
  }
}

/// A figure that can be nothing.
protocol AdditiveFigure: Equatable {
  static var zero: Self { get }
}

extension Int: AdditiveFigure {}
extension SIMD4<Int>: AdditiveFigure {}
extension SIMD8<Int>: AdditiveFigure {}
