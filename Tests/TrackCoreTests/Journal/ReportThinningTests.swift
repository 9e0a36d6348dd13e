import Testing

@testable import TrackCore

@Suite("Thinning of reports") struct ReportThinningTests {
  /// Reports at times in seconds, each told by its message.
  private struct Source {
    var thinning: ReportThinning
    var kept: [String] = []

    init(every seconds: Double?) { thinning = ReportThinning(interval: seconds.map { .seconds($0) }) }

    mutating func say(_ message: String, at second: Double, _ status: Status = .executing, error: String? = nil) {
      var report = SelfReport(kind: .progress)
      (report.message, report.status, report.error) = (message, status, error)
      var kept = kept
      thinning.take(ReadReport(report, at: Sample.instant), now: .seconds(second)) {
        kept.append($0.report.message ?? "")
      }
      self.kept = kept
    }

    mutating func wait(until second: Double) {
      var kept = kept
      thinning.release(now: .seconds(second)) { kept.append($0.report.message ?? "") }
      self.kept = kept
    }

    mutating func finish() {
      var kept = kept
      thinning.finish { kept.append($0.report.message ?? "") }
      self.kept = kept
    }
  }

  @Test("without an interval all are kept")
  func all() {
    var source = Source(every: nil)
    for second in 0..<5 { source.say("\(second)", at: 0) }
    #expect(source.kept == ["0", "1", "2", "3", "4"])
    #expect(source.thinning.deadline == nil)
  }

  @Test("of a fast source the first, the last of each interval, and the last")
  func fast() {
    var source = Source(every: 1)
    for tenth in 0...25 { source.say("\(tenth)", at: 100 + Double(tenth) / 10) }
    source.finish()
    #expect(source.kept == ["0", "9", "19", "25"])
  }

  @Test("of a slow source everything, at once")
  func slow() {
    var source = Source(every: 1)
    for second in [0.0, 1, 2.5, 60] {
      source.say("\(second)", at: second)
      #expect(source.kept.last == "\(second)")
      #expect(source.thinning.deadline == nil)
    }
  }

  @Test("what was held comes when its interval is over, not when the next report does")
  func released() {
    var source = Source(every: 1)
    source.say("a", at: 10)
    source.say("b", at: 10.2)
    source.say("c", at: 10.4)
    #expect(source.kept == ["a"] && source.thinning.deadline == .seconds(11))
    source.wait(until: 10.9)
    #expect(source.kept == ["a"])
    source.wait(until: 11)
    #expect(source.kept == ["a", "c"] && source.thinning.deadline == nil)
    source.say("d", at: 11.5)
    #expect(source.kept == ["a", "c"])
    source.say("e", at: 12.1)
    #expect(source.kept == ["a", "c", "d"] && source.thinning.deadline == .seconds(13.1))
    source.finish()
    #expect(source.kept == ["a", "c", "d", "e"])
  }

  @Test("errors and changes of status are all kept, each with what led to it")
  func news() {
    var source = Source(every: 60)
    source.say("a", at: 0)
    source.say("b", at: 0.1)
    source.say("c", at: 0.2)
    source.say("failure", at: 0.3, error: "no")
    source.say("failure again", at: 0.4, error: "no")
    source.say("d", at: 0.5)
    source.say("waits", at: 0.6, .waiting)
    source.say("still waits", at: 0.7, .waiting)
    source.say("goes on", at: 0.8)
    source.finish()
    #expect(
      source.kept == ["a", "c", "failure", "failure again", "d", "waits", "still waits", "goes on"])
  }

  @Test("a single report is first and last, and kept once")
  func single() {
    var source = Source(every: 1)
    source.say("only", at: 5)
    source.finish()
    source.finish()
    #expect(source.kept == ["only"])
  }
}
