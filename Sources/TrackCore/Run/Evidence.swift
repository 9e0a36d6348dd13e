/// What work is expected to leave behind.
package struct Expectations: Hashable, Sendable {
  /// Files that are to be there afterwards.
  package var files: [String] = []
  /// Pathspecs, in each of which something is to have changed.
  package var changes: [String] = []
  /// Whether a commit is to have been made.
  package var commit = false
  /// Whether what changed in the repository is to be told in the result.
  package var collectsGit = false

  /// Expects nothing.
  package init() {}

  var isEmpty: Bool { self == Expectations() }
  var needsGit: Bool { collectsGit || commit || !changes.isEmpty }
}

/// What there was before the work, to be compared with what there is after it.
struct Evidence {
  private let expectations: Expectations
  private let directory: String
  private let files: [String: WorkingTree.Stamp]
  private let git: Git?
  /// The whole tree where that is asked for, and the part of each pathspec.
  private let tree: WorkingTree?
  private let parts: [WorkingTree?]
  /// Every commit that was a ref's or a working tree's before, in the form of `git rev-list --stdin`.
  private let known: [UInt8]

  /// What the work left behind.
  struct Findings: Hashable {
    /// For the result; nil when there was nothing to look for.
    var result: JSONObject?
    /// The expectations that were not met, a clause each.
    var problems: [String] = []
    /// Why what changed could not be collected, where that was asked for; nil when it was.
    var uncollected: String?
  }

  /// The most commits, and files of a kind, that are told.
  private static let limit = 200

  /// Looks at what there is.
  init(_ expectations: Expectations, in directory: String, environment: [[UInt8]], signals: SignalState) {
    self.expectations = expectations
    self.directory = directory
    var files: [String: WorkingTree.Stamp] = [:]
    for file in expectations.files { files[file] = WorkingTree.Stamp(Path.absolute(file, from: directory)) }
    self.files = files
    let git = expectations.needsGit ? Git(environment: environment, signals: signals) : nil
    self.git = git
    tree = git.flatMap { WorkingTree($0, pathspecs: []) }
    parts = expectations.changes.map { pathspec in git.flatMap { WorkingTree($0, pathspecs: [pathspec]) } }
    let needsCommits = expectations.commit || expectations.collectsGit
    known = needsCommits ? git?.commits(["--no-walk", "--all"]).flatMap { Array("^\($0)\n".utf8) } ?? [] : []
  }

  /// Compares with what there is now.
  func findings() -> Findings {
    guard !expectations.isEmpty else { return Findings() }
    var findings = Findings()
    var changes = FileLists()
    checkFiles(&findings, &changes)
    let commits = newCommits()
    if expectations.collectsGit {
      if let git, let tree, let changed = self.changes(git, since: tree, pathspecs: []) {
        changes.add(changed)
      } else {
        findings.uncollected = git == nil ? "there is no git repository" : "git does not tell it any more"
      }
    }
    for (pathspec, before) in zip(expectations.changes, parts) {
      guard let git, let before, let changed = self.changes(git, since: before, pathspecs: [pathspec]) else {
        findings.problems.append("what changed in '\(pathspec)' cannot be told without a git repository")
        continue
      }
      if changed.isEmpty { findings.problems.append("nothing changed in '\(pathspec)'") }
      changes.add(changed)
    }
    if expectations.commit, commits.isEmpty {
      findings.problems.append(git == nil ? "there is no git repository to commit to" : "no commit was made")
    }
    var result = changes.result(limit: Self.limit)
    if !commits.isEmpty { result["commits"] = .array(commits.map { .string($0) }) }
    findings.result = result.isEmpty ? nil : result
    return findings
  }

  private func checkFiles(_ findings: inout Findings, _ changes: inout FileLists) {
    for file in expectations.files {
      let path = Path.absolute(file, from: directory)
      guard let now = WorkingTree.Stamp(path) else {
        findings.problems.append("the file '\(file)' is not there")
        continue
      }
      // By the name that git has for it, so that it is not told twice.
      let name = git.flatMap { Path.isInside(path, $0.root) ? String(path.dropFirst($0.root.count + 1)) : nil } ?? file
      if let then = files[file] {
        if then != now { changes.modified.insert(name) }
      } else {
        changes.created.insert(name)
      }
    }
  }

  private func changes(_ git: Git, since before: WorkingTree, pathspecs: [String]) -> WorkingTreeChanges? {
    guard let after = WorkingTree(git, pathspecs: pathspecs) else { return nil }
    guard let committed = committed(git, from: before.head, to: after.head, pathspecs) else { return nil }
    return WorkingTreeChanges(from: before, to: after, committed: committed) { WorkingTree.Stamp("\(git.root)/\($0)") }
  }

  /// The paths that differ between two commits, and whether the first holds them; nil when git fails.
  private func committed(_ git: Git, from old: String?, to new: String?, _ pathspecs: [String]) -> [String: Bool]? {
    guard let new, new != old else { return [:] }
    // Before the first commit there is the empty tree.
    guard let base = old ?? git.ask(["hash-object", "-t", "tree", "/dev/null"]).map({ String(line: $0) }) else {
      return nil
    }
    let words = ["diff-tree", "-r", "-z", "--no-commit-id", "--name-status", "--no-renames", base, new, "--"]
    guard let answer = git.ask(words + pathspecs) else { return nil }
    let fields = answer.split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
    var paths: [String: Bool] = [:]
    for (status, path) in zip(fields, fields.dropFirst()).enumerated().filter({ $0.offset % 2 == 0 }).map(\.element) {
      paths[path] = status != "A"
    }
    return paths
  }

  /// The commits, newest first, that can be reached now from a branch or a working tree, this or another one of the
  /// repository, and could not be reached before from anywhere.
  ///
  /// What only a remote's ref, a tag or the stash reaches was fetched or put away, not made as a commit.
  private func newCommits() -> [String] {
    guard let git, expectations.commit || expectations.collectsGit else { return [] }
    // Of `--all` nothing but the HEAD of every working tree remains.
    let tips = ["--branches", "--exclude=refs/*", "--all"]
    return git.commits(["--max-count=\(Self.limit)"] + tips + ["--stdin"], input: known)
  }
}

extension Git {
  /// What `git rev-list` lists; nothing when git fails.
  fileprivate func commits(_ words: [String], input: [UInt8] = []) -> [String] {
    guard let answer = ask(["rev-list"] + words, input: input) else { return [] }
    return answer.split(separator: UInt8(ascii: "\n")).map { String(decoding: $0, as: UTF8.self) }
  }
}

extension String {
  /// The first line of an answer.
  fileprivate init(line answer: [UInt8]) {
    self.init(decoding: answer.prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
  }
}

/// Files by what became of them, each once.
private struct FileLists {
  var created: Set<String> = []
  var modified: Set<String> = []
  private var deleted: Set<String> = []

  mutating func add(_ changes: WorkingTreeChanges) {
    created.formUnion(changes.created)
    modified.formUnion(changes.modified)
    deleted.formUnion(changes.deleted)
  }

  /// The lists that hold something, in order; what is beyond `limit` is left out, and `truncated` says so.
  func result(limit: Int) -> JSONObject {
    var result = JSONObject()
    var isCut = false
    let lists = [
      ("files_created", created), ("files_modified", modified.subtracting(created)), ("files_deleted", deleted),
    ]
    for (key, files) in lists where !files.isEmpty {
      result[key] = .array(files.sorted().prefix(limit).map { .string($0) })
      isCut = isCut || files.count > limit
    }
    if isCut { result[WireKey.truncated] = true }
    return result
  }
}
