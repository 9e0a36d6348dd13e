import Glibc
import Testing

@testable import TrackCore

@Suite("The log directory and its files") struct LogDirectoryTests {
  @Test("what is made is ours alone, whatever the umask, and stays out of version control")
  func modes() throws {
    let scene = try Scene()
    try scene.start("1.1")
    try scene.end("1.1")
    for directory in [".droid-forge", ".droid-forge/logs", ".droid-forge/logs/.state"] {
      #expect(try FileStatus.of("\(scene.root)/\(directory)")?.mode == 0o40700, "\(directory)")
    }
    for stream in [TrackCore.Stream.events, .results] {
      #expect(try FileStatus.of("\(scene.logs)/\(stream.fileName)")?.mode == 0o100600)
    }
    #expect(scene.contents("\(scene.root)/.droid-forge/.gitignore") == Array("*\n".utf8))
  }

  @Test("a directory that is there keeps its mode and gets no .gitignore")
  func existing() throws {
    let scene = try Scene()
    try scene.makeDirectory("\(scene.root)/.droid-forge")
    try #require(unsafe chmod("\(scene.root)/.droid-forge", 0o755) == 0)
    try scene.start("1.1")
    #expect(try FileStatus.of("\(scene.root)/.droid-forge")?.mode == 0o40755)
    #expect(!scene.names("\(scene.root)/.droid-forge").contains(".gitignore"))
  }

  private static let intruders: [@Sendable (String) throws -> Void] = [
    { path in try #require(unsafe symlink("/dev/null", path) == 0) },
    { path in try #require(unsafe symlink("\(path).elsewhere", path) == 0) },
    { path in try #require(unsafe mkfifo(path, 0o600) == 0) },
    { path in try #require(unsafe mkdir(path, 0o700) == 0) },
    { path in
      let descriptor = unsafe open("\(path).other", O_CREAT | O_WRONLY, 0o600)
      close(descriptor)
      try #require(unsafe link("\(path).other", path) == 0)
    },
  ]

  @Test(
    "a link, a FIFO, a directory or a second name at a stream's place is refused and stays as it is", arguments: 0..<5)
  func intruder(kind: Int) throws {
    let scene = try Scene()
    let path = "\(scene.logs)/events.ndjson"
    try scene.makeDirectory(scene.logs)
    try Self.intruders[kind](path)
    let before = try FileStatus.of(path, followingLink: false)
    switch refusal({ try scene.start("1.1") }) {
    case .cannotCreate(path, let reason)?: #expect(reason == "it is not a regular file")
    case .unsafe(path, let reason)?: #expect(reason == "it has another name (hard link)")
    case let other: Issue.record("\(String(describing: other))")
    }
    #expect(try FileStatus.of(path, followingLink: false)?.identity == before?.identity)
    #expect(!scene.names(scene.logs).contains("events.ndjson.elsewhere"))
    // Nothing was opened: no execution is left behind that nobody knows.
    try #require(unsafe kind == 3 ? rmdir(path) == 0 : unlink(path) == 0)
    #expect(try scene.journal().sweep().openCount == 0)
  }

  @Test("a start that is refused leaves nothing behind, in a journal that is at work", arguments: 0..<5)
  func refusedStart(kind: Int) throws {
    let scene = try Scene()
    let execution = try scene.start("1.1")
    let path = "\(scene.logs)/events.ndjson"
    let journal = scene.bytes(.events)
    try scene.remove(path)
    try Self.intruders[kind](path)
    #expect(refusal { try scene.start("1.2") } != nil)
    try #require(unsafe kind == 3 ? rmdir(path) == 0 : unlink(path) == 0)
    try scene.write(journal, to: path)
    #expect(try scene.journal().sweep().openCount == 1)
    #expect(try scene.end("1.1").execution == execution)
    #expect(try scene.events().allSatisfy { $0.execution == execution.text })
  }

  @Test("a log directory that is a file is refused")
  func file() throws {
    let scene = try Scene()
    try scene.makeDirectory("\(scene.root)/.droid-forge")
    try scene.write("precious", to: scene.logs)
    guard case .cannotCreate? = refusal({ try scene.start("1.1") }) else {
      Issue.record("another error")
      return
    }
    #expect(scene.contents(scene.logs) == Array("precious".utf8))
  }

  @Test(
    "a link out of the project is refused, one inside it is followed", arguments: [".droid-forge", ".droid-forge/logs"])
  func links(name: String) throws {
    let (outside, scene) = (try Scene(), try Scene())
    let path = "\(scene.root)/\(name)"
    try scene.makeDirectory(Path.parent(path))
    try #require(unsafe symlink(outside.root, path) == 0)
    #expect(
      refusal { try scene.start("1.1") } == .cannotCreate(path: scene.logs, reason: "it leads out of the project"))
    #expect(outside.names(outside.root).isEmpty)

    try #require(unsafe unlink(path) == 0)
    try scene.makeDirectory("\(scene.root)/real")
    try #require(unsafe symlink("\(scene.root)/real", path) == 0)
    try scene.start("1.1")
    #expect(try scene.events().count == 1)
    #expect(scene.names("\(scene.root)/real").contains(name == ".droid-forge" ? "logs" : "events.ndjson"))
  }

  @Test("a directory that others can write to is refused; a sticky one and one of the group's are not")
  func writableByOthers() throws {
    let scene = try Scene()
    try scene.makeDirectory(scene.logs)
    try #require(unsafe chmod(scene.logs, 0o777) == 0)
    #expect(
      refusal { try scene.start("1.1") }
        == .unsafe(path: scene.logs, reason: "other users can write to it (chmod o-w)"))
    for mode: mode_t in [0o1777, 0o775] {
      try #require(unsafe chmod(scene.logs, mode) == 0)
      #expect(throws: Never.self) { try scene.start("1.1", mode: .new) }
    }
  }

  @Test("a configured directory: below the project, absolute, but not up and out of it")
  func configured() throws {
    let below = try Scene { $0.logging.directory = "var/./track" }
    try below.start("1.1")
    #expect(below.names("\(below.root)/var/track").contains("events.ndjson"))
    let elsewhere = try Scene()
    let absolute = try Scene { $0.logging.directory = "\(elsewhere.root)/track" }
    try absolute.start("1.1")
    #expect(elsewhere.names("\(elsewhere.root)/track").contains("events.ndjson"))
    let out = try Scene { $0.logging.directory = "../track" }
    guard case .cannotCreate(_, let reason)? = refusal({ try out.start("1.1") }) else {
      Issue.record("another error")
      return
    }
    #expect(reason == "it leads out of the project")
  }

  @Test("a foreign rotation between two writes loses nothing")
  func rotation() throws {
    let scene = try Scene()
    let execution = try scene.start("1.1")
    try #require(unsafe rename("\(scene.logs)/events.ndjson", "\(scene.logs)/events.ndjson.1") == 0)
    #expect(try scene.end("1.1").execution == execution)
    #expect(try scene.events().map(\.type) == [EventType.completed])
  }

  @Test("deleted files are made again, a deleted lock included")
  func deleted() throws {
    let scene = try Scene()
    try scene.start("1.1")
    try scene.remove("\(scene.state)/journal.lock")
    try scene.remove("\(scene.logs)/events.ndjson")
    #expect(try scene.end("1.1").execution != nil)
  }
}
