import Glibc

/// A new file of a name that nobody else has, mode 0600 (mkstemp(3)).
///
/// It stays until somebody renames or removes it.
struct TemporaryFile: ~Copyable {
  let handle: Handle
  let path: String

  /// Makes one in `directory`, whose name begins with `prefix`.
  static func make(in directory: String, prefix: String) throws(SystemError) -> TemporaryFile {
    var template = Array("\(directory)/\(prefix).XXXXXX".utf8CString)
    let descriptor = unsafe mkstemp(&template)
    guard descriptor >= 0 else { throw SystemError.last("mkstemp") }
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    let path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    return TemporaryFile(handle: Handle(adopting: descriptor), path: path)
  }

  /// Takes its name away; it is gone when it is closed.
  func remove() { _ = unsafe unlink(path) }
}
