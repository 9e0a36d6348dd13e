/// The first few of many by a key, the greatest first: a heap of bounded size whose root is the one to go next.
///
/// Offering costs one comparison once the ranking is full of greater ones, so that a million are passed over quickly.
struct Ranking<Key: Comparable & Sendable>: Sendable {
  /// One of those that made it.
  struct Entry: Sendable {
    let key: Key
    /// What it stands for, such as a position in a collection.
    let position: Int
  }

  private let capacity: Int
  private var heap: [Entry] = []

  /// Keeps at most `capacity`.
  init(_ capacity: Int) { self.capacity = capacity }

  /// Takes `position` in when its key is among the greatest.
  /// - Parameter precedes: which of two positions of equal keys goes first.
  mutating func offer(_ key: Key, _ position: Int, precedes: (Int, Int) -> Bool) {
    let entry = Entry(key: key, position: position)
    guard heap.count == capacity else {
      heap.append(entry)
      return rise(heap.count - 1, precedes)
    }
    guard let worst = heap.first, Self.goesFirst(entry, worst, precedes) else { return }
    heap[0] = entry
    sink(precedes)
  }

  /// Those taken in, the greatest first.
  func sorted(precedes: (Int, Int) -> Bool) -> [Entry] { heap.sorted { Self.goesFirst($0, $1, precedes) } }

  private static func goesFirst(_ one: Entry, _ other: Entry, _ precedes: (Int, Int) -> Bool) -> Bool {
    one.key == other.key ? precedes(one.position, other.position) : one.key > other.key
  }

  private mutating func rise(_ start: Int, _ precedes: (Int, Int) -> Bool) {
    var child = start
    while child > 0, Self.goesFirst(heap[(child - 1) / 2], heap[child], precedes) {
      heap.swapAt(child, (child - 1) / 2)
      child = (child - 1) / 2
    }
  }

  private mutating func sink(_ precedes: (Int, Int) -> Bool) {
    var parent = 0
    while 2 * parent + 1 < heap.count {
      var child = 2 * parent + 1
      if child + 1 < heap.count, Self.goesFirst(heap[child], heap[child + 1], precedes) { child += 1 }
      guard Self.goesFirst(heap[parent], heap[child], precedes) else { return }
      heap.swapAt(parent, child)
      parent = child
    }
  }
}
