import Glibc
import Testing

@testable import TrackCore

@Suite("Around a command")
struct RunTests {
  private func command(delay: Duration) throws -> TrackedCommand {
    var command = TrackedCommand(words: [], environment: [], directory: "/", start: Start(task: try TaskID("1")))
    command.retryDelay = delay
    return command
  }

  @Test func `the wait before an attempt doubles, up to an hour`() throws {
    let command = try command(delay: .seconds(2))
    #expect([2, 3, 4, 5].map { command.delay(before: $0) } == [.seconds(2), .seconds(4), .seconds(8), .seconds(16)])
    #expect(command.delay(before: 1_000_000) == .seconds(3600))
    #expect(try self.command(delay: .seconds(7200)).delay(before: 3) == .seconds(7200))
  }

  @Test func `a touch is heard without a line, and only of what is open`() throws {
    let scene = try Scene()
    let journal = try scene.journal()
    let execution = try #require(try journal.start(Start(task: try TaskID("1.1"))).execution)
    let before = try Path.contents(of: "\(scene.logs)/events.ndjson", maximum: 1 << 20)
    #expect(try journal.touch(execution))
    #expect(try Path.contents(of: "\(scene.logs)/events.ndjson", maximum: 1 << 20) == before)
    let record = try journal.withTransaction { (transaction) throws(JournalError) in
      try transaction.openRecord(execution)
    }
    #expect(record?.state == .open)
    #expect(record?.lastReport != nil)
    _ = try journal.end(.completed, of: .execution(execution))
    #expect(try !journal.touch(execution))
  }

  @Test func `an environment keeps its bytes, and a variable that is set takes the place of all of its name`() {
    var program = Program(
      arguments: [], environment: [[0x41, 0x3D, 0xFF], Array("B=1".utf8), Array("BC=2".utf8), Array("B=3".utf8)],
      signals: .current())
    #expect(program.value(of: "B") == "1")
    program.set("B", "4")
    #expect(program.environment == [[0x41, 0x3D, 0xFF], Array("BC=2".utf8), Array("B=4".utf8)])
    #expect(program.value(of: "B") == "4")
    program.unset("BC")
    #expect(program.value(of: "BC") == nil)
  }

  @Test func `the end of an output loses its secrets before it is cut`() throws {
    let sanitizer = Sanitizer(redactor: try Redactor(patterns: [], home: nil, secretValues: []))
    let secret = "api_key=" + String(repeating: "x7Kq", count: 10)
    let text = "first line\n\(secret)\nlast line\n"
    let tail = sanitizer.tail(text, maximumLength: 40)
    #expect(!tail.contains("x7Kq"))
    #expect(tail.hasSuffix("last line\n"))
    #expect(tail.utf8.count <= 40)
    #expect(sanitizer.tail("short\n", maximumLength: 40) == "short\n")
  }

  @Test func `a tree of processes is seen with all below it`() throws {
    let tree = ProcessTree(of: getpid())
    #expect(tree.count >= 1)
    #expect(tree.memory > 1 << 20)
    #expect(ProcessTree(of: Int32.max).count == 0)
  }
}
