/// Which finished audit files hold nothing that the journal without them is proven by.
///
/// The seals in an audit file prove files of other streams, which may stay longer, and the end of the audit file before it.
/// So it goes when all that it seals has gone before it or goes with it; what is left of the chain then has no gaps.
struct SpareAudit {
  /// The files that may go, the oldest first.
  private(set) var spare: [PrunedSegment] = []
  /// The others, and what they are needed for.
  private(set) var needed: [LeftFile] = []

  /// Chooses among `files`, of the audit stream, when `others` go.
  init(of files: [PrunedSegment], besides others: [PrunedSegment], _ chain: SealChain) {
    var gone = chain.pruned.union(others.map(\.segmentName))
    for file in files.sorted(by: { $0.segment < $1.segment }) {
      let going = gone.union([file.segmentName])
      let sealed = chain.records.lazy.filter { $0.file == file.file }.flatMap(\.seal.ranges)
      if let range = sealed.first(where: { !$0.bytes.isEmpty && !going.contains($0.segmentName) }) {
        let name = chain.segments(of: range.stream)[range.segment]?.last?.file ?? range.file
        needed.append(LeftFile(name: file.file, reason: "it holds seals of \(name), which stays"))
      } else {
        gone = going
        spare.append(file)
      }
    }
  }
}

extension PrunedSegment {
  fileprivate var segmentName: SegmentName { SegmentName(stream: stream, segment: segment) }
}

extension SealedRange {
  fileprivate var segmentName: SegmentName { SegmentName(stream: stream, segment: segment) }
}
