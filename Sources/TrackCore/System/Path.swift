import Glibc

/// Paths as text, and what the file system makes of them.
///
/// The system knows bytes. A combining character that begins a name is one `Character` with the slash before it, so
/// nothing here goes by characters or compares as `String` does.
package enum Path {
  /// `path` seen from `base` when it is relative, without empty and `.` components and a slash at the end.
  package static func absolute(_ path: String, from base: String) -> String {
    let whole = path.utf8.first == UInt8(ascii: "/") ? path : "\(base)/\(path)"
    return "/" + components(whole).filter { $0 != "." }.joined(separator: "/")
  }

  /// What stands between the slashes of `path`, without what is empty.
  package static func components(_ path: String) -> [String] {
    path.unicodeScalars.split(separator: "/").map { String($0) }
  }

  /// The directory that holds `path`; that of `/` is `/`.
  package static func parent(_ path: String) -> String {
    guard let slash = path.unicodeScalars.lastIndex(of: "/"), slash != path.startIndex else { return "/" }
    return String(path.unicodeScalars[..<slash])
  }

  /// The last component of `path`.
  package static func name(_ path: String) -> String {
    guard let slash = path.unicodeScalars.lastIndex(of: "/") else { return path }
    return String(path.unicodeScalars[path.unicodeScalars.index(after: slash)...])
  }

  /// `path` with every link resolved (realpath(3)).
  package static func resolved(_ path: String) throws(SystemError) -> String {
    guard let resolved = unsafe realpath(path, nil) else { throw SystemError.last("realpath") }
    defer { unsafe free(resolved) }
    return unsafe String(cString: resolved)
  }

  /// Whether `path` is `directory` or lies below it; both are resolved.
  package static func isInside(_ path: String, _ directory: String) -> Bool {
    path.utf8.elementsEqual(directory.utf8) || directory == "/" || path.utf8.starts(with: (directory + "/").utf8)
  }

  /// Where a file comes to stand that is made at `path`: links are followed to where nothing is yet.
  package static func destination(_ path: String) throws(SystemError) -> String {
    var path = path
    for _ in 0..<40 {
      guard try FileStatus.of(path, followingLink: false)?.kind == .symbolicLink else { return path }
      let target = try link(path)
      let isRelative = target.utf8.first != UInt8(ascii: "/") && path.utf8.contains(UInt8(ascii: "/"))
      path = isRelative ? "\(parent(path))/\(target)" : target
    }
    throw SystemError(code: ELOOP, call: "open")
  }

  /// What a link says (readlink(2)).
  private static func link(_ path: String) throws(SystemError) -> String {
    let length = Int(PATH_MAX)
    var text = [CChar](repeating: 0, count: length)
    let count = unsafe readlink(path, &text, length)
    guard count >= 0 else { throw SystemError.last("readlink") }
    return String(decoding: text[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  /// The working directory of this process.
  package static func workingDirectory() throws(SystemError) -> String {
    guard let path = unsafe getcwd(nil, 0) else { throw SystemError.last("getcwd") }
    defer { unsafe free(path) }
    return unsafe String(cString: path)
  }

  /// Makes a directory with the mode that the umask leaves, and what is missing above it; one that is there is no error.
  package static func makeDirectory(_ path: String) throws(SystemError) {
    if unsafe mkdir(path, 0o777) == 0 || errno == EEXIST { return }
    guard errno == ENOENT, path != "/" else { throw SystemError.last("mkdir") }
    try makeDirectory(parent(path))
    guard unsafe mkdir(path, 0o777) == 0 || errno == EEXIST else { throw SystemError.last("mkdir") }
  }

  /// Removes a file's name; one that is missing is no error.
  package static func removeFile(_ path: String) throws(SystemError) {
    guard unsafe unlink(path) == 0 || errno == ENOENT else { throw SystemError.last("unlink") }
  }

  /// Appends to a file in one write(2), which other writers cannot come between; made when it is missing.
  package static func append(_ bytes: [UInt8], to path: String) throws(SystemError) {
    let flags = O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NONBLOCK | O_NOCTTY
    let descriptor = unsafe open(path, flags, 0o666)
    guard descriptor >= 0 else { throw SystemError.last("open") }
    let handle = Handle(adopting: descriptor)
    try handle.write(bytes)
    try handle.close()
  }

  /// The contents of a regular file of at most `maximum` bytes; a link is followed, a FIFO is not waited for.
  /// - Throws: EFBIG when it is larger.
  package static func contents(of path: String, maximum: Int) throws(SystemError) -> [UInt8] {
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
    guard descriptor >= 0 else { throw SystemError.last("open") }
    let handle = Handle(adopting: descriptor)
    let status = try handle.status()
    guard status.kind != .directory else { throw SystemError(code: EISDIR, call: "read") }
    guard status.kind == .regular else {
      throw SystemError(code: EINVAL, call: "read", explanation: "it is not a regular file")
    }
    return try handle.read(size: status.size, maximum: maximum)
  }
}
