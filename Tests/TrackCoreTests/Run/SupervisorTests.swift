import Glibc
import Testing

@testable import TrackCore

@Suite("What is decided while a command runs")
struct SupervisorTests {
  private func shared(_ change: (inout Supervisor.Terms) -> Void = { _ in }) -> Supervisor {
    var terms = Supervisor.Terms()
    change(&terms)
    return Supervisor(terms)
  }

  private func limited(_ seconds: Int, hasTerminal: Bool = false) -> Supervisor {
    shared {
      $0.limit = .seconds(seconds)
      $0.hasTerminal = hasTerminal
    }
  }

  @Test(arguments: [SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGUSR1, SIGUSR2, SIGWINCH])
  func `what a process sends is passed on to the command alone`(signal: Int32) {
    var inOurGroup = shared()
    #expect(inOurGroup.take(.signal(signal, .process), at: .zero) == [.pass(signal)])
    var inItsOwn = limited(10)
    #expect(inItsOwn.take(.signal(signal, .process), at: .zero) == [.pass(signal)])
  }

  @Test(arguments: [SIGINT, SIGQUIT, SIGTSTP, SIGWINCH, SIGTTIN, SIGHUP])
  func `what a key sends has reached the command in our group, and is passed on to a group of its own`(signal: Int32) {
    var inOurGroup = shared()
    #expect(inOurGroup.take(.signal(signal, .kernel), at: .zero) == [])
    var inItsOwn = limited(10)
    #expect(inItsOwn.take(.signal(signal, .kernel), at: .zero) == [.passToGroup(signal)])
  }

  @Test func `a hang-up that only the session's leader is told of is passed on`() {
    var leader = shared { $0.leadsSession = true }
    #expect(leader.take(.signal(SIGHUP, .kernel), at: .zero) == [.pass(SIGHUP)])
    #expect(leader.take(.signal(SIGINT, .kernel), at: .zero) == [])
  }

  @Test func `only a signal that says so tells us to stop`() {
    var supervisor = shared()
    for signal in [SIGUSR1, SIGUSR2, SIGWINCH, SIGTSTP, SIGCONT] {
      _ = supervisor.take(.signal(signal, .process), at: .zero)
      #expect(!supervisor.wasToldToStop)
    }
    _ = supervisor.take(.signal(SIGTERM, .process), at: .zero)
    #expect(supervisor.wasToldToStop)
  }

  @Test func `the end of the command is the end`() {
    var supervisor = shared { $0.heartbeat = .seconds(1) }
    #expect(supervisor.take(.ended, at: .seconds(1)) == [.finish])
    #expect(!supervisor.wasEndedAtLimit)
  }

  @Test(arguments: [SIGTSTP, SIGTTIN, SIGTTOU])
  func `a job that is stopped stops us, whom the shell waits for, and goes on with us`(signal: Int32) {
    var supervisor = shared()
    let stopped = Supervisor.Input.stopped(by: signal, terminalIsOurs: false)
    #expect(supervisor.take(stopped, at: .zero) == [.stop(by: signal, withGroup: false)])
    #expect(supervisor.take(.resumed, at: .zero) == [.pass(SIGCONT)])
  }

  @Test func `whoever stops the command alone continues it alone`() {
    var supervisor = shared { $0.hasTerminal = true }
    #expect(supervisor.take(.stopped(by: SIGSTOP, terminalIsOurs: true), at: .zero) == [])
    var limited = limited(10)
    #expect(limited.take(.stopped(by: SIGSTOP, terminalIsOurs: false), at: .zero) == [])
  }

  @Test func `an editor that stops by STOP when a key asked it to stops us`() {
    var supervisor = shared { $0.hasTerminal = true }
    #expect(supervisor.take(.signal(SIGTSTP, .kernel), at: .zero) == [])
    let stopped = Supervisor.Input.stopped(by: SIGSTOP, terminalIsOurs: true)
    #expect(supervisor.take(stopped, at: .zero) == [.stop(by: SIGSTOP, withGroup: false)])
    #expect(supervisor.take(.resumed, at: .zero) == [.pass(SIGCONT)])
    #expect(supervisor.take(stopped, at: .zero) == [])
  }

