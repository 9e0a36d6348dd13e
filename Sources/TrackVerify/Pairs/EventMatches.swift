/// Events of which two streams are to tell: those that were seen in one of them only, so far.
///
/// Both lines are written in one go, and streams are read side by side in the order of time, so that few wait at once.
struct EventMatches {
  /// A line that waits for its counterpart.
  struct Waiting {
    /// Whether it stands in `events`.
    let isInEvents: Bool
    /// What the counterpart is compared with.
    let content: UInt64
    let file: UInt32
    let offset: Int64
  }

  private(set) var waiting: [UInt64: Waiting] = [:]

  /// What waits, by file and place.
  var leftover: [Waiting] { waiting.values.sorted { ($0.file, $0.offset) < ($1.file, $1.offset) } }

  /// Takes in a line.
  /// - Returns: its counterpart, when that had been waiting.
  mutating func take(_ event: UInt64, _ line: Waiting) -> Waiting? {
    guard let other = waiting[event], other.isInEvents != line.isInEvents else {
      // The first of a line that stands twice is kept.
      if waiting[event] == nil { waiting[event] = line }
      return nil
    }
    waiting[event] = nil
    return other
  }

  /// Forgets a line whose counterpart was found in another way.
  mutating func settle(_ event: UInt64) { waiting[event] = nil }
}
