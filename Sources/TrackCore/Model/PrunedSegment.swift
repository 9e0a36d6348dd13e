/// A rotated file that is removed from the journal: what its tombstone says of it.
public struct PrunedSegment: Hashable, Sendable {
  /// The stream.
  public let stream: Stream
  /// Which file of the stream, as seals count them.
  public let segment: Int
  /// Its name.
  public let file: String
  /// Its size in bytes, that of its content where it is compressed.
  public let bytes: Int64
  /// Its lines.
  public let records: Int
  /// The time of its first line, where that tells one.
  public let first: Timestamp?
  /// The time of its last line.
  public let last: Timestamp?
  /// What asked for its removal, such as `max_age 90d`.
  public let policy: String
  /// The digest of its content.
  package let sha256: SHA256.Digest
  /// The digest of its first line, by which the file is known whatever its name.
  package let firstLine: SHA256.Digest

  /// The digest of its content as text.
  public var digest: String { sha256.description }
}
