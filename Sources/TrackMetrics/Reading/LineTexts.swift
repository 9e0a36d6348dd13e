import TrackCore

/// Where the lines of a fold can be read again, for the few texts that are asked for.
struct LineTexts: Sendable {
  /// Where the lines of one file are.
  enum Source: Sendable {
    /// In a file, which must still be the one that was read.
    case path(String, FileStatus.Identity)
    /// In a file that stays open because it has no name.
    case open(LogFile)
    /// In memory.
    case memory([UInt8])
  }

  private var sources: [Source] = []

  init() {}

  /// Takes in where the lines of `file` are.
  mutating func add(_ source: Source, file: Int) {
    while sources.count <= file { sources.append(.memory([])) }
    sources[file] = source
  }

  /// Holds a line in memory; where it begins.
  mutating func hold(_ line: [UInt8], file: Int) -> Int64 {
    while sources.count <= file { sources.append(.memory([])) }
    guard case .memory(var bytes) = sources[file] else { return 0 }
    sources[file] = .memory([])
    let offset = bytes.count
    bytes += line
    bytes.append(0x0A)
    sources[file] = .memory(bytes)
    return Int64(offset)
  }

  /// The line at a reference, taken apart; nil when it cannot be read again or is no longer what it was.
  ///
  /// Then an error is told by its template, which the fold holds: less of a text, but never a wrong one.
  func record(at reference: LineReference, _ pages: LinePages) -> EventRecord? {
    guard let (file, offset) = pages.place(of: reference), file < sources.count,
      let line = try? line(at: offset, of: sources[file])
    else { return nil }
    let content = line.drop { $0 == 0 || $0 == 0xEF || $0 == 0xBB || $0 == 0xBF }
    return try? EventRecord(line: Array(content))
  }

  /// The report at a reference.
  func report(at reference: LineReference, _ pages: LinePages) -> ReportNote? {
    guard let record = record(at: reference, pages), let time = record.timestamp else { return nil }
    return ReportNote(
      time: time, progress: record.details.number(WireKey.progress), message: record.details.text(WireKey.message))
  }

  private func line(at offset: Int64, of source: Source) throws(SystemError) -> ArraySlice<UInt8> {
    switch source {
    case .memory(let bytes):
      return bytes[min(Int(offset), bytes.count)...].prefix { $0 != 0x0A }
    case .open(let file):
      return try line(at: offset, in: file)
    case .path(let path, let identity):
      let file = try LogFile(path: path)
      return file.identity == identity ? try line(at: offset, in: file) : []
    }
  }

  private func line(at offset: Int64, in file: LogFile) throws(SystemError) -> ArraySlice<UInt8> {
    var size = 2_048
    while true {
      let bytes = try file.bytes(size, at: offset)
      if let end = bytes.firstIndex(of: 0x0A) { return bytes[..<end] }
      guard bytes.count == size, size <= LineReader.maximumLineLength else { return bytes[...] }
      size *= 8
    }
  }
}
