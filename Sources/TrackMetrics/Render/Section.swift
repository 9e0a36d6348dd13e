/// A part of the report that can be asked for; the order is that of the outputs.
package enum Section: String, Sendable, CaseIterable {
  /// What was read
  case data
  /// Totals, rates and durations
  case executions
  /// The figures of each droid
  case droids
  /// The figures of each task
  case tasks
  /// What the results say
  case results
  /// What the work took
  case resources
  /// The open executions
  case open
  /// What happened lately
  case recent
  /// The newest failures
  case failures
  /// What needs a look
  case issues
}
