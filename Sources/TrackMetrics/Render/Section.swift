/// A part of the report that can be asked for.
package enum Section: String, Sendable, CaseIterable {
  /// What was read
  case data
  /// Totals, rates and durations
  case executions
  /// The figures of each droid
  case droids
  /// The open executions
  case open
  /// The newest failures
  case failures
  /// What needs a look
  case issues
}
