import TrackCore

/// The lines of one stretch, checked; used again for the next, and by one thread at a time.
@safe final class LineBuffer {
  /// What is compared of the lines, in order.
  private(set) var facts: ContiguousArray<LineFacts> = []
  /// What is wrong with lines by themselves.
  private(set) var problems: [LineProblem] = []
  /// How many lines begin in the stretch.
  private(set) var lineCount = 0
  /// Of them those of other writers.
  private(set) var foreignCount = 0
  /// Where a last line without line feed begins; nil when there is none.
  private(set) var unfinished: Int64?
  /// Why the file could not be read.
  private(set) var failure: SystemError?

  private var storage: UnsafeMutableRawBufferPointer
  private var checker = LineChecker()

  init(length: Int) {
    unsafe storage = .allocate(byteCount: length + 64 * 1024 + Place.padding, alignment: 64)
  }

  deinit { unsafe storage.deallocate() }

  /// Reads and checks the lines that begin in a stretch.
  func check(_ stretch: Stretch) {
    facts.removeAll(keepingCapacity: true)
    problems.removeAll(keepingCapacity: true)
    (lineCount, foreignCount, unfinished, failure) = (0, 0, nil, stretch.failure)
    guard failure == nil else { return }
    do throws(SystemError) { try checkLines(of: stretch) } catch { failure = error }
  }

  private func checkLines(of stretch: Stretch) throws(SystemError) {
    // The byte before tells whether a line begins with the stretch.
    let origin = max(0, stretch.begin - 1)
    var count = try load(stretch.file, origin, 0, Int(stretch.end - origin))
    var position = 0
    if stretch.begin > 0 {
      guard let feed = place(0).lineFeed(within: count) else { return }
      position = feed - place(0) + 1
    }
    // A byte order mark is no part of the first line.
    if stretch.begin == 0, place(0).matches("\u{FEFF}") { position = 3 }
    while origin + Int64(position) < stretch.end {
      if let end = place(position).lineFeed(within: count - position) {
        check(from: position, to: end - place(0), origin)
        position = end - place(0) + 1
      } else if origin + Int64(count) >= stretch.file.size {
        unfinished = origin + Int64(position)
        return
      } else if count - position > LineReader.maximumLineLength {
        let end = try endOfLine(stretch.file, origin + Int64(count))
        lineCount += 1
        note(.damaged, origin + Int64(position), "it is \(end - origin - Int64(position)) bytes long")
        return
      } else {
        let more = Int(min(256 * 1024, stretch.file.size - origin - Int64(count)))
        count += try load(stretch.file, origin, count, more)
      }
    }
  }

  /// Checks the line of `start..<end`.
  @inline(__always) private func check(from start: Int, to end: Int, _ origin: Int64) {
    lineCount &+= 1
    let offset = origin + Int64(start)
    let last = checker.check(place(start))
    guard let last, last == place(end) else { return damaged(start, end, offset, last) }
    var found = checker.facts
    found.offset = offset
    if found.kind == .foreign { foreignCount &+= 1 }
    facts.append(found)
    if let problem = checker.schemaProblem { note(.schema, offset, problem) }
    if let key = checker.repeatedKey { note(.repeated, offset, "\(key) stands twice") }
  }

  private func damaged(_ start: Int, _ end: Int, _ offset: Int64, _ last: Place?) {
    // Blank lines are nobody's loss.
    let bytes = place(start).bytes(end - start)
    if bytes.allSatisfy({ $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }) { return }
    let nuls = bytes.prefix { $0 == 0 }.count
    if nuls > 0 { return note(.damaged, offset, "\(nuls) NUL bytes, as a power cut leaves them") }
    let byte = (last ?? checker.damage?.place).map { $0 - place(start) + 1 } ?? 1
    let text = last == nil ? checker.damage?.text ?? "not an object" : "a NUL byte"
    note(.damaged, offset, "no JSON object: \(text) at byte \(byte)")
  }

  private func note(_ kind: LineProblem.Kind, _ offset: Int64, _ text: String) {
    problems.append(LineProblem(kind: kind, offset: offset, text: text))
  }

  @inline(__always) private func place(_ offset: Int) -> Place {
    unsafe Place(UnsafeRawPointer(storage.baseAddress.unsafelyUnwrapped + offset))
  }

  /// Reads `count` bytes behind `held` ones, and zeros behind them; all that were asked for.
  private func load(_ file: SealedFile, _ origin: Int64, _ held: Int, _ count: Int) throws(SystemError) -> Int {
    if unsafe held + count + Place.padding > storage.count {
      let larger = UnsafeMutableRawBufferPointer.allocate(
        byteCount: 2 * (held + count) + Place.padding, alignment: 64)
      unsafe larger.copyMemory(from: UnsafeRawBufferPointer(rebasing: storage[..<held]))
      unsafe storage.deallocate()
      unsafe storage = larger
    }
    let room = unsafe UnsafeMutableRawBufferPointer(rebasing: storage[held..<held + count])
    guard unsafe try file.read(into: room, at: origin + Int64(held)) == count else {
      throw SystemError(code: 5, call: "read", explanation: "it was cut while it was read")
    }
    for place in held + count..<held + count + Place.padding { unsafe storage[place] = 0 }
    return count
  }

  /// Where a line ends that is too long to hold.
  private func endOfLine(_ file: SealedFile, _ start: Int64) throws(SystemError) -> Int64 {
    var position = start
    while position < file.size {
      let bytes = try file.bytes(1 << 18, at: position)
      if let feed = bytes.firstIndex(of: 0x0A) { return position + Int64(feed) }
      guard !bytes.isEmpty else { break }
      position += Int64(bytes.count)
    }
    return position
  }
}
