internal import CExchange
import Glibc

/// An open directory; names in it are looked up from here, so that nobody can swap a parent underneath.
package struct Directory: ~Copyable {
  let handle: Handle
  /// The path it was opened by, for messages.
  package let path: String
  /// Whom files made in it and below are given to; nil leaves them to us.
  let heir: FileOwner?

  /// Opens `path`; a symbolic link is followed only when asked for.
  package init(path: String, followingLink: Bool = false, heir: FileOwner? = nil) throws(SystemError) {
    let flags = O_RDONLY | O_DIRECTORY | O_CLOEXEC | (followingLink ? 0 : O_NOFOLLOW)
    handle = Handle(adopting: try Self.open(AT_FDCWD, path, flags, mode: 0))
    self.path = path
    self.heir = heir
  }

  private init(handle: consuming Handle, path: String, heir: FileOwner?) {
    self.handle = handle
    self.path = path
    self.heir = heir
  }

  /// Opens `path`, and makes what is missing of it with mode 0700.
  static func creatingAll(_ path: String) throws(SystemError) -> Directory {
    do {
      return try Directory(path: path, followingLink: true)
    } catch {
      guard error.code == ENOENT, path != "/" else { throw error }
      return try creatingAll(Path.parent(path)).directory(creating: Path.name(path))
    }
  }

  private static func open(_ base: Int32, _ name: String, _ flags: Int32, mode: mode_t) throws(SystemError) -> Int32 {
    while true {
      let descriptor = unsafe openat(base, name, flags, mode)
      if descriptor >= 0 { return descriptor }
      guard errno == EINTR else { throw SystemError.last("open") }
    }
  }

  /// Opens a directory in this one; a symbolic link is refused.
  func directory(_ name: String) throws(SystemError) -> Directory {
    let flags = O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW
    return Directory(
      handle: Handle(adopting: try Self.open(handle.descriptor, name, flags, mode: 0)), path: "\(path)/\(name)",
      heir: heir)
  }

  /// Opens a directory in this one, created with mode 0700 whatever the umask when it is missing.
  func directory(creating name: String) throws(SystemError) -> Directory {
    // More than once, for somebody may remove it again.
    for _ in 0..<8 {
      do { return try directory(name) } catch  where error.code == ENOENT { try makeDirectory(name) }
    }
    return try directory(name)
  }

  /// Creates a directory with mode 0700; one that is there already is no error.
  func makeDirectory(_ name: String) throws(SystemError) {
    guard unsafe mkdirat(handle.descriptor, name, 0o700) == 0 else {
      guard errno == EEXIST else { throw SystemError.last("mkdir") }
      return
    }
    // By descriptor, for by now the name could lead elsewhere.
    let made = try openMade(name)
    guard fchmod(made.handle.descriptor, 0o700) == 0 else { throw SystemError.last("fchmod") }
    if let heir { try made.handle.give(to: heir) }
    // Or a power cut could take the directory with all that was synced in it.
    try handle.sync()
  }

  /// mkdir(2) takes the umask off the mode; a umask of 0777 must not lock us out of what we made.
  private func openMade(_ name: String) throws(SystemError) -> Directory {
    do throws(SystemError) { return try directory(name) } catch {
      guard error.code == EACCES, unsafe fchmodat(handle.descriptor, name, 0o700, AT_SYMLINK_NOFOLLOW) == 0 else {
        throw error
      }
    }
    return try directory(name)
  }

  /// How a file is used.
  enum Access {
    case read, write, readWrite
    /// Reading, and writing at the end only.
    case append

    fileprivate var flags: Int32 {
      switch self {
      case .read: O_RDONLY
      case .write: O_WRONLY
      case .readWrite: O_RDWR
      case .append: O_RDWR | O_APPEND
      }
    }
  }

  /// Opens a file in this directory.
  ///
  /// Never follows a link, never waits on a FIFO, never becomes the controlling terminal, never passes to a child.
  func file(_ name: String, _ access: Access) throws(SystemError) -> Handle {
    Handle(adopting: try Self.open(handle.descriptor, name, access.flags | Self.fileFlags, mode: 0))
  }

  /// Makes a file in this directory with mode 0600 whatever the umask, and gives it to the heir.
  /// - Throws: EEXIST when the name is taken.
  func file(making name: String, _ access: Access) throws(SystemError) -> Handle {
    let flags = access.flags | Self.fileFlags | O_CREAT | O_EXCL
    let file = Handle(adopting: try Self.open(handle.descriptor, name, flags, mode: 0o600))
    guard fchmod(file.descriptor, 0o600) == 0 else { throw SystemError.last("fchmod") }
    if let heir { try file.give(to: heir) }
    return file
  }

  /// Opens a file in this directory, made when it is missing.
  func file(creating name: String, _ access: Access) throws(SystemError) -> Handle {
    for _ in 0..<8 {
      do { return try file(name, access) } catch { guard error.code == ENOENT else { throw error } }
      // What is there already is nobody's to give away: only what we made ourselves gets another owner.
      do { return try file(making: name, access) } catch { guard error.code == EEXIST else { throw error } }
    }
    throw SystemError(code: EAGAIN, call: "open")
  }

  private static let fileFlags = O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY

  /// The status of a name in this directory, links not followed; nil when there is none.
  func status(_ name: String) throws(SystemError) -> FileStatus? {
    var status = stat()
    guard unsafe fstatat(handle.descriptor, name, &status, AT_SYMLINK_NOFOLLOW) == 0 else {
      guard errno == ENOENT else { throw SystemError.last("stat") }
      return nil
    }
    return FileStatus(status)
  }

  /// The names in this directory, in no order; those that begin with a dot only when asked for.
  package func names(includingDotted: Bool = false) throws(SystemError) -> [String] {
    // readdir moves the position that duplicates share, so it gets a descriptor of its own.
    let own = try Self.open(handle.descriptor, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC, mode: 0)
    guard let entries = unsafe fdopendir(own) else {
      let error = SystemError.last("opendir")
      _ = close(own)
      throw error
    }
    defer { unsafe closedir(entries) }
    var names: [String] = []
    while true {
      errno = 0
      guard let entry = unsafe readdir(entries) else { break }
      let name = unsafe withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
        unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      let isDotted = name.utf8.first == UInt8(ascii: ".")
      if !isDotted || (includingDotted && name != "." && name != "..") { names.append(name) }
    }
    guard errno == 0 else { throw SystemError.last("readdir") }
    return names
  }

  /// Renames within this directory or into another; an existing target is replaced.
  func rename(_ name: String, to newName: String, in target: borrowing Directory) throws(SystemError) {
    guard unsafe renameat(handle.descriptor, name, target.handle.descriptor, newName) == 0 else {
      throw SystemError.last("rename")
    }
  }

  /// Renames within this directory.
  func rename(_ name: String, to newName: String) throws(SystemError) {
    guard unsafe renameat(handle.descriptor, name, handle.descriptor, newName) == 0 else {
      throw SystemError.last("rename")
    }
  }

  /// Exchanges two names in one step, so that there is a file by each at every moment.
  /// - Throws: EINVAL where the file system cannot.
  func exchange(_ name: String, with other: String) throws(SystemError) {
    guard unsafe exchange_names(handle.descriptor, name, other) == 0 else { throw SystemError.last("rename") }
  }

  /// Removes a file's name; one that is missing is no error.
  func remove(_ name: String) throws(SystemError) {
    guard unsafe unlinkat(handle.descriptor, name, 0) == 0 || errno == ENOENT else { throw SystemError.last("unlink") }
  }

  /// Removes a directory of this one with the files in it and in its directories.
  func removeTree(_ name: String) throws(SystemError) {
    if let status = try status(name), status.kind == .directory {
      let inner = try directory(name)
      for entry in try inner.names(includingDotted: true) { try inner.removeTree(entry) }
      guard unsafe unlinkat(handle.descriptor, name, AT_REMOVEDIR) == 0 || errno == ENOENT else {
        throw SystemError.last("rmdir")
      }
    } else {
      try remove(name)
    }
  }

  /// Writes a new file and syncs it when asked to.
  func create(_ name: String, _ bytes: [UInt8], syncing: Bool = false) throws(SystemError) {
    let file = try file(making: name, .write)
    try file.write(bytes)
    if syncing { try file.syncData() }
    try file.close()
  }

  /// The contents of a regular file of at most `maximum` bytes.
  func contents(of name: String, maximum: Int) throws(SystemError) -> [UInt8] {
    let file = try file(name, .read)
    let status = try file.status()
    guard status.kind == .regular else { throw SystemError(code: EINVAL, call: "read") }
    return try file.read(size: status.size, maximum: maximum)
  }
}
