import TrackCore

/// What cannot be expected of streams whose old files were removed by a policy: lines from before the ones that are left.
struct PrunedHorizon {
  private let files: [JournalFile]
  /// Of each stream that was pruned the time from when on nothing is gone.
  ///
  /// That is the time of the first line that is left, or what follows the last line that went when it is later: pruning
  /// carries lines forward, which may be the first ones then. The end of time when none is left.
  private var first: [TrackCore.Stream: Timestamp] = [:]

  /// - Parameter segments: those that are known to have been pruned.
  init(
    _ files: [JournalFile], pruned: Set<TrackCore.Stream>, segments: [PrunedSegment]
  ) throws(SystemError) {
    self.files = files
    for stream in pruned {
      var earliest = Timestamp(microseconds: .max)
      for file in files where file.stream == stream {
        if let time = try file.record(at: 0)?.timestamp { earliest = min(earliest, time) }
      }
      let gone = segments.lazy.filter { $0.stream == stream }.compactMap(\.last).max()
      first[stream] = gone.map { max(Timestamp(microseconds: $0.microseconds + 1), earliest) } ?? earliest
    }
  }

  /// Whether the counterpart of a line, in `events` or in `other`, may have been removed.
  func hides(_ line: EventMatches.Waiting, _ other: TrackCore.Stream) throws(SystemError) -> Bool {
    guard let horizon = first[line.isInEvents ? other : .events] else { return false }
    return try files[Int(line.file)].record(at: line.offset)?.timestamp.map { $0 < horizon } ?? false
  }
}
