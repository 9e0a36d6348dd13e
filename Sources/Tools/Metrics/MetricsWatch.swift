import TrackCore
import TrackMetrics

/// The live view: every second it reads what is new, draws, and waits.
struct MetricsWatch {
  let directories: [LogSource]
  /// How the project is named.
  let title: String
  /// The seconds that an execution without a limit of its own may take.
  let defaultLimit: Double
  /// Whether sessions of agents' harnesses are shown like other work.
  let includesSessions: Bool
  /// Whether colour is wanted.
  let colour: Bool
  /// Whether the terminal shows characters beyond ASCII.
  let unicode: Bool

  /// The seconds between two drawings.
  private static let interval = 1.0

  /// Shows the view until the person leaves; a single view where standard output is no terminal.
  func run() throws {
    var journal = JournalWatch(directories)
    var facts = facts(journal.fold() ?? Fold())
    guard Terminal.size != nil, ThisProcess.environment()["TERM"] != "dumb" else { return try showOnce(facts) }
    let screen: Screen
    do throws(SystemError) { screen = try Screen() } catch {
      throw ToolError(status: .inputOutput, message: "cannot watch: \(error.message)")
    }
    var wake = Screen.Wake.time
    while wake == .time || wake == .resized {
      if let fold = journal.fold() { facts = self.facts(fold) }
      wake = screen.draw(view(facts).lines) ? screen.wait(Self.interval) : .left
    }
    screen.close()
    if case .ended(let signal) = wake { Screen.raise(signal) }
  }

  private func facts(_ fold: Fold) -> LiveFacts {
    LiveFacts(fold: fold, defaultLimit: defaultLimit, includesSessions: includesSessions)
  }

  private func view(_ facts: LiveFacts) -> LiveView {
    let size = Terminal.size
    return LiveView(
      facts: facts, title: title, now: Machine.current().now().wall,
      style: TextStyle(width: size?.columns ?? 80, colour: colour, unicode: unicode), rows: size.map { max(1, $0.rows) }
    )
  }

  private func showOnce(_ facts: LiveFacts) throws {
    let view = LiveView(
      facts: facts, title: title, now: Machine.current().now().wall,
      style: TextStyle(width: Terminal.columns ?? 80, unicode: unicode), rows: nil)
    try output(Array(view.lines.map { $0 + "\n" }.joined().utf8))
  }
}
