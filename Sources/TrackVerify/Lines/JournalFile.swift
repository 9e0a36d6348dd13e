import TrackCore

/// A file that is verified, opened while no line of the journal was being written.
struct JournalFile: Sendable {
  /// Its name in the log directory, or the path it was named by.
  let name: String
  /// The stream it belongs to; nil for a file that was named alone.
  let stream: TrackCore.Stream?
  let file: SealedFile
}

/// A stretch of a file that a thread checks as a piece: the lines that begin in it.
struct Stretch: Sendable {
  let place: Int
  let file: SealedFile
  let begin: Int64
  let end: Int64
  /// Why it could not be looked at before.
  let failure: SystemError?
}

/// The stretches of several files, side by side in the order of their lines' times.
///
/// What belongs together in several streams is then read close together, so that little of it has to be remembered.
struct StretchPlan {
  private struct Source {
    let place: Int
    let file: SealedFile
    var next: Int64 = 0
    var time = Int64.min
    var failure: SystemError?
    var ahead: ReadAhead

    init(place: Int, file: SealedFile) {
      (self.place, self.file) = (place, file)
      ahead = ReadAhead(0..<file.size)
    }
  }

  private var sources: [Source]
  private let length: Int64
  private var ticket = 0

  init(_ files: [JournalFile], length: Int) {
    self.length = Int64(length)
    sources = files.enumerated().filter { $1.file.size > 0 }.map { Source(place: $0, file: $1.file) }
    for place in sources.indices { look(at: place) }
  }

  /// The next stretch and its turn; nil when all are given out.
  mutating func take() -> (ticket: Int, stretch: Stretch)? {
    guard let place = sources.indices.min(by: { sources[$0].time < sources[$1].time }) else { return nil }
    let end = min(sources[place].next + length, sources[place].file.size)
    sources[place].file.readAhead(&sources[place].ahead, at: end)
    let source = sources[place]
    if end == source.file.size {
      sources.remove(at: place)
    } else {
      sources[place].next = end
      look(at: place)
    }
    ticket += 1
    return (
      ticket - 1, Stretch(place: source.place, file: source.file, begin: source.next, end: end, failure: source.failure)
    )
  }

  /// Finds out the time of the next stretch; one that does not tell keeps the time of the one before.
  private mutating func look(at place: Int) {
    let source = sources[place]
    guard sources.count > 1 else { return }
    let bytes: [UInt8]
    do { bytes = try source.file.bytes(8_192, at: source.next) } catch {
      sources[place].failure = error
      return
    }
    let key = Array("{\"timestamp\": \"".utf8)
    var line = bytes[...]
    if source.next > 0 {
      guard let feed = line.firstIndex(of: 0x0A) else { return }
      line = line[(feed + 1)...]
    }
    guard line.starts(with: key) else { return }
    let text = Array(line.dropFirst(key.count).prefix { $0 != 0x22 })
    if let time = Timestamp(utf8: text.span) { sources[place].time = max(source.time, time.microseconds) }
  }
}
