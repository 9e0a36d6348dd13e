import TrackCore

/// What is read next: the files side by side in the order of their lines' times.
///
/// Copies of an event in several files are then read close to each other, so that a window over the newest events is
/// enough to tell them. The order does not depend on who reads: equal files give equal plans.
struct ChunkPlan {
  /// A file that is to be read.
  struct Source {
    /// Its place among the fold's files.
    let place: Int
    let file: LogFile
    /// Where reading begins, at the beginning of a line.
    let first: Int64
    /// Where its last whole line ends.
    let stop: Int64
    fileprivate var next: Int64
    /// The time of the first line of the next stretch, as far as it is known.
    fileprivate var time = Int64.min

    init(place: Int, file: LogFile, first: Int64, stop: Int64) {
      self.place = place
      self.file = file
      self.first = first
      self.stop = stop
      next = first
    }
  }

  private var sources: [Source]
  private let chunk: Int64
  private let isAlone: Bool
  private var ticket = 0

  init(_ sources: [Source], chunk: Int) {
    self.sources = sources.filter { $0.first < $0.stop }
    self.chunk = Int64(chunk)
    isAlone = self.sources.count == 1
    for place in self.sources.indices { look(at: place) }
  }

  /// How many stretches there are in all.
  var count: Int { sources.reduce(0) { $0 + Int(($1.stop - $1.next + chunk - 1) / chunk) } }

  /// The next stretch, the place of its file, and the turn in which it is folded; nil when all are given out.
  mutating func take() -> (ticket: Int, place: Int, chunk: Chunk)? {
    guard let place = sources.indices.min(by: { sources[$0].time < sources[$1].time }) else { return nil }
    let source = sources[place]
    let end = min(source.next + chunk, source.stop)
    if end == source.stop {
      sources.remove(at: place)
    } else {
      sources[place].next = end
      look(at: place)
    }
    ticket += 1
    return (
      ticket - 1, source.place,
      Chunk(file: source.file, first: source.first, begin: source.next, end: end, stop: source.stop)
    )
  }

  /// Finds out the time of the next stretch; one that does not tell keeps the time of the one before.
  private mutating func look(at place: Int) {
    let source = sources[place]
    guard !isAlone, let bytes = try? source.file.bytes(4_096, at: max(source.first, source.next - 1)) else { return }
    var line = bytes[...]
    if source.next > source.first {
      guard let before = line.firstIndex(of: 0x0A) else { return }
      line = line[(before + 1)...]
    }
    let key = Array("{\"timestamp\": \"".utf8)
    guard line.starts(with: key) else { return }
    let text = Array(line.dropFirst(key.count).prefix { $0 != 0x22 })
    if let time = Timestamp(utf8: text.span) { sources[place].time = max(source.time, time.microseconds) }
  }
}
