/// The gzip files (RFC 1952) that hold rotated parts of streams.
///
/// Ours are made of members of at most `contentLength` bytes of content, each of which says in an extra field how long it
/// is: any gunzip(1) unpacks them, and we read them from any place on without unpacking what is before it.
enum Gzip {
  /// The most bytes of content in a member.
  static let contentLength = 256 * 1024
  /// The frame around a member: a header of fixed length, and a trailer.
  static let headerLength = 24
  static let trailerLength = 8

  static let damage = SystemError.damaged("it is no whole gzip file")

  /// What the header of a member of ours says.
  struct Header: Hashable {
    /// The member's length in bytes, frame included.
    let length: Int
    /// The length of its content.
    let content: Int

    /// Reads a header; nil when it is that of another writer or of none.
    init?(_ bytes: [UInt8]) {
      guard bytes.count >= Gzip.headerLength, Array(bytes[..<16]) == Gzip.fixed else { return nil }
      length = Gzip.word(bytes, 16)
      content = Gzip.word(bytes, 20)
      guard (1...Gzip.contentLength).contains(content), length > Gzip.headerLength + Gzip.trailerLength,
        length <= 2 * Gzip.contentLength
      else { return nil }
    }
  }

  /// The member that holds `content`.
  static func member(_ content: [UInt8]) throws(SystemError) -> [UInt8] {
    let packed = try Deflate.packed(content)
    return fixed + littleEndian(packed.count + headerLength + trailerLength) + littleEndian(content.count) + packed
      + littleEndian(Int(Deflate.checksum(content))) + littleEndian(content.count)
  }

  /// What a whole member holds.
  static func content(of member: [UInt8], _ header: Header) throws(SystemError) -> [UInt8] {
    guard member.count == header.length else { throw damage }
    let content = try Deflate.unpacked(
      member[headerLength..<member.count - trailerLength], count: header.content)
    guard word(member, member.count - 8) == Int(Deflate.checksum(content)),
      word(member, member.count - 4) == content.count
    else { throw damage }
    return content
  }

  /// Magic, deflate, an extra field, no time, no flags of the packer, Unix; the field is 12 bytes long: `DT`, 8 bytes.
  private static let fixed: [UInt8] = [
    0x1F, 0x8B, 8, 4, 0, 0, 0, 0, 0, 3, 12, 0, UInt8(ascii: "D"), UInt8(ascii: "T"), 8, 0,
  ]

  private static func word(_ bytes: [UInt8], _ place: Int) -> Int {
    (0..<4).reduce(0) { $0 | Int(bytes[place + $1]) << (8 * $1) }
  }

  private static func littleEndian(_ value: Int) -> [UInt8] {
    (0..<4).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
  }
}

/// A gzip file of ours, read from any place on; several threads may.
final class GzipMembers: Sendable {
  /// Where a member begins in the file, and its content in the whole.
  private struct Place {
    let offset: Int64
    let begin: Int64
  }

  private let places: [Place]
  /// The length of the content.
  let size: Int64
  /// The members that were unpacked last, the newest last: stretches of a file that are read side by side share them.
  private let recent = Monitor<[(number: Int, content: [UInt8])]>([])
  private static let recentCount = 8

  /// Looks for the members of a file; nil when they are not ours.
  init?(_ file: borrowing Handle, size: Int64) throws(SystemError) {
    var places: [Place] = []
    var (offset, begin): (Int64, Int64) = (0, 0)
    while offset < size {
      var bytes = [UInt8](repeating: 0, count: Gzip.headerLength)
      guard try file.read(into: &bytes, at: offset) == bytes.count, let header = Gzip.Header(bytes) else { return nil }
      places.append(Place(offset: offset, begin: begin))
      offset += Int64(header.length)
      begin += Int64(header.content)
    }
    guard offset == size, !places.isEmpty else { return nil }
    self.places = places + [Place(offset: offset, begin: begin)]
    self.size = begin
  }

  /// The content of the member that holds `offset`, and where it begins; nil at the end.
  func content(at offset: Int64, _ file: borrowing Handle) throws(SystemError) -> (begin: Int64, bytes: [UInt8])? {
    guard offset >= 0, offset < size else { return nil }
    let number = number(of: offset)
    if let known = recent.with({ $0.first { $0.number == number } }) { return (places[number].begin, known.content) }
    var member = [UInt8](repeating: 0, count: Int(places[number + 1].offset - places[number].offset))
    guard try file.read(into: &member, at: places[number].offset) == member.count, let header = Gzip.Header(member)
    else { throw Gzip.damage }
    let content = try Gzip.content(of: member, header)
    recent.with { recent in
      recent.append((number, content))
      if recent.count > Self.recentCount { recent.removeFirst() }
    }
    return (places[number].begin, content)
  }

  private func number(of offset: Int64) -> Int {
    var (low, high) = (0, places.count - 1)
    while high - low > 1 {
      let middle = (low + high) / 2
      if places[middle].begin <= offset { low = middle } else { high = middle }
    }
    return low
  }
}