  @Test func `the news of such a stop may come before the key's signal`() {
    var supervisor = shared { $0.hasTerminal = true }
    let stopped = Supervisor.Input.stopped(by: SIGSTOP, terminalIsOurs: true)
    #expect(supervisor.take(stopped, at: .zero) == [])
    #expect(supervisor.take(.signal(SIGTSTP, .kernel), at: .zero) == [.stop(by: SIGSTOP, withGroup: false)])
    _ = supervisor.take(.resumed, at: .zero)
    // Stopped and continued by somebody else long before a key is pressed.
    #expect(supervisor.take(stopped, at: .zero) == [])
    #expect(supervisor.take(.continued, at: .zero) == [])
    #expect(supervisor.take(.signal(SIGTSTP, .kernel), at: .zero) == [])
  }

  @Test func `a leader of its session is continued by nobody, so it does not stop by STOP`() {
    var supervisor = shared {
      $0.limit = .seconds(10)
      ($0.hasTerminal, $0.leadsSession) = (true, true)
    }
    #expect(supervisor.take(.stopped(by: SIGSTOP, terminalIsOurs: false), at: .zero) == [])
  }

  @Test func `a signal that was ignored from the beginning tells nobody to stop`() {
    var supervisor = shared { $0.ignored = [SIGHUP] }
    #expect(supervisor.take(.signal(SIGHUP, .process), at: .zero) == [.pass(SIGHUP)])
    #expect(!supervisor.wasToldToStop)
    _ = supervisor.take(.signal(SIGTERM, .process), at: .zero)
    #expect(supervisor.wasToldToStop)
  }

  @Test(arguments: [SIGTTIN, SIGTTOU])
  func `a group that wants a terminal nobody can give it is hung up once, then left alone`(signal: Int32) {
    var supervisor = limited(10, hasTerminal: true)
    let stopped = Supervisor.Input.stopped(by: signal, terminalIsOurs: false)
    #expect(supervisor.take(stopped, at: .zero) == [.stop(by: signal, withGroup: true)])
    #expect(supervisor.take(.notStopped(by: signal), at: .zero) == [.passToGroup(SIGHUP), .passToGroup(SIGCONT)])
    #expect(supervisor.take(stopped, at: .zero) == [.stop(by: signal, withGroup: true)])
    #expect(supervisor.take(.notStopped(by: signal), at: .zero) == [])
    #expect(supervisor.deadline == .seconds(10))
  }

  @Test func `a stop that a key asked for and that nobody could end does nothing, as without us`() {
    var supervisor = limited(10, hasTerminal: true)
    _ = supervisor.take(.stopped(by: SIGTSTP, terminalIsOurs: false), at: .zero)
    #expect(supervisor.take(.notStopped(by: SIGTSTP), at: .zero) == [.giveTerminal, .passToGroup(SIGCONT)])
    var inOurGroup = shared()
    #expect(inOurGroup.take(.notStopped(by: SIGTTIN), at: .zero) == [.pass(SIGCONT)])
  }

  @Test func `a group that has the terminal gives it back when it is stopped, and gets it again`() {
    var supervisor = limited(10, hasTerminal: true)
    for signal in [SIGTSTP, SIGSTOP] {
      let stopped = Supervisor.Input.stopped(by: signal, terminalIsOurs: false)
      #expect(supervisor.take(stopped, at: .zero) == [.stop(by: signal, withGroup: true)])
      #expect(supervisor.take(.resumed, at: .zero) == [.giveTerminal, .passToGroup(SIGCONT)])
    }
  }

  @Test func `a job that comes to the front while it runs is given the terminal when it asks for it`() {
    var supervisor = limited(10, hasTerminal: true)
    let stopped = Supervisor.Input.stopped(by: SIGTTIN, terminalIsOurs: true)
    #expect(supervisor.take(stopped, at: .zero) == [.giveTerminal, .passToGroup(SIGCONT)])
  }

