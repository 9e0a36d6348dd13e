/// Pruned segments whose files may still be there, each to be found once.
///
/// What is in such a file counts already. A file is known by all of its bytes, whatever it is called now; yet one that holds
/// nothing but lines that were carried forward may be the same to the byte as one that went long ago. So a segment stands
/// for one file only, and for none once that has been removed. The file that is written to is never one of them.
package struct StandingSegments {
  private var segments: [PrunedSegment]

  init(_ segments: some Sequence<PrunedSegment>) { self.segments = Array(segments) }

  /// Whether there is none.
  package var isEmpty: Bool { segments.isEmpty }

  /// Takes the segment out that a file holds; nil when it holds none of them.
  package mutating func take(_ file: SealedFile) throws(SystemError) -> PrunedSegment? {
    guard segments.contains(where: { $0.bytes == file.size }), let first = try file.firstLine(),
      segments.contains(where: { $0.bytes == file.size && $0.firstLine == first })
    else { return nil }
    let digest = try file.measure(0..<file.size).digest
    guard let place = segments.firstIndex(where: { $0.bytes == file.size && $0.sha256 == digest }) else { return nil }
    return segments.remove(at: place)
  }
}
