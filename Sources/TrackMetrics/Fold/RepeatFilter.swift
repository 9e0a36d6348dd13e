import TrackCore

/// Remembers which events were seen, so that a repeated line counts once.
///
/// Starts and endings need no filter: they are sets by nature. Everything that is only counted goes through here.
struct RepeatFilter: Sendable {
  /// What an event is known by: its id, or a hash of its line where an old log gives none.
  enum Identity: Hashable, Sendable {
    case id(EventID)
    case line(UInt64)
  }

  /// By type, because an ending, its result and the validation of that share an id.
  private var seen: [String: Set<Identity>] = [:]

  /// Whether the event of this type is seen for the first time.
  mutating func isNew(_ identity: Identity, of type: String) -> Bool {
    seen[type, default: []].insert(identity).inserted
  }
}

/// The 64-bit FNV-1a hash of `bytes`, the same in every process.
func lineHash(_ bytes: ArraySlice<UInt8>) -> UInt64 {
  var hash: UInt64 = 0xcbf2_9ce4_8422_2325
  for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
  return hash
}
