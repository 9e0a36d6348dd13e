/// What git says of a working tree, or of the part of it that pathspecs name, at one moment.
struct WorkingTree: Hashable {
  /// The commit that is checked out; nil before the first.
  var head: String?
  /// The paths, from the root, that differ from that commit, and those git does not know.
  var paths: [String: Entry] = [:]

  /// A path that differs from the commit.
  struct Entry: Hashable {
    /// Whether the commit holds it.
    let isCommitted: Bool
    /// The file itself; nil when there is none.
    let file: Stamp?
  }

  /// What tells that a file was written to.
  struct Stamp: Hashable {
    let identity: FileStatus.Identity
    let size: Int64
    let modified: Timestamp

    /// Makes a stamp of its parts.
    init(identity: FileStatus.Identity, size: Int64, modified: Timestamp) {
      (self.identity, self.size, self.modified) = (identity, size, modified)
    }

    /// The stamp of a path; nil when there is nothing.
    init?(_ path: String) {
      guard let status = try? FileStatus.of(path, followingLink: false) else { return nil }
      self.init(identity: status.identity, size: status.size, modified: status.modified)
    }
  }

  /// Looks at the tree of `git`, within `pathspecs`, which are seen from the working directory; nil when git fails.
  init?(_ git: Git, pathspecs: [String]) {
    let words = ["status", "--porcelain=v2", "--branch", "-z", "--untracked-files=all", "--no-renames"]
    guard let answer = git.ask(words + (pathspecs.isEmpty ? [] : ["--"] + pathspecs)) else { return nil }
    self.init(status: answer) { Stamp("\(git.root)/\($0)") }
  }

  /// Reads the answer of `git status --porcelain=v2 --branch -z --no-renames` (git-status(1)).
  init(status answer: [UInt8], stamp: (String) -> Stamp?) {
    for record in answer.split(separator: 0) {
      let line = String(decoding: record, as: UTF8.self)
      let head = "# branch.oid "
      if line.hasPrefix(head) {
        let commit = String(line.dropFirst(head.count))
        self.head = commit == "(initial)" ? nil : commit
        continue
      }
      // `1 XY sub mH mI mW hH hI path`, `u XY sub m1 m2 m3 mW h1 h2 h3 path`, `? path`.
      let fields = ["1": 9, "u": 11, "?": 2][line.prefix(1)] ?? 0
      let words = line.split(separator: " ", maxSplits: max(0, fields - 1), omittingEmptySubsequences: false)
      guard fields > 0, words.count == fields else { continue }
      let path = String(words[fields - 1])
      // A mode of 0 in the commit says that it does not hold the path.
      let isCommitted = fields == 9 ? !words[3].allSatisfy { $0 == "0" } : fields == 11
      paths[path] = Entry(isCommitted: isCommitted, file: stamp(path))
    }
  }
}

/// What became of files and commits between two looks at a working tree.
struct WorkingTreeChanges: Hashable {
  private(set) var created: [String] = []
  private(set) var modified: [String] = []
  private(set) var deleted: [String] = []
  /// Whether the commits differ, though every file may be as it was: what lay there before may have been committed.
  private let areCommitted: Bool

  var isEmpty: Bool { created.isEmpty && modified.isEmpty && deleted.isEmpty && !areCommitted }

  /// Compares two looks.
  /// - Parameter committed: what differs between the commits of the two, and whether the first held it.
  /// - Parameter stamp: the file at a path now.
  init(
    from before: WorkingTree, to after: WorkingTree, committed: [String: Bool], stamp: (String) -> WorkingTree.Stamp?
  ) {
    areCommitted = !committed.isEmpty
    let paths = Set(before.paths.keys).union(after.paths.keys).union(committed.keys)
    for path in paths.sorted() {
      let now = stamp(path)
      let then = before.paths[path]
      // A path of which the first look told nothing was as the commit had it, or was not there.
      let wasThere = then.map { $0.file != nil } ?? committed[path] ?? after.paths[path]?.isCommitted ?? false
      switch (wasThere, now != nil) {
      case (false, true): created.append(path)
      case (true, false): deleted.append(path)
      case (true, true) where then == nil || then?.file != now: modified.append(path)
      default: break
      }
    }
  }
}
