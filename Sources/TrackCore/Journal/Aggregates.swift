/// What is left of pruned segments: which they were, and what the report had counted in them.
///
/// One file beside the streams, replaced in one step. From that step on it stands for the segments that it names, whether
/// they are still there or not, so that nothing counts twice and nothing is lost whenever a pruning is interrupted.
package struct Aggregates: Hashable, Sendable {
  /// The segments, in the order of their removal.
  package private(set) var segments: [PrunedSegment] = []
  /// How many of them, from the first one on, have no files any more.
  package private(set) var removedCount = 0
  /// The figures, as whoever makes the report wrote them.
  package var figures = JSONValue.null

  /// The name of the file in the log directory.
  package static let fileName = "aggregates.json"
  /// The largest file that is read.
  private static let maximumSize = 64 << 20
  private static let version = 1

  /// Stands for no segments.
  package init() {}

  /// Reads the file in a log directory; that there is none says that nothing was pruned.
  /// - Throws: what keeps it from being read, damage among it.
  package init(in directory: String) throws(SystemError) {
    let bytes: [UInt8]
    do {
      bytes = try Directory(path: directory, followingLink: true).contents(of: Self.fileName, maximum: Self.maximumSize)
    } catch {
      guard error.isAbsence else { throw error }
      return
    }
    guard let object = try? JSONParser.object(bytes), object.integer("version", as: Int.self) == Self.version,
      case .array(let elements)? = object[WireKey.segments], let figures = object[WireKey.figures]
    else { throw .damaged("\(Self.fileName) is damaged") }
    removedCount = min(max(0, object.integer(WireKey.removed, as: Int.self) ?? 0), elements.count)
    segments = elements.compactMap { if case .object(let object) = $0 { PrunedSegment(object) } else { nil } }
    guard segments.count == elements.count else { throw .damaged("\(Self.fileName) is damaged") }
    self.figures = figures
  }

  /// The file's bytes.
  var bytes: [UInt8] {
    var writer = JSONWriter()
    writer.object { json in
      json.key("version")
      json.integer(Self.version)
      json.key(WireKey.segments)
      json.array { json in for segment in segments { json.value(.object(segment.object)) } }
      json.key(WireKey.removed)
      json.integer(removedCount)
      json.key(WireKey.figures)
      json.value(figures)
    }
    writer.endLine()
    return writer.bytes
  }

  /// What the file in a log directory says; nothing where it is damaged, which whoever prunes or reports tells.
  /// - Throws: what may not be so the next time, such as a disk that fails.
  package static func undamaged(in directory: String) throws(SystemError) -> Aggregates {
    do { return try Aggregates(in: directory) } catch {
      guard error.isDamage else { throw error }
      return Aggregates()
    }
  }

  /// The segments whose files may still be there: what is in those is told by the figures.
  package var standing: StandingSegments { StandingSegments(segments[removedCount...]) }

  /// Lets them stand for more segments, whose files are to be removed next.
  mutating func append(_ more: [PrunedSegment], figures: JSONValue) {
    segments += more
    self.figures = figures
  }

  /// Notes that all files that they stand for are gone.
  mutating func noteRemoval() { removedCount = segments.count }

  /// Puts the file into its place in one step, synced.
  func write(in directory: borrowing Directory) throws(SystemError) {
    let temporary = ".\(Self.fileName).new"
    try directory.remove(temporary)
    try directory.create(temporary, bytes, syncing: true)
    try directory.rename(temporary, to: Self.fileName)
    try directory.handle.sync()
  }
}
