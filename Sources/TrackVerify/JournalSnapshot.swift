package import TrackCore

/// The files of a journal, opened at one moment at which no line was being written.
package struct JournalSnapshot: Sendable {
  /// The log directory.
  package let directory: String
  /// The files of the streams that hold lines.
  let files: [JournalFile]
  /// What a repair put aside: looked at by seals alone.
  let setAside: [JournalFile]
  /// The names of files that are compressed by something that cannot be read here, so that they are not looked at.
  package let compressed: [String]
  /// What could not be opened, and why.
  package let unreadable: [(name: String, reason: String)]

  /// Opens the files of the log directory at `path`.
  /// - Throws: `SystemError` when the directory cannot be read.
  package init(_ path: String) throws(SystemError) {
    directory = path
    var (files, setAside): ([JournalFile], [JournalFile]) = ([], [])
    var (compressed, unreadable): ([String], [(String, String)]) = ([], [])
    let names = Set(try Directory(path: path, followingLink: true).names())
    for name in names.sorted() {
      guard let stream = TrackCore.Stream(ofFile: name), !LogFile.isCopy(name, among: names) else { continue }
      if SealedFile.isCompressed(name), !LogFile.isCompressed(name) {
        compressed.append(name)
        continue
      }
      // What is no file, or not ours to read, is a finding; a disk that fails is no answer.
      do throws(SystemError) {
        let file = JournalFile(name: name, stream: stream, file: try SealedFile(name, in: path))
        if name.hasSuffix(".bad") { setAside.append(file) } else { files.append(file) }
      } catch  where error.isWrongKind || error.isRefusal || error.isDamage || error.isTooLarge {
        unreadable.append((name, error.message))
      } catch  where error.isAbsence {
        continue
      }
    }
    (self.files, self.setAside, self.compressed, self.unreadable) = (files, setAside, compressed, unreadable)
  }

  private init(
    _ directory: String, _ files: [JournalFile], _ setAside: [JournalFile], _ compressed: [String],
    _ unreadable: [(name: String, reason: String)]
  ) {
    self.directory = directory
    (self.files, self.setAside, self.compressed, self.unreadable) = (files, setAside, compressed, unreadable)
  }

  /// The snapshot without the compressed files that cannot be read to their end, which are told among what is unreadable.
  func withoutDamagedFiles() throws(SystemError) -> JournalSnapshot {
    var unreadable = unreadable
    func readable(_ files: [JournalFile]) throws(SystemError) -> [JournalFile] {
      var readable: [JournalFile] = []
      for file in files {
        do throws(SystemError) {
          if LogFile.isCompressed(file.name) { _ = try file.file.measure(0..<file.file.size) }
          readable.append(file)
        } catch  where error.isDamage {
          unreadable.append((file.name, error.message))
        }
      }
      return readable
    }
    let (files, setAside) = (try readable(files), try readable(setAside))
    return JournalSnapshot(directory, files, setAside, compressed, unreadable)
  }

  /// Files that are named one by one, of which lines are looked at alone.
  package init(files paths: [String]) {
    directory = "."
    var files: [JournalFile] = []
    var unreadable: [(String, String)] = []
    for path in paths {
      do throws(SystemError) {
        let file = try SealedFile(Path.name(path), in: path.utf8.contains(UInt8(ascii: "/")) ? Path.parent(path) : ".")
        files.append(JournalFile(name: path, stream: nil, file: file))
      } catch {
        unreadable.append((path, error.message))
      }
    }
    (self.files, setAside, compressed, self.unreadable) = (files, [], [], unreadable)
  }
}
