import Testing
import TrackCore

@Suite("An id that holds a secret")
struct SecretIDTests {
  private static let token = "ghp_a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8"

  @Test("is refused without being told")
  func refused() throws {
    let scene = try Scene()
    let journal = try scene.journal()
    let task = try TaskID("fix-\(Self.token)")
    let error = #expect(throws: JournalError.self) { try journal.start(Start(task: task)) }
    #expect(error?.description == "cannot accept task id 'fix-[REDACTED:github]': it holds a secret")
    let droid = try DroidID(Self.token)
    #expect(throws: JournalError.self) { try journal.start(Start(task: TaskID("1.1"), droid: droid)) }
    #expect(throws: JournalError.self) { try journal.end(.completed, of: .task(task)) }
    #expect(throws: JournalError.self) { try journal.report(SelfReport(kind: .status), of: .task(task)) }
  }

  @Test("is not told by the last part of a script's path")
  func script() throws {
    let scene = try Scene()
    let hook = "https://hooks.slack.com/workflows/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"
    let journal = try scene.journal(variables: ["SCRIPT_NAME": hook])
    #expect(try journal.start(Start(task: TaskID("1.1"))).droid == .unknown)
  }

  @Test("is passed over in the environment")
  func environment() throws {
    let scene = try Scene()
    let journal = try scene.journal(variables: ["DROID_ID": Self.token, "SCRIPT_NAME": "\(Self.token).sh"])
    let outcome = try journal.start(Start(task: TaskID("1.1")))
    #expect(outcome.droid == .unknown)
    #expect(outcome.notices.map(\.description) == ["DROID_ID passed over: it holds a secret"])
  }

  @Test(
    "is told from a name made of words",
    arguments: ["fix-token:validation", "postgres-setup", "sk-learn-feature-pipeline-for-the-reports"])
  func words(name: String) throws {
    let scene = try Scene()
    let journal = try scene.journal(variables: ["POSTGRES_PASSWORD": "postgres"])
    #expect(try journal.start(Start(task: TaskID(name))).execution != nil)
  }
}
