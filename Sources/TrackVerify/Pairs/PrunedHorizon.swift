import TrackCore

/// What cannot be expected of streams whose old files were removed by a policy: lines from before the ones that are left.
struct PrunedHorizon {
  private let files: [JournalFile]
  /// Of each stream that was pruned the time of its first line; the end of time when none is left.
  private var first: [TrackCore.Stream: Timestamp] = [:]

  init(_ files: [JournalFile], pruned: Set<TrackCore.Stream>) throws(SystemError) {
    self.files = files
    for stream in pruned {
      var earliest = Timestamp(microseconds: .max)
      for file in files where file.stream == stream {
        if let time = try file.record(at: 0)?.timestamp { earliest = min(earliest, time) }
      }
      first[stream] = earliest
    }
  }

  /// Whether the counterpart of a line, in `events` or in `other`, may have been removed.
  func hides(_ line: EventMatches.Waiting, _ other: TrackCore.Stream) throws(SystemError) -> Bool {
    guard let horizon = first[line.isInEvents ? other : .events] else { return false }
    return try files[Int(line.file)].record(at: line.offset)?.timestamp.map { $0 < horizon } ?? false
  }
}
