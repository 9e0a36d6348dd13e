/// Names by the order in which they were first met; an index stands for a name.
///
/// A figure per droid is then an array and not a dictionary, and an execution holds four bytes for a name. Names are
/// told apart byte by byte, as JSON tells texts apart. They lie end to end in one array, found by an open hash table.
package struct NameTable: Sendable {
  /// The place of a name in its table; `none` stands for no name at all.
  package struct Index: Hashable, Comparable, BitwiseCopyable, Sendable {
    package let value: UInt32

    /// No name.
    package static let none = Index(value: .max)

    package static func < (left: Self, right: Self) -> Bool { left.value < right.value }
  }

  /// The names, one after the other.
  private(set) var bytes: [UInt8] = []
  /// Where each name ends.
  private(set) var ends: [UInt32] = []
  /// By the hash of a name its index plus one in the low half and half of the hash in the high one, 0 where there is
  /// none; a power of two of them, at most 3/4 taken.
  private var slots: [UInt64] = []

  package init() {}

  /// Takes over names as another table gave them away; nil when they do not fit together.
  init?(bytes: [UInt8], ends: [UInt32]) {
    guard ends.isEmpty == bytes.isEmpty || ends == [0], Int(ends.last ?? 0) == bytes.count,
      zip(ends, ends.dropFirst()).allSatisfy({ $0 <= $1 })
    else { return nil }
    self.bytes = bytes
    self.ends = ends
    rehash(ends.count)
  }

  /// How many names there are.
  package var count: Int { ends.count }

  /// Every index, in the order of first occurrence.
  package var indices: some Sequence<Index> { ends.indices.lazy.map { Index(value: UInt32($0)) } }

  /// The name at `index`; nil for `none`.
  package subscript(index: Index) -> String? {
    index == .none ? nil : String(decoding: bytes[range(Int(index.value))], as: UTF8.self)
  }

  /// The index of `name`; nil when it was never met.
  package func index(of name: String) -> Index? {
    Cursor.within(Array(name.utf8), at: 0) { index(of: $0, name.utf8.count) }
  }

  /// The index of `name`, which is taken in when it is new.
  package mutating func intern(_ name: String) -> Index {
    Cursor.within(Array(name.utf8), at: 0) { intern($0, name.utf8.count) }
  }

  /// The name under which everything beyond the limit of a table is taken in.
  package static let other = "other"

  /// The index of `name`, which is taken in when it is new and the table holds fewer than `limit` names; else `other`.
  package mutating func intern(_ name: String, limit: Int) -> Index {
    index(of: name) ?? intern(count < limit ? name : Self.other)
  }

  /// The index of the name of `count` bytes at `start`, which is taken in when it is new.
  @inline(__always) mutating func intern(_ start: Cursor, _ count: Int) -> Index {
    let code = hash(start, count)
    if let known = find(start, count, code) { return known }
    return append(start, count, code)
  }

  /// The index of the name of `count` bytes at `start`; nil when it was never met.
  @inline(__always) func index(of start: Cursor, _ count: Int) -> Index? { find(start, count, hash(start, count)) }

  /// The index of the name at `start`, which is taken in when it is new and the table holds fewer than `limit` names;
  /// else that of `other`.
  mutating func intern(_ start: Cursor, _ count: Int, limit: Int) -> Index {
    index(of: start, count) ?? (self.count < limit ? intern(start, count) : intern(Self.other))
  }

  /// Whether the name at `index` is the one of `count` bytes at `start`.
  @inline(__always) func equals(_ index: Index, _ start: Cursor, _ count: Int) -> Bool {
    let range = range(Int(index.value))
    return range.count == count && Cursor.within(bytes, at: range.lowerBound) { $0.equals(start, count) }
  }

  @inline(__always) private func range(_ place: Int) -> Range<Int> {
    (place == 0 ? 0 : Int(ends[place - 1]))..<Int(ends[place])
  }

  @inline(__always) private func find(_ start: Cursor, _ count: Int, _ code: UInt64) -> Index? {
    guard !slots.isEmpty else { return nil }
    let mask = slots.count &- 1
    var place = Int(truncatingIfNeeded: code) & mask
    while true {
      let slot = slots[place]
      if slot == 0 { return nil }
      let index = Index(value: UInt32(truncatingIfNeeded: slot) &- 1)
      if slot &>> 32 == code &>> 32, equals(index, start, count) { return index }
      place = (place &+ 1) & mask
    }
  }

  @inline(never)
  private mutating func append(_ start: Cursor, _ count: Int, _ code: UInt64) -> Index {
    if ends.count * 4 >= slots.count * 3 { rehash(slots.count * 2) }
    bytes.append(contentsOf: start.bytes(count))
    ends.append(UInt32(bytes.count))
    insert(code, ends.count)
    return Index(value: UInt32(ends.count - 1))
  }

  private mutating func insert(_ code: UInt64, _ number: Int) {
    let mask = slots.count - 1
    var place = Int(truncatingIfNeeded: code) & mask
    while slots[place] != 0 { place = (place + 1) & mask }
    slots[place] = code & 0xFFFF_FFFF_0000_0000 | UInt64(number)
  }

  private mutating func rehash(_ wanted: Int) {
    var capacity = 16
    while capacity < wanted || ends.count * 4 >= capacity * 3 { capacity *= 2 }
    slots = Array(repeating: 0, count: capacity)
    for place in ends.indices {
      let range = range(place)
      insert(Cursor.within(bytes, at: range.lowerBound) { hash($0, range.count) }, place + 1)
    }
  }
}
