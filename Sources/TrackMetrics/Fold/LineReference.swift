/// Where a line stands, in 40 bits: texts that few are asked for are read again from there.
///
/// The files are taken as one sequence of pages of 16 MiB in the order in which they were first needed, so that 2^16
/// pages of them, 1 TiB, can be referred to; lines beyond have no reference and tell no texts.
struct LineReference: Hashable, Sendable {
  let value: UInt64

  /// No line.
  static let none = LineReference(value: 0xFF_FFFF_FFFF)
}

/// The pages that line references count.
struct LinePages: Hashable, Sendable {
  /// A page of a file.
  struct Page: Hashable, Sendable {
    /// The file, by its place among the fold's files.
    let file: UInt32
    /// The page's number in the file.
    let number: UInt32
  }

  private static let shift: Int64 = 24

  /// The pages, in the order of first use.
  private(set) var pages: [Page] = []
  /// The place of the newest page of each file.
  private var newest: [Int] = []

  init() {}

  /// Takes over pages in their order.
  init(_ pages: [Page]) { for page in pages { append(page) } }

  /// A reference to the line that begins at `offset` of a file; the lines of a file come in order.
  @inline(__always) mutating func reference(file: Int, offset: Int64) -> LineReference {
    let page = Page(file: UInt32(truncatingIfNeeded: file), number: UInt32(truncatingIfNeeded: offset &>> Self.shift))
    if file >= newest.count || newest[file] < 0 || pages[newest[file]] != page { append(page) }
    let place = newest[file]
    guard place < 1 << 16 else { return .none }
    let inPage = UInt64(truncatingIfNeeded: offset) & (1 << UInt64(Self.shift) - 1)
    return LineReference(value: UInt64(place) << UInt64(Self.shift) | inPage)
  }

  /// The file and the offset that a reference stands for; nil for none.
  func place(of reference: LineReference) -> (file: Int, offset: Int64)? {
    let place = Int(reference.value >> UInt64(Self.shift))
    guard reference != .none, place < pages.count else { return nil }
    let inPage = Int64(reference.value & (1 << UInt64(Self.shift) - 1))
    return (Int(pages[place].file), Int64(pages[place].number) << Self.shift | inPage)
  }

  private mutating func append(_ page: Page) {
    let file = Int(page.file)
    while newest.count <= file { newest.append(-1) }
    newest[file] = pages.count
    pages.append(page)
  }
}
