/// A command that is run as the work of a task: what is run, under which limits, and what is expected of it.
package struct TrackedCommand: Sendable {
  /// The command's words, byte for byte; the first names the program.
  package var words: [[UInt8]]
  /// Its environment, byte for byte.
  package var environment: [[UInt8]]
  /// The working directory.
  package var directory: String
  /// The start that is recorded.
  package var start: Start
  /// Who reports; nil leaves it to the surroundings.
  package var droid: DroidID?
  /// After how long it is ended; nil never.
  package var limit: Duration?
  /// How long after TERM at the limit KILL follows.
  package var grace: Duration = .seconds(10)
  /// How often the ledger is told that it runs; nil never.
  package var heartbeat: Duration? = .seconds(30)
  /// How often a self-report tells what it uses; nil only at the end.
  package var report: Duration? = .seconds(300)
  /// How often it is run again when it fails.
  package var retries = 0
  /// Whether attempts are counted in the journal: where retries were asked for, even if it turned out to be none.
  package var countsAttempts = false
  /// How long after the first failure it is run again; twice as long after each further one.
  package var retryDelay: Duration = .seconds(1)
  /// How many bytes of the end of standard error are kept of a failure; nil leaves standard error alone.
  package var tailLength: Int?
  /// What it is expected to leave behind.
  package var expectations = Expectations()

  /// Makes a command with the usual limits.
  package init(words: [[UInt8]], environment: [[UInt8]], directory: String, start: Start) {
    self.words = words
    self.environment = environment
    self.directory = directory
    self.start = start
  }

  /// The longest wait before an attempt.
  private static let maximumDelay: Duration = .seconds(3600)

  /// How long is waited before an attempt, from 2 on.
  func delay(before attempt: Int) -> Duration {
    var delay = retryDelay
    for _ in 2..<max(attempt, 2) where delay < Self.maximumDelay { delay = delay * 2 }
    return min(delay, max(Self.maximumDelay, retryDelay))
  }
}

/// What is to be told while a command runs and afterwards.
package enum RunNews {
  /// Something was recorded.
  case recorded(Outcome)
  /// Something could not be recorded.
  case failed(JournalError)
  /// The command could not be executed.
  case notExecuted(SystemError)
  /// An expectation was not met.
  case unmet(String)
  /// What changed could not be collected, and why.
  case uncollected(String)
  /// It is run again after a while.
  case repeating(attempt: Int, of: Int, after: Duration)
}

/// How a tracked command ended, and what its caller is to do likewise.
package struct RunEnding: Hashable, Sendable {
  /// How the last attempt ended.
  package let termination: Termination
  /// Whether a key ended it that would have ended the whole of our group.
  package let includesGroup: Bool
  /// What could not be recorded; nil when all was.
  package let failure: JournalError?
}
