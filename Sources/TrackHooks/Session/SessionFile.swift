package import TrackCore

/// The files of sessions beside the journal, one a session, each with a lock of its own.
package struct SessionFiles: ~Copyable {
  private let shelf: StateShelf
  private let harness: Harness

  /// The directory of the files in the state directory.
  package static let directory = "hooks"
  /// The log in which hooks tell what went wrong.
  package static let log = "hook.log"

  private static let maximumSize = 256 * 1024
  private static let maximumLogSize: Int64 = 256 * 1024
  private static let remembered: Double = 30 * 86_400
  /// Fewer files than these are not worth a look at their ages.
  private static let tolerated = 64

  /// Opens the files of the sessions of a harness.
  package static func open(of harness: Harness, in journal: Journal) throws(JournalError) -> SessionFiles {
    SessionFiles(shelf: try StateShelf.open(directory, of: journal), harness: harness)
  }

  private init(shelf: consuming StateShelf, harness: Harness) {
    self.shelf = shelf
    self.harness = harness
  }

  /// A text as it may be kept.
  func clean(_ text: String) -> String { shelf.clean(text) }

  /// Where they are.
  package var path: String { shelf.path }

  /// Where the log is.
  package var logPath: String { shelf.path(ofLog: Self.log) }

  /// The record of a session; an empty one when there is none, or it is damaged.
  package func record(of session: String) -> SessionRecord {
    if let bytes = try? shelf.contents(of: name(session), maximum: Self.maximumSize),
      let record = SessionRecord(bytes), record.session == session
    {
      return record
    }
    var record = SessionRecord()
    record.session = session
    return record
  }

  /// Keeps a record.
  func put(_ record: SessionRecord) throws(SystemError) { try shelf.put(name(record.session), record.bytes) }

  /// Locks the record of a session; nil when the lock was not had within `wait`.
  func lock(_ session: String, wait: Duration) throws(SystemError) -> FileLock? {
    try shelf.lock("\(stem(session)).lock", wait: wait)
  }

  /// The sessions of the harness that are remembered, with when each was last heard of, the latest first.
  package func all() -> [(record: SessionRecord, heard: Timestamp)] {
    let names = ((try? shelf.names()) ?? []).filter { $0.hasPrefix("\(harness.rawValue).") && $0.hasSuffix(".json") }
    return names.compactMap { name -> (record: SessionRecord, heard: Timestamp)? in
      guard let bytes = try? shelf.contents(of: name, maximum: Self.maximumSize), let record = SessionRecord(bytes),
        let heard = (try? shelf.modified(name)).flatMap({ $0 })
      else { return nil }
      return (record, heard)
    }.sorted { $0.heard > $1.heard }
  }

  /// Forgets sessions that were not heard of for long.
  func prune(now: Timestamp) {
    guard let names = try? shelf.names(), names.count > Self.tolerated else { return }
    for name in names {
      guard let heard = (try? shelf.modified(name)).flatMap({ $0 }), now.seconds(since: heard) > Self.remembered else {
        continue
      }
      try? shelf.remove(name)
    }
  }

  /// Tells the log what went wrong; that it cannot be told has nowhere to be told.
  package func note(_ text: String, at time: Timestamp) {
    try? shelf.note("\(harness.rawValue): \(text)", at: time, in: Self.log, maximumSize: Self.maximumLogSize)
  }

  /// The last lines of the log.
  package func lastNotes() -> [String] {
    guard let bytes = try? shelf.log(Self.log, last: 4096) else { return [] }
    return bytes.split(separator: UInt8(ascii: "\n")).map { String(decoding: $0, as: UTF8.self) }
  }

  /// Leaves a canary's mark.
  func leave(canary: String) throws(SystemError) { try shelf.put(canaryName, Array(canary.utf8)) }

  /// Takes a canary's mark away; whether it was there.
  package func takes(canary: String) -> Bool {
    guard let mark = try? shelf.contents(of: canaryName, maximum: 4096) else { return false }
    try? shelf.remove(canaryName)
    return mark == Array(canary.utf8)
  }

  private var canaryName: String { "\(harness.rawValue).canary" }
  private func name(_ session: String) -> String { "\(stem(session)).json" }

  /// A file's name is made of the session's name, never is that name.
  private func stem(_ session: String) -> String { "\(harness.rawValue).\(hexadecimal(hash(session), digits: 16))" }

  /// FNV-1a over 64 bits: a record tells its session, so nothing depends on it.
  private func hash(_ text: String) -> UInt64 {
    text.utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
  }
}
