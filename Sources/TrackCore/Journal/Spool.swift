/// Requests that could not wait for the lock, each a file of its own, as Maildir keeps mail.
///
/// An entry is written and synced under `tmp/`, then renamed to `new/`: whoever sees it there sees all of it. Entries
/// are added without the lock and merged under it.
struct Spool: ~Copyable {
  private let directory: Directory
  private let new: Directory

  private static let maximumLength = 4 << 20

  /// The spool of a state directory; nil when nothing was ever spooled.
  static func existing(in state: borrowing Directory) throws(SystemError) -> Spool? {
    do {
      let directory = try state.directory("spool")
      let new = try directory.directory("new")
      return Spool(directory: directory, new: new)
    } catch {
      guard error.isAbsence else { throw error }
      return nil
    }
  }

  /// The spool of a state directory, made when missing.
  static func create(in state: borrowing Directory) throws(SystemError) -> Spool {
    let directory = try state.directory(creating: "spool")
    try directory.makeDirectory("tmp")
    let new = try directory.directory(creating: "new")
    return Spool(directory: directory, new: new)
  }

  private init(directory: consuming Directory, new: consuming Directory) {
    self.directory = directory
    self.new = new
  }

  /// Adds an entry; it is durable when this returns.
  func add(_ entry: RequestCoding.Entry) throws(SystemError) {
    let name = "\(decimal(Int(entry.request.time.wall.microseconds), digits: 17))-\(entry.request.id)"
    let temporary = try directory.directory(creating: "tmp")
    do {
      try temporary.create(name, RequestCoding.bytes(entry), syncing: true)
      try temporary.rename(name, to: name, in: new)
    } catch {
      try? temporary.remove(name)
      throw error
    }
    try new.handle.sync()
  }

  /// The names of the entries, in the order of their times.
  func names() throws(SystemError) -> [String] { try new.names().sorted() }

  /// Reads an entry; nil when it is none: damaged, or no file of ours.
  func entry(_ name: String) throws(SystemError) -> RequestCoding.Entry? {
    do throws(SystemError) {
      return RequestCoding.decode(try new.contents(of: name, maximum: Self.maximumLength))
    } catch {
      // What cannot be read just now is an entry all the same.
      guard error.isWrongKind || error.isTooLarge else { throw error }
      return nil
    }
  }

  /// Takes an entry out that is in the journal now.
  func remove(_ name: String) throws(SystemError) { try new.remove(name) }

  /// Puts what is no entry aside.
  func setAside(_ name: String) throws(SystemError) {
    let bad = try directory.directory(creating: "bad")
    try new.rename(name, to: name, in: bad)
  }
}
