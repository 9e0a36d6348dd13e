/// What is known of open and recently ended executions without reading the journal: one small file an execution.
///
/// Used under the journal's lock; the sweep also reads it without. It is a cache, never synced: it lives in a directory
/// named after the boot, so after a reboot, a power cut or a `git clean` it is missing and is rebuilt from the journal.
struct Ledger: ~Copyable {
  /// Executions that have not ended, and pending changes of ended ones.
  private let open: Directory
  /// Executions that have ended.
  private let closed: Directory
  private let boot: String

  /// The file that says that the ledger holds all there is to know: who removes a part of the ledger removes it, too.
  private static let seal = "whole"

  /// Which files of the ledger a name stands in.
  enum Side {
    case open, closed
  }

  /// Whoever reads a record reads its file: more than this is not left behind, in bytes of lines.
  private static let longRedo = 16 * 1024

  /// The longest record: an ending with its redo holds a few lines of 64 KiB, escaped.
  private static let maximumLength = 4 << 20

  /// The name of the ledger of a boot in the state directory.
  static func name(boot: String) -> String { "ledger-\(boot.isEmpty ? "unknown" : boot)" }

  /// Opens the ledger of this boot.
  /// - Throws: ENOENT when there is none and it has to be rebuilt.
  static func existing(in state: borrowing Directory, boot: String) throws(SystemError) -> Ledger {
    let directory = try state.directory(name(boot: boot))
    guard try directory.status(seal) != nil else { throw SystemError.absent() }
    return try opened(directory, boot: boot)
  }

  /// Makes an empty ledger under a name of its own, to be filled and then renamed.
  static func create(_ name: String, in state: borrowing Directory, boot: String) throws(SystemError) -> Ledger {
    let directory = try state.directory(creating: name)
    // First of all, so that whoever removes what comes after it has seen it, too.
    try directory.create(seal, [])
    try directory.makeDirectory("open")
    try directory.makeDirectory("closed")
    return try opened(directory, boot: boot)
  }

  /// Whether this is the ledger that others find.
  ///
  /// Somebody may have removed the state directory under us, and another writer made it anew from a journal that did not
  /// hold our lines yet.
  func isCurrent(in log: borrowing Directory) throws(SystemError) -> Bool {
    let path = "\(LogDirectory.stateName)/\(Self.name(boot: boot))"
    guard try log.status("\(path)/\(Self.seal)") != nil else { return false }
    return try log.status("\(path)/open")?.identity == open.handle.status().identity
  }

  private static func opened(_ directory: borrowing Directory, boot: String) throws(SystemError) -> Ledger {
    let open = try directory.directory("open")
    return Ledger(open: open, closed: try directory.directory("closed"), boot: boot)
  }

  private init(open: consuming Directory, closed: consuming Directory, boot: String) {
    self.open = open
    self.closed = closed
    self.boot = boot
  }

  /// The ids of executions that have not ended.
  func openIDs() throws(SystemError) -> [ExecutionID] { try ids(in: open) }

  /// The ids of ended executions that are remembered.
  func closedIDs() throws(SystemError) -> [ExecutionID] { try ids(in: closed) }

  private func ids(in directory: borrowing Directory) throws(SystemError) -> [ExecutionID] {
    try directory.names().compactMap { try? ExecutionID($0) }
  }

  /// The record of an execution; nil when there is none.
  /// - Throws: damage when it is not what a writer leaves.
  func record(_ id: ExecutionID, _ side: Side) throws(SystemError) -> LedgerRecord? {
    let bytes: [UInt8]
    do {
      switch side {
      case .open: bytes = try open.contents(of: id.text, maximum: Self.maximumLength)
      case .closed: bytes = try closed.contents(of: id.text, maximum: Self.maximumLength)
      }
    } catch {
      guard error.isAbsence else { throw error }
      return nil
    }
    guard let record = LedgerCoding.decode(bytes, boot: boot) else { throw SystemError.damaged("\(id) is damaged") }
    return record
  }

  /// Puts a record into its place in one step, over what was there.
  func put(_ record: LedgerRecord, _ side: Side = .open) throws(SystemError) {
    // One name for all, for only one writer holds the lock; what a dead one left is in the way only once.
    let temporary = ".new"
    try open.remove(temporary)
    try open.create(temporary, LedgerCoding.bytes(record))
    switch side {
    case .open: try open.rename(temporary, to: record.execution.id.text)
    case .closed: try open.rename(temporary, to: record.execution.id.text, in: closed)
    }
  }

  /// Notes in place what is about to happen to an open execution, before the journal is touched.
  ///
  /// `record` is the record as it is to be, its pending state and redo with it.
  func begin(_ record: LedgerRecord) throws(SystemError) {
    let file = try open.file(record.execution.id.text, .readWrite)
    let conclusion = LedgerCoding.conclusion(record.conclusion)
    let redo = LedgerCoding.redo(record.redo)
    if redo.count > Self.longRedo {
      try file.write(conclusion, at: Int64(record.tailOffset))
      try file.write(redo, at: Int64(record.tailOffset + conclusion.count))
    } else {
      try file.write(conclusion + redo, at: Int64(record.tailOffset))
    }
    try file.write(LedgerCoding.head(record.state, lastReport: record.lastReport), at: 0)
    try file.close()
  }

  /// Notes in place when an open execution was last heard of.
  func touch(_ id: ExecutionID, at time: Instant) throws(SystemError) {
    let file = try open.file(id.text, .readWrite)
    try file.write(LedgerCoding.head(.open, lastReport: time), at: 0)
    try file.close()
  }

  /// Notes that the change of a pending record is in the journal.
  ///
  /// A closing record moves to the ended ones.
  func settle(_ record: LedgerRecord) throws(SystemError) {
    let isEnded = record.conclusion != nil
    let name = record.execution.id.text
    let file = try open.file(name, .readWrite)
    try file.write(LedgerCoding.head(isEnded ? .closed : .open, lastReport: record.lastReport), at: 0)
    // What stands behind an open record's facts is not looked at, and little of it does not matter; an ended one is kept
    // for long, so it is kept short.
    if isEnded {
      try file.truncate(to: Int64(record.tailOffset + LedgerCoding.conclusion(record.conclusion).count))
    } else if (record.redo?.length ?? 0) > Self.longRedo {
      try file.truncate(to: Int64(record.tailOffset))
    }
    try file.close()
    if isEnded { try open.rename(name, to: name, in: closed) }
  }

  /// Forgets an execution whose start did not come about.
  func discard(_ id: ExecutionID) throws(SystemError) { try open.remove(id.text) }

  /// Forgets an execution that ended long ago.
  func forget(_ id: ExecutionID) throws(SystemError) { try closed.remove(id.text) }

  /// When an ended execution's record was last written.
  func closedTime(_ id: ExecutionID) throws(SystemError) -> Timestamp? { try closed.status(id.text)?.modified }
}
