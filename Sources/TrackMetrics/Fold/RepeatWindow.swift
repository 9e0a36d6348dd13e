/// Remembers which events were seen lately, so that a repeated line counts once, in bounded memory.
///
/// Starts and endings need no such memory: they are sets by nature. Everything that is only counted goes through here.
/// An event is known by 48 bits of a hash of its type and id (or line) and by when it happened; the newest `limit` events
/// at least and twice as many at most are remembered, in two generations of which the older is forgotten when the
/// younger is full. That one of a million new events is taken for a repeat has a chance of 1 in 500 if all are of one
/// minute, and of less than 1 in 10^6 if they are spread over a day.
struct RepeatWindow: Sendable {
  /// How many events one generation holds.
  static let generationLimit = 1 << 19

  private(set) var young = Generation()
  private(set) var old = Generation()
  let limit: Int
  /// Whether events were forgotten, so that a repeat of one of them would count again.
  private(set) var hasForgotten = false

  /// Remembers at least `limit` events.
  init(limit: Int) { self.limit = max(1, limit) }

  /// Takes over what another window remembers.
  init(limit: Int, young: Generation, old: Generation, hasForgotten: Bool) {
    self.limit = max(1, limit)
    (self.young, self.old, self.hasForgotten) = (young, old, hasForgotten)
  }

  /// Makes room for about as many events, so that it need not be made bit by bit.
  mutating func reserve(_ count: Int) { young.reserve(min(count, limit)) }

  /// Whether the event is seen for the first time as far as is remembered.
  @inline(__always) mutating func isNew(_ identity: UInt64, at time: Int64) -> Bool {
    let print = Self.print(identity, time)
    if old.count > 0, old.contains(print) { return false }
    guard young.insert(print) else { return false }
    if young.count >= limit { turn() }
    return true
  }

  /// What stands where the search for an event begins.
  @inline(__always) func first(_ identity: UInt64, at time: Int64) -> UInt64 { young.first(Self.print(identity, time)) }

  @inline(never) private mutating func turn() {
    hasForgotten = hasForgotten || old.count > 0
    swap(&young, &old)
    young.removeAll()
  }

  /// The fingerprint of an event: 48 bits of its identity, and 16 of the minute in which it happened; never 0.
  @inline(__always) private static func print(_ identity: UInt64, _ time: Int64) -> UInt64 {
    let minute = UInt64(bitPattern: time &>> 26)
    return identity & ~0xFFFF | max(1, (minute &* 0x9e37_79b9_7f4a_7c15) &>> 48)
  }

  /// A set of fingerprints that only grows.
  ///
  /// Events that follow each other are found close to each other: the minute chooses a page of memory, the identity a
  /// line of the cache in it. What finds its line full goes where its identity alone says, so that a busy minute spreads
  /// over the whole table. At most half of the table is taken.
  struct Generation: Sendable {
    private(set) var count = 0
    private(set) var slots: [UInt64] = []

    private static let lineShift = 3
    private static let pageShift = 9

    init() {}

    /// Takes over a table; nil when it is none.
    init?(slots: [UInt64]) {
      guard slots.isEmpty || (slots.count >= 1 << Self.pageShift && slots.count & (slots.count - 1) == 0) else {
        return nil
      }
      self.slots = slots
      count = slots.count { $0 != 0 }
      guard count * 2 <= slots.count else { return nil }
    }

    /// Makes room for `count` fingerprints.
    mutating func reserve(_ count: Int) { while count * 2 > slots.count { grow() } }

    /// Whether `print` is held.
    @inline(__always) func contains(_ print: UInt64) -> Bool { slots[slot(of: print)] != 0 }

    /// Takes in a fingerprint; false when it was held.
    @inline(__always) mutating func insert(_ print: UInt64) -> Bool {
      if (count &+ 1) &* 2 > slots.count { grow() }
      let slot = slot(of: print)
      guard slots[slot] == 0 else { return false }
      slots[slot] = print
      count &+= 1
      return true
    }

    /// Forgets all and keeps the room.
    mutating func removeAll() {
      count = 0
      for slot in slots.indices { slots[slot] = 0 }
    }

    /// What stands where the search for `print` begins.
    @inline(__always) func first(_ print: UInt64) -> UInt64 { slots.isEmpty ? 0 : slots[line(of: print)] }

    @inline(__always) private func line(of print: UInt64) -> Int {
      let page = Int(truncatingIfNeeded: print & 0xFFFF) &<< Self.pageShift
      return (page | Int(truncatingIfNeeded: print &>> 58) &<< Self.lineShift) & (slots.count &- 1)
    }

    /// Where `print` stands, or the empty slot where it belongs.
    @inline(__always) private func slot(of print: UInt64) -> Int {
      let mask = slots.count &- 1
      let line = line(of: print)
      for slot in line..<line &+ 1 &<< Self.lineShift where slots[slot] == 0 || slots[slot] == print { return slot }
      var slot = Int(truncatingIfNeeded: print &>> 16) & mask
      while slots[slot] != 0, slots[slot] != print { slot = (slot &+ 1) & mask }
      return slot
    }

    private mutating func grow() {
      let prints = slots.filter { $0 != 0 }
      slots = Array(repeating: 0, count: max(1 << 10, slots.count * 2))
      for print in prints { slots[slot(of: print)] = print }
    }
  }
}
