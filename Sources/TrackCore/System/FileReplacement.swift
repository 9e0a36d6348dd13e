import Glibc

/// Writes a file so that whoever reads it sees all of the old one or all of the new one (rename(2)).
package enum FileReplacement {
  /// Writes `bytes` to `path`.
  ///
  /// They go to a temporary file beside it first, which is renamed over it. A link is followed; what stands there and
  /// is no regular file (a device, a FIFO) is written to as it is. A new file gets the mode that the umask leaves, an
  /// old one keeps its own.
  package static func write(_ bytes: [UInt8], to path: String) throws(SystemError) {
    let status = try FileStatus.of(path)
    guard status.map({ $0.kind == .regular }) ?? true else { return try writeInPlace(bytes, path) }
    let target = status == nil ? path : try Path.resolved(path)
    let directory = target.utf8.contains(UInt8(ascii: "/")) ? Path.parent(target) : "."
    let file = try TemporaryFile.make(in: directory, prefix: ".\(Path.name(target))")
    do throws(SystemError) {
      try file.handle.write(bytes)
      let mode = status.map { $0.mode & 0o777 } ?? 0o666 & ~umask()
      guard fchmod(file.handle.descriptor, mode) == 0 else { throw SystemError.last("fchmod") }
      // What a full disk or NFS has to say is heard before the old file is gone.
      try file.handle.sync()
      guard unsafe Glibc.rename(file.path, target) == 0 else { throw SystemError.last("rename") }
    } catch {
      file.remove()
      throw error
    }
  }

  private static func writeInPlace(_ bytes: [UInt8], _ path: String) throws(SystemError) {
    let descriptor = unsafe open(path, O_WRONLY | O_CLOEXEC | O_NOCTTY)
    guard descriptor >= 0 else { throw SystemError.last("open") }
    let handle = Handle(adopting: descriptor)
    try handle.write(bytes)
    try handle.close()
  }

  /// The umask, which can only be read by setting it (umask(2)); nothing else of ours makes files meanwhile.
  private static func umask() -> mode_t {
    let mask = Glibc.umask(0o077)
    _ = Glibc.umask(mask)
    return mask
  }
}
