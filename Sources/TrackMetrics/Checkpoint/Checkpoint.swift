import TrackCore

/// The fold of what was read, kept for the next run, which then reads only what is new.
///
/// It is a cache beside the journal: nothing depends on it, and whatever is wrong with it, or with the files that it
/// speaks of, the next run reads everything. The files are taken for those that were read when they have the same
/// names, devices and inodes, are not shorter, and hold the same last block before the place where reading ended.
struct Checkpoint {
  /// The name of its file in the state directory.
  static let fileName = "report.checkpoint"
  /// The number of its format; another one is not read.
  private static let format = 2
  /// How many bytes prove that a file is the one that was read.
  private static let blockSize: Int64 = 4_096

  /// How far a file was read.
  struct Mark: BitwiseCopyable {
    let device: UInt64
    let inode: UInt64
    /// Where its last whole line ended.
    let offset: Int64
    /// The hash of the block before.
    let block: UInt64
    /// Its lines.
    let lines: Int64
  }

  /// The fold of all whole lines.
  let fold: Fold
  /// The files, each at its place in the fold.
  let files: [(path: String, label: String, mark: Mark)]

  /// How many bytes were read for it.
  var covered: Int64 { files.reduce(0) { $0 + $1.mark.offset } }

  /// The mark of a file that was read up to `offset`.
  static func mark(_ file: LogFile, offset: Int64, lines: Int) throws(SystemError) -> Mark {
    let begin = max(0, offset - blockSize)
    let bytes = try file.bytes(Int(offset - begin), at: begin)
    let (device, inode) = file.identity.words
    return Mark(
      device: device, inode: inode, offset: offset,
      block: Cursor.within(bytes, at: 0) { wideHash($0, bytes.count) }, lines: Int64(lines))
  }

  /// Whether `found` are, or hold besides others, the files that were read; where each stands among them.
  func places(among found: [LogFiles.Found]) -> [Int]? {
    var places: [Int] = []
    for (path, label, mark) in files {
      guard let place = found.firstIndex(where: { $0.path == path && $0.label == label }),
        found[place].file.size >= mark.offset,
        let now = try? Self.mark(found[place].file, offset: mark.offset, lines: Int(mark.lines)),
        (now.device, now.inode, now.block) == (mark.device, mark.inode, mark.block)
      else { return nil }
      places.append(place)
    }
    return places
  }

  /// Reads the checkpoint in a state directory; nil when there is none that can be used.
  static func read(in directory: String, window: Int) -> Checkpoint? {
    guard var file = try? CheckpointFile(path: "\(directory)/\(fileName)") else { return nil }
    return try? Checkpoint(&file, window: window)
  }

  private init(_ file: inout CheckpointFile, window: Int) throws(CheckpointFile.Damage) {
    guard try file.array(Int.self) == Self.header(window) else { throw CheckpointFile.Damage() }
    let marks = try file.array(Mark.self)
    var files: [(path: String, label: String, mark: Mark)] = []
    for mark in marks { files.append((try file.text(), try file.text(), mark)) }
    self.files = files
    var fold = Fold(window: window)
    for file in files {
      let name = file.label.split(separator: "/").last.map { String($0) } ?? ""
      fold.begin(file: file.label, stream: Stream(logName: name), lines: Int(file.mark.lines))
    }
    try fold.restore(&file)
    self.fold = fold
  }

  /// Writes the fold of whole lines into a state directory; that it cannot be written costs the next run its time only.
  static func write(_ fold: Fold, _ files: [(path: String, label: String, mark: Mark)], in directory: String) {
    guard var writer = try? CheckpointWriter.begin(fileName, in: directory) else { return }
    do throws(SystemError) {
      try writer.array(header(fold.window.limit))
      try writer.array(files.map(\.mark))
      for file in files {
        try writer.text(file.path)
        try writer.text(file.label)
      }
      try fold.store(&writer)
      try writer.commit()
    } catch {
      return
    }
  }

  /// What must agree before anything else is believed.
  private static func header(_ window: Int) -> [Int] {
    [0x6472_6f69_642d_666f, format, MemoryLayout<ExecutionRow>.stride, window]
  }
}
