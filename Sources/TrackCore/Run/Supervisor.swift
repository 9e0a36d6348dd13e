import Glibc

/// Decides what is to be done about a program that runs: pure, it is told what happened and when, and says what follows.
///
/// Without a limit the program shares our process group: keys and group signals reach it without us, and only what was
/// sent to us alone is passed on. With a limit it leads a group of its own, so that whatever it starts can be ended with
/// it; then what was sent to our group is passed on to that one.
struct Supervisor {
  /// What the program is run under.
  struct Terms: Hashable, Sendable {
    /// How often the ledger is told that it runs; nil never.
    var heartbeat: Duration?
    /// How often a self-report tells what it uses; nil never.
    var report: Duration?
    /// After how long it is ended; nil never.
    ///
    /// Where there is one, the program has a group of its own.
    var limit: Duration?
    /// How long after TERM at the limit KILL follows.
    var grace: Duration = .seconds(10)
    /// The signals that were ignored from the beginning: they tell nobody to stop.
    var ignored: Set<Int32> = []
    /// Whether our session has a terminal.
    var hasTerminal = false
    /// Whether this process leads its session: the kernel tells it alone when the terminal hangs up.
    var leadsSession = false

    var hasOwnGroup: Bool { limit != nil }
  }

  /// What happened.
  enum Input: Hashable {
    /// A signal came.
    case signal(Int32, SignalQueue.Origin)
    /// The program was stopped by a signal, while the terminal was our group's or another's.
    case stopped(by: Int32, terminalIsOurs: Bool)
    /// The program goes on; who continued it may have been somebody else.
    case continued
    /// We were stopped as the program was, and go on.
    case resumed
    /// We were not stopped as the program was, for nobody could continue us.
    case notStopped(by: Int32)
    /// The program ended.
    case ended
    /// One of those it left behind ended.
    case orphanEnded
    /// Whether its group has members was looked up.
    case group(hasMembers: Bool)
    /// Time passed.
    case time
  }

  /// What is to be done, in this order.
  enum Action: Hashable {
    /// Send a signal to the program alone.
    case pass(Int32)
    /// Send a signal to the program's group.
    case passToGroup(Int32)
    /// Let a signal stop this process; with its group, where a key at the terminal would have stopped all of it.
    case stop(by: Int32, withGroup: Bool)
    /// Give the terminal to the program's group if it is ours.
    case giveTerminal
    /// Tell the ledger that the program runs.
    case touch
    /// Tell what it uses.
    case report
    /// Be told of the ends of those the program leaves behind.
    case adoptOrphans
    /// Look whether its group has members.
    case lookAtGroup
    /// It is over.
    case finish
  }

  private enum Phase: Hashable {
    case running
    /// The limit has passed, TERM was sent; KILL follows at a time.
    case terminating(until: Duration)
    case killed
  }

  private let terms: Terms
  private var phase = Phase.running
  private var hasEnded = false
  /// When the group of a program that has ended is looked at again.
  private var nextLook: Duration?
  private var nextBeat: Duration?
  private var nextReport: Duration?
  /// Whether the program was ended at its limit.
  var wasEndedAtLimit: Bool { phase != .running }
  /// Whether a stop was asked for, by a key or otherwise, since the program last went on.
  private var wasAskedToPause = false
  /// Whether it was stopped by STOP and we were not.
  private var isStoppedAlone = false
  private var wasHungUp = false
  /// Whether somebody told us to stop, by a signal that says so.
  private(set) var wasToldToStop = false

  /// The signals that tell a program to stop.
  static let stopping: Set<Int32> = [SIGHUP, SIGINT, SIGQUIT, SIGTERM]
  /// The signals that stop a job, and can be held back.
  static let jobStops: Set<Int32> = [SIGTSTP, SIGTTIN, SIGTTOU]

  /// How often it is looked whether a group has members: of the end of what has no parent here nobody tells.
  static let lookInterval: Duration = .milliseconds(50)

  /// Begins with the program's start, which is time zero.
  init(_ terms: Terms) {
    self.terms = terms
    nextBeat = terms.heartbeat
    nextReport = terms.report
  }

  /// When `take(.time, at:)` has something to do; nil never.
  var deadline: Duration? {
    switch phase {
    case .running: [nextBeat ?? nextReport, terms.limit].compactMap(\.self).min()
    case .terminating(let time): nextLook.map { min($0, time) } ?? time
    case .killed: nil
    }
  }

