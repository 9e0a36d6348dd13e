import Glibc

/// Whose a file is.
package struct FileOwner: Hashable, Sendable {
  let user: UInt32
  let group: UInt32
}

/// What `stat(2)` tells of a file, as far as it matters here.
package struct FileStatus: Hashable, Sendable {
  /// What kind of file it is.
  package enum Kind: Hashable, Sendable {
    case regular, directory, symbolicLink, other
  }

  /// Device and inode: the same for two names of one file.
  package struct Identity: Hashable, Sendable {
    let device: UInt64
    let inode: UInt64

    /// Both, as numbers that can be kept.
    package var words: (device: UInt64, inode: UInt64) { (device, inode) }
  }

  package let kind: Kind
  package let identity: Identity
  package let size: Int64
  package let linkCount: Int
  package let owner: FileOwner
  package let mode: UInt32
  package let modified: Timestamp

  init(_ status: stat) {
    kind =
      switch status.st_mode & S_IFMT {
      case S_IFREG: .regular
      case S_IFDIR: .directory
      case S_IFLNK: .symbolicLink
      default: .other
      }
    identity = Identity(device: UInt64(status.st_dev), inode: UInt64(status.st_ino))
    size = Int64(status.st_size)
    linkCount = Int(status.st_nlink)
    owner = FileOwner(user: status.st_uid, group: status.st_gid)
    mode = status.st_mode
    modified = Timestamp(
      microseconds: Int64(status.st_mtim.tv_sec) * 1_000_000 + Int64(status.st_mtim.tv_nsec) / 1_000)
  }

  /// Whether a user may execute the file, as far as its mode tells.
  package var isExecutable: Bool { kind == .regular && mode & 0o111 != 0 }

  /// Whether users other than the owner and the group can put names into the directory or take them out.
  package var isWritableByOthers: Bool { mode & S_IWOTH != 0 && mode & S_ISVTX == 0 }

  /// The status of `path`; nil when there is no such file.
  package static func of(_ path: String, followingLink: Bool = true) throws(SystemError) -> FileStatus? {
    var status = stat()
    let result = unsafe followingLink ? stat(path, &status) : lstat(path, &status)
    guard result != 0 else { return FileStatus(status) }
    guard errno == ENOENT || errno == ENOTDIR else { throw SystemError.last("stat") }
    return nil
  }
}
