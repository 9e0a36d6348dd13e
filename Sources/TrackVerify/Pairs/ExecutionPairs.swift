/// The starts and endings of every execution, by fingerprints: 40 bytes each, and four to eight for the index.
struct ExecutionPairs {
  /// What is known of one execution.
  struct Row {
    var execution: UInt64
    /// The fingerprints of the events; 0 where there is none.
    var start: UInt64 = 0
    var abandonment: UInt64 = 0
    var completion: UInt64 = 0
    /// Where its last ending stands: the file's place above 48 bits of offset, the highest bit set for a late one.
    var ending: UInt64 = 0
  }

  private(set) var rows: ContiguousArray<Row> = []
  private var slots: ContiguousArray<UInt32> = []
  private static let empty = UInt32.max

  /// The place of an execution's row, made when it is new.
  mutating func row(_ execution: UInt64) -> Int {
    if rows.count &* 4 >= slots.count &* 3 { grow() }
    let mask = slots.count &- 1
    var slot = Int(truncatingIfNeeded: execution) & mask
    while slots[slot] != Self.empty {
      let place = Int(slots[slot])
      if rows[place].execution == execution { return place }
      slot = (slot &+ 1) & mask
    }
    slots[slot] = UInt32(truncatingIfNeeded: rows.count)
    rows.append(Row(execution: execution))
    return rows.count &- 1
  }

  subscript(place: Int) -> Row {
    get { rows[place] }
    set { rows[place] = newValue }
  }

  private mutating func grow() {
    slots = ContiguousArray(repeating: Self.empty, count: max(1_024, slots.count * 2))
    let mask = slots.count - 1
    for (place, row) in rows.enumerated() {
      var slot = Int(truncatingIfNeeded: row.execution) & mask
      while slots[slot] != Self.empty { slot = (slot + 1) & mask }
      slots[slot] = UInt32(place)
    }
  }
}

extension ExecutionPairs.Row {
  private static let lateBit: UInt64 = 1 << 63

  /// Where the last ending stands.
  var endingPlace: (file: Int, offset: Int64) {
    (Int(ending >> 48 & 0x7FFF), Int64(ending & 0xFFFF_FFFF_FFFF))
  }

  /// Whether that ending says that it is late.
  var isLate: Bool { ending & Self.lateBit != 0 }

  mutating func setEnding(file: Int, offset: Int64, isLate: Bool) {
    ending = UInt64(file) << 48 | UInt64(offset) & 0xFFFF_FFFF_FFFF | (isLate ? Self.lateBit : 0)
  }
}
