import Testing

@testable import TrackCore

@Suite("What became of a working tree")
struct WorkingTreeTests {
  private let zero = "0000000000000000000000000000000000000000"
  private let blob = "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391"

  private func answer(_ records: String...) -> [UInt8] { records.flatMap { Array($0.utf8) + [0] } }

  /// A stamp that stands for the version of a file.
  private func stamp(_ version: Int64) throws -> WorkingTree.Stamp {
    var stamp = try #require(WorkingTree.Stamp("/"))
    stamp = WorkingTree.Stamp(identity: stamp.identity, size: version, modified: stamp.modified)
    return stamp
  }

  @Test func `an answer of git is read, names with blanks and line feeds included`() throws {
    let some = try stamp(1)
    let tree = WorkingTree(
      status: answer(
        "# branch.oid 1234", "# branch.head main", "1 .M N... 100644 100644 100644 \(blob) \(blob) src/a file.txt",
        "1 A. N... 000000 100644 100644 \(zero) \(blob) added", "1 .D N... 100644 100644 000000 \(blob) \(blob) gone",
        "u UU N... 100644 100644 100644 100644 \(blob) \(blob) \(blob) both", "? new\nfile", "! ignored")
    ) { $0 == "gone" ? nil : some }
    #expect(tree.head == "1234")
    #expect(
      tree.paths == [
        "src/a file.txt": .init(isCommitted: true, file: some), "added": .init(isCommitted: false, file: some),
        "gone": .init(isCommitted: true, file: nil), "both": .init(isCommitted: true, file: some),
        "new\nfile": .init(isCommitted: false, file: some),
      ])
  }

  @Test func `before the first commit there is no commit`() {
    #expect(WorkingTree(status: answer("# branch.oid (initial)")) { _ in nil }.head == nil)
  }

  @Test func `what was dirty before and is unchanged is no change`() throws {
    let old = try stamp(1)
    let new = try stamp(2)
    var before = WorkingTree(status: []) { _ in nil }
    before.paths = [
      "dirty": .init(isCommitted: true, file: old), "edited": .init(isCommitted: true, file: old),
      "draft": .init(isCommitted: false, file: old), "removed": .init(isCommitted: true, file: nil),
    ]
    var after = before
    after.paths["edited"] = .init(isCommitted: true, file: new)
    after.paths["fresh"] = .init(isCommitted: false, file: new)
    after.paths["clean before"] = .init(isCommitted: true, file: new)
    after.paths["deleted"] = .init(isCommitted: true, file: nil)
    after.paths["draft"] = nil
    let files = ["dirty": old, "edited": new, "fresh": new, "clean before": new]
    let changes = WorkingTreeChanges(from: before, to: after, committed: [:]) { files[$0] }
    #expect(changes.created == ["fresh"])
    #expect(changes.modified == ["clean before", "edited"])
    #expect(changes.deleted == ["deleted", "draft"])
  }

  @Test func `what was committed meanwhile counts by what it was before, not by the commit`() throws {
    let old = try stamp(1)
    let new = try stamp(2)
    var before = WorkingTree(status: []) { _ in nil }
    before.paths = ["draft": .init(isCommitted: false, file: old)]
    let committed = ["draft": false, "new": false, "known": true, "dropped": true]
    let files = ["draft": old, "new": new, "known": new]
    let clean = WorkingTree(status: []) { _ in nil }
    let changes = WorkingTreeChanges(from: before, to: clean, committed: committed) { files[$0] }
    #expect(changes.created == ["new"])
    #expect(changes.modified == ["known"])
    #expect(changes.deleted == ["dropped"])
  }
}
