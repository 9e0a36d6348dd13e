import Testing

@testable import TrackCore

@Suite("One journal value, two threads") struct ThreadsTests {
  @Test("200 lives each: nothing is lost, every stream agrees, and each life is in order")
  func twoThreads() async throws {
    let scene = try Scene { $0.tracking.durability = .none }
    let journal = try scene.journal(wait: .seconds(30))
    try await withThrowingTaskGroup { group in
      for thread in ["a", "b"] {
        group.addTask {
          for number in 0..<200 {
            let task = try TaskID("\(thread)-\(number)")
            let execution = try #require(try journal.start(Start(task: task)).execution)
            var report = SelfReport(kind: .progress)
            report.progress = 0.5
            _ = try journal.report(report, of: .task(task))
            #expect(try journal.end(.completed, of: .task(task)).execution == execution)
          }
        }
      }
      try await group.waitForAll()
    }
    let events = try scene.events()
    var lives: [String: [String?]] = [:]
    for event in events { lives[event.execution ?? "", default: []].append(event.type) }
    #expect(lives.count == 400)
    #expect(lives.values.allSatisfy { $0 == [EventType.started, EventType.selfReport, EventType.completed] })
    #expect(Set(events.compactMap(\.id)).count == 1_200)
    #expect(try scene.events(.droidStatus).count == 400)
    #expect(try scene.events(.results).count == 400)
    #expect(try scene.journal().sweep().openCount == 0)
  }

  @Test("two threads that end the same execution: one is told that it has ended")
  func sameEnding() async throws {
    let scene = try Scene()
    let execution = try scene.start("1.1")
    let journal = try scene.journal(wait: .seconds(30))
    let refusals = await withTaskGroup(of: JournalError?.self) { group in
      for ending in [Ending.completed, .failed, .timeout, .completed] {
        group.addTask {
          do throws(JournalError) {
            _ = try journal.end(ending, of: .execution(execution))
            return nil
          } catch {
            return error
          }
        }
      }
      return await group.reduce(into: [JournalError]()) { if let error = $1 { $0.append(error) } }
    }
    #expect(refusals.count == 3)
    for refusal in refusals {
      guard case .alreadyEnded(execution, _) = refusal else {
        Issue.record("\(refusal)")
        return
      }
    }
    #expect(try scene.events().count == 2)
  }
}
