import Glibc

/// Writes a file so that whoever reads it sees all of the old one or all of the new one (rename(2)).
///
/// Calling sequence: `begin`, `write` as often as needed, `commit`. What is not committed leaves the old file as it was.
package final class FileReplacement {
  /// A new file beside the old one, and whose place it is to take.
  private struct Replacement {
    let path: String
    let target: String
    let mode: mode_t
  }

  private let handle: Handle
  /// Nil where what stands there is written to as it is.
  private let replacement: Replacement?
  private var isCommitted = false

  private init(_ handle: consuming Handle, _ replacement: Replacement?) {
    self.handle = handle
    self.replacement = replacement
  }

  deinit {
    if !isCommitted, let replacement { _ = unsafe unlink(replacement.path) }
  }

  /// Begins to write what is to stand at `path`.
  ///
  /// A link is followed, also one that leads to nothing yet; what stands there and is no regular file (a device, a FIFO) is written to as it is. A new file
  /// gets `mode`, or the mode that the umask leaves; an old one keeps its own.
  package static func begin(_ path: String, mode: UInt32? = nil) throws(SystemError) -> FileReplacement {
    let status = try FileStatus.of(path)
    guard status.map({ $0.kind == .regular }) ?? true else {
      let descriptor = unsafe open(path, O_WRONLY | O_CLOEXEC | O_NOCTTY)
      guard descriptor >= 0 else { throw SystemError.last("open") }
      return FileReplacement(Handle(adopting: descriptor), nil)
    }
    let target = try status == nil ? Path.destination(path) : Path.resolved(path)
    let directory = target.utf8.contains(UInt8(ascii: "/")) ? Path.parent(target) : "."
    let file = try TemporaryFile.make(in: directory, prefix: ".\(Path.name(target))")
    let mode = status.map { $0.mode & 0o777 } ?? mode ?? 0o666 & ~umask()
    let replacement = Replacement(path: file.path, target: target, mode: mode)
    return FileReplacement(file.handle, replacement)
  }

  /// Writes more of it.
  package func write(_ bytes: [UInt8]) throws(SystemError) { try handle.write(bytes) }

  /// Puts the new file in the old one's place.
  package func commit() throws(SystemError) {
    guard let replacement else { return }
    guard fchmod(handle.descriptor, replacement.mode) == 0 else { throw SystemError.last("fchmod") }
    // What a full disk or NFS has to say is heard before the old file is gone.
    try handle.sync()
    guard unsafe Glibc.rename(replacement.path, replacement.target) == 0 else { throw SystemError.last("rename") }
    isCommitted = true
  }

  /// Writes `bytes` to `path` in one go.
  package static func write(_ bytes: [UInt8], to path: String, mode: UInt32? = nil) throws(SystemError) {
    let file = try begin(path, mode: mode)
    try file.write(bytes)
    try file.commit()
  }

  /// Removes what writers of `path` that were killed left beside it; only for whoever knows that nobody is writing it.
  package static func removeLeftovers(of path: String) throws(SystemError) {
    let directory = try Directory(path: Path.parent(path))
    let prefix = ".\(Path.name(path))."
    for name in try directory.names(includingDotted: true) where name.hasPrefix(prefix) { try directory.remove(name) }
  }

  /// The umask, which can only be read by setting it (umask(2)); nothing else of ours makes files meanwhile.
  private static func umask() -> mode_t {
    let mask = Glibc.umask(0o077)
    _ = Glibc.umask(mask)
    return mask
  }
}
