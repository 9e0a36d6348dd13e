import Glibc

/// A file that is written beside the one that it then replaces, so that a reader sees the old or the new one whole.
///
/// Mode 0600. Not synced: it is for what can be made again. Given up when it is not committed.
package struct ReplacedFile: ~Copyable {
  private let directory: Directory
  private let handle: Handle
  private let name: String
  private let temporary: String
  private var isCommitted = false

  /// Begins a file that is to be called `name` in the directory at `path`.
  package static func begin(_ name: String, in path: String) throws(SystemError) -> ReplacedFile {
    let directory = try Directory(path: path)
    let temporary = ".\(name).\(getpid())"
    try directory.remove(temporary)
    let handle = try directory.file(making: temporary, .write)
    return ReplacedFile(directory: directory, handle: handle, name: name, temporary: temporary)
  }

  private init(directory: consuming Directory, handle: consuming Handle, name: String, temporary: String) {
    self.directory = directory
    self.handle = handle
    self.name = name
    self.temporary = temporary
  }

  deinit {
    if !isCommitted { try? directory.remove(temporary) }
  }

  /// Appends bytes.
  package borrowing func write(_ bytes: UnsafeRawBufferPointer) throws(SystemError) {
    var written = 0
    while written < bytes.count {
      let count = unsafe Glibc.write(handle.descriptor, bytes.baseAddress?.advanced(by: written), bytes.count - written)
      if count < 0 {
        guard errno == EINTR else { throw SystemError.last("write") }
      } else {
        written += count
      }
    }
  }

  /// Puts the file in its place.
  package mutating func commit() throws(SystemError) {
    try directory.rename(temporary, to: name)
    isCommitted = true
  }
}
