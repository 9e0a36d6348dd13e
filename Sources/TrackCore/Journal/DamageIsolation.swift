/// A stream's file made anew without the lines that are none; the file as it was is kept beside it.
///
/// The new file is written and synced under a name of its own. `commit` exchanges the two names, so that there is a whole
/// file by the stream's name at every moment, and gives the old one its `.bad` name. Used under the lock. What a dead repair
/// left is seen to by the next: a new file that was not ready is made again; one that was ready gets a `.bad` name whichever of
/// the two it is, for nothing tells them apart and nothing may be lost.
struct DamageIsolation {
  let stream: Stream
  /// The name that the file as it was gets.
  let kept: String
  /// How many lines are left out.
  let badLines: Int
  /// The digest of the file as it was.
  let digest: SHA256.Digest

  private let file: String

  /// Makes the new file; nil when there is no damage, or no file.
  init?(_ file: String, in directory: borrowing Directory, at time: Timestamp) throws(SystemError) {
    guard let stream = Stream(ofFile: file), !file.hasSuffix(".bad"), !SealedFile.isCompressed(file) else { return nil }
    self.stream = stream
    self.file = file
    try Self.finish(file, stream, in: directory, at: time)
    guard let status = try directory.status(file), status.kind == .regular else { return nil }
    let (unready, ready) = Self.names(file)
    let new = try directory.file(making: unready, .write)
    guard let bad = try Self.copy("\(directory.path)/\(file)", to: new), bad > 0 else {
      try directory.remove(unready)
      return nil
    }
    badLines = bad
    let old = try SealedFile(file, in: directory.path)
    digest = try old.measure(0..<old.size).digest
    try new.setMode(status.mode)
    try new.sync()
    try new.close()
    try directory.rename(unready, to: ready)
    try directory.handle.sync()
    kept = try Self.freeName(stream, in: directory, at: time)
  }

  /// Puts the new file in the old one's place.
  func commit(in directory: borrowing Directory) throws(SystemError) {
    let ready = Self.names(file).ready
    try directory.exchange(ready, with: file)
    try directory.handle.sync()
    try directory.rename(ready, to: kept)
    try directory.handle.sync()
  }

  /// Sees to what a dead repair left.
  private static func finish(
    _ file: String, _ stream: Stream, in directory: borrowing Directory, at time: Timestamp
  ) throws(SystemError) {
    let (unready, ready) = names(file)
    try directory.remove(unready)
    if try directory.status(ready) != nil {
      try directory.rename(ready, to: try freeName(stream, in: directory, at: time))
      try directory.handle.sync()
    }
  }

  private static func names(_ file: String) -> (unready: String, ready: String) {
    (".\(file).new", ".\(file).ready")
  }

  /// `events-20261122T190000Z.ndjson.bad`, with a number when there is one already.
  private static func freeName(
    _ stream: Stream, in directory: borrowing Directory, at time: Timestamp
  ) throws(SystemError) -> String {
    let digits = time.description.prefix(19).filter { $0 != "-" && $0 != ":" }
    for number in 1... {
      let suffix = number == 1 ? "" : "-\(number)"
      let name = "\(stream.name)-\(digits)Z\(suffix).ndjson.bad"
      if try directory.status(name) == nil { return name }
    }
    throw SystemError(code: 17, call: "rename")
  }

  /// Copies the lines that are JSON objects; the number of the others.
  ///
  /// A line with NUL bytes before it loses those. A last line without line feed is left as it is: it may be torn, but the
  /// next writer closes it off, and then it can be told.
  private static func copy(_ path: String, to new: borrowing Handle) throws(SystemError) -> Int? {
    var reader: LineReader
    do { reader = try LineReader(path: path) } catch {
      guard error.isAbsence else { throw error }
      return nil
    }
    var bad = 0
    var kept: [UInt8] = []
    while let line = try reader.next() {
      let isBlank = !line.isTooLong && line.leadingNULs == 0 && line.range.isEmpty
      let isWhole = !line.isTooLong && (isBlank || (try? JSONParser.object(line.bytes, in: line.range)) != nil)
      if !line.isTerminated {
        if line.isTooLong {
          throw SystemError(code: 27, call: "read", explanation: "its last line is too long to copy")
        }
        kept += line.bytes[line.range]
      } else if isWhole {
        if line.leadingNULs > 0 { bad += 1 }
        kept += line.bytes[line.range]
        kept.append(UInt8(ascii: "\n"))
      } else {
        bad += 1
      }
      if kept.count > 1 << 20 {
        try new.write(kept)
        kept.removeAll(keepingCapacity: true)
      }
    }
    try new.write(kept)
    return bad
  }
}
