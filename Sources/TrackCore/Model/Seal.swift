/// What a seal says of a stretch of a stream's file.
///
/// The file is known by its lines, not by its name, which a rotation changes, nor by its inode, which a backup changes: it is
/// the one whose first line and whose line at `bytes.upperBound` have these digests.
package struct SealedRange: Hashable, Sendable {
  /// The stream.
  package var stream: Stream
  /// Which file of the stream, in the order of their rotation, from 1.
  package var segment: Int
  /// The file's name when it was sealed, a hint only.
  package var file: String
  /// The digest of the file's first line; nil while it has none.
  package var firstLine: SHA256.Digest?
  /// The digest of the line that ends where the stretch ends; nil at the file's beginning.
  package var lastLine: SHA256.Digest?
  /// The stretch.
  package var bytes: Range<Int64>
  /// The line feeds in it.
  package var lines: Int
  /// The digest of its bytes.
  package var digest: SHA256.Digest
}

/// A line of the audit stream that fixes what the streams held when it was written.
package struct Seal: Hashable, Sendable {
  /// Its number in the chain, from 1.
  package var sequence: Int
  /// The digest of the line of the seal before it; nil in the first.
  package var previous: SHA256.Digest?
  /// What it seals; every stream that has a file has a range in every seal, so that the last one tells where to go on.
  package var ranges: [SealedRange]
}

/// A seal as it stands in the audit stream.
package struct SealRecord: Hashable, Sendable {
  /// What it says.
  package var seal: Seal
  /// The digest of its line, the line feed left out: what the next seal, and a pinned head, tell of it.
  package var digest: SHA256.Digest
  /// The file it stands in.
  package var file: String
  /// Its line's number, from 1; 0 where lines were not counted.
  package var line: Int
  /// Where its line begins in the file.
  package var offset: Int64
  /// Its line's length in bytes, the line feed left out.
  package var length: Int
}

/// The end of a chain of seals: who knows it can tell whether the journal is still the one that had it.
package struct SealHead: Hashable, Sendable {
  /// The last seal's number.
  package var sequence: Int
  /// The digest of its line.
  package var digest: SHA256.Digest

  /// Makes a head of its parts.
  package init(sequence: Int, digest: SHA256.Digest) {
    self.sequence = sequence
    self.digest = digest
  }
}

/// One file of a stream, by its number among them.
package struct SegmentName: Hashable, Sendable {
  package let stream: Stream
  package let segment: Int

  /// Makes a name of its parts.
  package init(stream: Stream, segment: Int) {
    self.stream = stream
    self.segment = segment
  }
}

/// The seals of a journal, in their order.
package struct SealChain: Hashable, Sendable {
  /// The seals by their numbers; of several of one number the first that was found.
  package private(set) var records: [SealRecord]
  /// Seals that say something else than the one of the same number.
  package private(set) var contradictions: [SealRecord] = []

  /// The segments that were removed by a policy, which the audit stream tells.
  package let pruned: Set<SegmentName>

  /// Makes a chain of seals as they were found; a line may stand twice.
  package init(_ found: [SealRecord], pruned: Set<SegmentName> = []) {
    self.pruned = pruned
    records = []
    for record in found.sorted(by: { $0.seal.sequence < $1.seal.sequence }) {
      guard let last = records.last, last.seal.sequence == record.seal.sequence else {
        records.append(record)
        continue
      }
      if last.digest != record.digest { contradictions.append(record) }
    }
  }

  /// The last seal.
  package var last: SealRecord? { records.last }

  /// What is to be known of the last seal to prove the chain later.
  package var head: SealHead? { last.map { SealHead(sequence: $0.seal.sequence, digest: $0.digest) } }

  /// The ranges of a stream by segment, each in the order of the chain.
  package func segments(of stream: Stream) -> [Int: [SealedRange]] {
    Dictionary(grouping: records.lazy.flatMap(\.seal.ranges).filter { $0.stream == stream }, by: \.segment)
  }

  /// Whether nothing is added to a segment any more: the one after it has been sealed.
  package func isFinal(_ stream: Stream, _ segment: Int) -> Bool {
    (last?.seal.position(of: stream)?.segment ?? 0) > segment
  }
}

extension Seal {
  /// How far a stream was sealed.
  package func position(of stream: Stream) -> SealedRange? { ranges.last { $0.stream == stream } }
}
