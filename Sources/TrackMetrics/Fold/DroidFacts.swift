import TrackCore

/// What is known of a droid besides its executions, while lines come in.
struct DroidFacts: Sendable {
  var selfReports = 0
  var auditNotes = 0
  /// When it last wrote a line; `ScannedLine.absentTime` when it is named only by lines of others.
  var lastSeen = ScannedLine.absentTime
  /// Whether it wrote a line in the time that is selected; not kept where none is.
  var isSelected = false
  /// Whether the droid counts as known: it wrote something, or did so at an unknown time.
  var isKnown = false
  /// What its work took.
  var resources: ResourceNotes?
}
