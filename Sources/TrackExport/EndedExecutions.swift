/// Remembers which executions were written, so that a line that is repeated later writes none again, in bounded memory.
///
/// An execution is known by 64 bits of its id. Those whose lines stand in several files are remembered for longer, as there
/// are few of them: pruning the first of the files may carry a line of theirs forward, however long ago they were written.
struct EndedExecutions: Sendable {
  private(set) var all = Generations()
  /// Those whose lines stand in several files.
  private(set) var divided = Generations()

  /// The newest `limit` at least and twice as many at most, in two generations of which the older is forgotten when the
  /// younger is full.
  struct Generations: Sendable {
    private(set) var young: Set<UInt64> = []
    private(set) var old: Set<UInt64> = []
    private static let limit = 1 << 16

    func contains(_ print: UInt64) -> Bool { young.contains(print) || old.contains(print) }

    mutating func insert(_ print: UInt64) {
      young.insert(print)
      guard young.count >= Self.limit else { return }
      (old, young) = (young, [])
    }
  }

  /// Whether an execution was written.
  func contains(_ execution: String) -> Bool {
    let print = contentHash(execution.utf8)
    return all.contains(print) || divided.contains(print)
  }

  /// Remembers an execution.
  mutating func insert(_ execution: String, isDivided: Bool) {
    let print = contentHash(execution.utf8)
    all.insert(print)
    if isDivided { divided.insert(print) }
  }
}

/// A hash that stays the same from run to run (FNV-1a).
func contentHash(_ bytes: some Sequence<UInt8>) -> UInt64 {
  bytes.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01B3 }
}
