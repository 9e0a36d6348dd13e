/// Remembers which executions were written, so that a line that is repeated later writes none again, in bounded memory.
///
/// An execution is known by 64 bits of its id. The newest `limit` at least and twice as many at most are remembered, in
/// two generations of which the older is forgotten when the younger is full.
struct EndedExecutions: Sendable {
  private(set) var young: Set<UInt64>
  private(set) var old: Set<UInt64>
  private static let limit = 1 << 16

  /// Takes over what an earlier run remembered.
  init(young: Set<UInt64> = [], old: Set<UInt64> = []) {
    self.young = young
    self.old = old
  }

  func contains(_ execution: String) -> Bool {
    let print = contentHash(execution.utf8)
    return young.contains(print) || old.contains(print)
  }

  mutating func insert(_ execution: String) {
    young.insert(contentHash(execution.utf8))
    guard young.count >= Self.limit else { return }
    (old, young) = (young, [])
  }
}

/// A hash that stays the same from run to run (FNV-1a).
func contentHash(_ bytes: some Sequence<UInt8>) -> UInt64 {
  bytes.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01B3 }
}