  @Test func `at the limit the group is told to end, and what is stopped is continued for that`() {
    var supervisor = limited(10)
    #expect(supervisor.deadline == .seconds(10))
    #expect(supervisor.take(.time, at: .seconds(9)) == [])
    #expect(
      supervisor.take(.time, at: .seconds(10)) == [.adoptOrphans, .passToGroup(SIGTERM), .passToGroup(SIGCONT)])
    #expect(supervisor.wasEndedAtLimit)
    #expect(supervisor.take(.stopped(by: SIGTSTP, terminalIsOurs: false), at: .seconds(11)) == [])
    #expect(supervisor.take(.ended, at: .seconds(11)) == [.lookAtGroup])
    #expect(supervisor.take(.group(hasMembers: false), at: .seconds(11)) == [.finish])
  }

  @Test func `what stays in the group after the limit is waited for until the grace has passed, then killed`() {
    var supervisor = limited(10)
    _ = supervisor.take(.time, at: .seconds(10))
    _ = supervisor.take(.ended, at: .seconds(11))
    #expect(supervisor.take(.group(hasMembers: true), at: .seconds(11)) == [])
    #expect(supervisor.take(.orphanEnded, at: .seconds(12)) == [.lookAtGroup])
    #expect(supervisor.take(.group(hasMembers: true), at: .seconds(12)) == [])
    // Not all of them tell us when they end.
    #expect(supervisor.deadline == .milliseconds(12_050))
    #expect(supervisor.take(.time, at: .milliseconds(12_049)) == [])
    #expect(supervisor.take(.time, at: .milliseconds(12_050)) == [.lookAtGroup])
    #expect(supervisor.take(.group(hasMembers: true), at: .milliseconds(19_990)) == [])
    #expect(supervisor.deadline == .seconds(20))
    #expect(supervisor.take(.time, at: .seconds(20)) == [.passToGroup(SIGKILL), .finish])
  }

  @Test func `a command that does not heed TERM is killed, and its end is still waited for`() {
    var supervisor = limited(10)
    _ = supervisor.take(.time, at: .seconds(10))
    #expect(supervisor.take(.time, at: .seconds(20)) == [.passToGroup(SIGKILL)])
    #expect(supervisor.deadline == nil)
    #expect(supervisor.take(.ended, at: .seconds(20)) == [.finish])
  }

  @Test func `a command that ends as the limit passes has ended by itself`() {
    var supervisor = limited(10)
    #expect(supervisor.take(.ended, at: .seconds(10)) == [.finish])
    #expect(!supervisor.wasEndedAtLimit)
    #expect(supervisor.take(.time, at: .seconds(11)) == [])
  }

  @Test func `beats come one by one, reports with beats, and what was missed is not made up for`() {
    var supervisor = shared {
      $0.heartbeat = .seconds(30)
      $0.report = .seconds(60)
    }
    #expect(supervisor.deadline == .seconds(30))
    #expect(supervisor.take(.time, at: .seconds(30)) == [.touch])
    #expect(supervisor.deadline == .seconds(60))
    #expect(supervisor.take(.time, at: .seconds(60)) == [.touch, .report])
    #expect(supervisor.take(.time, at: .seconds(61)) == [])
    #expect(supervisor.take(.time, at: .seconds(300)) == [.touch, .report])
    #expect(supervisor.deadline == .seconds(330))
  }

  @Test func `without beats reports have a time of their own, and without either nothing wakes us`() {
    var supervisor = shared { $0.report = .seconds(300) }
    #expect(supervisor.deadline == .seconds(300))
    #expect(supervisor.take(.time, at: .seconds(300)) == [.report])
    #expect(shared().deadline == nil)
  }

  @Test func `nothing is passed on to a command that has ended`() {
    var supervisor = limited(10)
    _ = supervisor.take(.time, at: .seconds(10))
    _ = supervisor.take(.ended, at: .seconds(11))
    #expect(supervisor.take(.signal(SIGTERM, .process), at: .seconds(12)) == [])
  }
}
