package import TrackCore

/// Which executions and lines a report speaks of.
///
/// An execution belongs to the time in which it started, or ended where no start is known, and to the droid that
/// started it. Self-reports and resource figures are lines of their own and belong to their own time and droid.
package struct Selection: Hashable, Sendable {
  /// From when on, this moment included.
  package var since: Timestamp?
  /// Until when, this moment not included.
  package var until: Timestamp?
  /// Only this droid.
  package var droid: String?
  /// Only this task.
  package var task: String?
  /// Only lines of this run.
  package var run: String?
  /// Whether sessions of agents' harnesses count as executions; else they are only counted apart.
  package var includesSessions = false

  /// Selects everything.
  package init() {}

  /// Everything there is.
  package static let everything = Selection()

  /// Whether a time is asked for.
  var isTimed: Bool { since != nil || until != nil }

  /// Whether a moment is within; an unknown one only where no time is asked for.
  func contains(_ time: Timestamp?) -> Bool {
    guard let time else { return !isTimed }
    return (since.map { $0 <= time } ?? true) && (until.map { time < $0 } ?? true)
  }
}