  /// What follows from something that happened, `time` after the start.
  mutating func take(_ input: Input, at time: Duration) -> [Action] {
    switch input {
    case .signal(let signal, let origin): return taken(signal, origin)
    case .stopped(let signal, let terminalIsOurs):
      // A shell brings a job that runs in the background to the front without a word.
      if terms.hasOwnGroup, terminalIsOurs, signal == SIGTTIN || signal == SIGTTOU { return continued() }
      return stopped(by: signal)
    case .continued:
      (wasAskedToPause, isStoppedAlone) = (false, false)
      return []
    case .resumed: return continued()
    case .notStopped(let signal): return notStopped(by: signal)
    case .ended:
      hasEnded = true
      if case .terminating = phase { return [.lookAtGroup] }
      return [.finish]
    case .orphanEnded: return hasEnded ? [.lookAtGroup] : []
    case .group(let hasMembers):
      nextLook = hasEnded && hasMembers ? time + Self.lookInterval : nil
      return hasEnded && !hasMembers ? [.finish] : []
    case .time: return passed(time)
    }
  }

  private mutating func taken(_ signal: Int32, _ origin: SignalQueue.Origin) -> [Action] {
    if Self.stopping.contains(signal), !terms.ignored.contains(signal) { wasToldToStop = true }
    if signal == SIGTSTP {
      wasAskedToPause = true
      // The program may be faster than we are, and the news of its stop come before the signal.
      if isStoppedAlone, origin == .kernel { return stopped(by: SIGSTOP) }
    }
    if hasEnded { return [] }
    switch (signal, origin) {
    case (SIGCHLD, _): return []
    case (SIGCONT, .process): return continued()
    case (_, .process): return [.pass(signal)]
    case (_, .kernel) where terms.hasOwnGroup: return [.passToGroup(signal)]
    case (SIGHUP, .kernel) where terms.leadsSession: return [.pass(signal)]
    // It is in our group and has got it, too.
    case (_, .kernel): return []
    }
  }

  /// A stop by job control is ours as well, for it is us whom the shell waits for.
  ///
  /// One by STOP is not, as a rule: whoever stopped the program alone continues it alone, and would not continue us. But
  /// there are editors that tidy up when they are asked to stop and then do it in this way; and a group that may have the
  /// terminal would keep it, unless nobody is there to continue us.
  private mutating func stopped(by signal: Int32) -> [Action] {
    let mayHaveTerminal = terms.hasOwnGroup && terms.hasTerminal && !terms.leadsSession
    isStoppedAlone = !(Self.jobStops.contains(signal) || wasAskedToPause || mayHaveTerminal)
    guard phase == .running, !isStoppedAlone else { return [] }
    return [.stop(by: signal, withGroup: mayHaveTerminal)]
  }

  /// Our group is orphaned: the kernel does not let it be stopped, for nobody could continue it.
  ///
  /// Instead it makes using the terminal an error, but not for a group of its own, which has us. Continued, the program would
  /// only be stopped again; so it is hung up, as stopped groups are that become orphaned (setpgid(2)), and where it does not
  /// heed that it is left alone.
  private mutating func notStopped(by signal: Int32) -> [Action] {
    guard terms.hasOwnGroup, signal == SIGTTIN || signal == SIGTTOU else { return continued() }
    guard !wasHungUp else { return [] }
    wasHungUp = true
    return [.passToGroup(SIGHUP), .passToGroup(SIGCONT)]
  }

  private mutating func continued() -> [Action] {
    (wasAskedToPause, isStoppedAlone) = (false, false)
    guard terms.hasOwnGroup else { return [.pass(SIGCONT)] }
    return (terms.hasTerminal ? [.giveTerminal] : []) + [.passToGroup(SIGCONT)]
  }

  private mutating func passed(_ time: Duration) -> [Action] {
    switch phase {
    case .running:
      // What is stopped cannot end, so it is continued as well.
      if let limit = terms.limit, time >= limit, !hasEnded {
        phase = .terminating(until: time + terms.grace)
        return [.adoptOrphans, .passToGroup(SIGTERM), .passToGroup(SIGCONT)]
      }
      return beaten(time)
    case .terminating(let end) where time >= end:
      phase = .killed
      return [.passToGroup(SIGKILL)] + (hasEnded ? [.finish] : [])
    case .terminating: return nextLook.map { time >= $0 } == true ? [.lookAtGroup] : []
    case .killed: return []
    }
  }

  /// A beat that was missed, while we were stopped, is not made up for.
  ///
  /// Reports come with beats, which cost a wake-up.
  private mutating func beaten(_ time: Duration) -> [Action] {
    var actions: [Action] = []
    if let beat = nextBeat, let interval = terms.heartbeat, time >= beat {
      actions.append(.touch)
      nextBeat = beat + interval > time ? beat + interval : time + interval
    }
    if let due = nextReport, let interval = terms.report, time >= due {
      actions.append(.report)
      nextReport = due + interval > time ? due + interval : time + interval
    }
    return actions
  }
}
