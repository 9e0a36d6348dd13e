import Glibc

/// How an attempt of a command ended.
struct AttemptResult {
  var termination: Termination
  var resources: ResourceUse?
  /// Why the program could not be executed.
  var refusal: SystemError?
  var wasEndedAtLimit = false
  var wasToldToStop = false
  /// Whether it died by a key that the whole of its own group got, which had the terminal.
  var diedByKey = false
}

/// One attempt of a command: carries out what its supervisor decides, until the command has ended.
struct Attempt: ~Copyable {
  private var supervisor: Supervisor
  private var meter = ResourceMeter()
  private let queue: SignalQueue
  private let record: RunRecord
  private let terminal: ControllingTerminal
  private let child: Child
  private let terms: Supervisor.Terms
  private var guardian: GroupGuard?
  private var ending: (termination: Termination, usage: Child.Usage)?
  private var isOver = false

  /// Starts the program.
  static func start(
    _ program: Program, _ terms: Supervisor.Terms, queue: SignalQueue, record: RunRecord
  ) throws(SystemError) -> Attempt {
    var program = program
    var terms = terms
    let terminal = ControllingTerminal()
    terms.hasTerminal = terminal.exists
    terms.leadsSession = ControllingTerminal.isLedByUs
    program.hasOwnGroup = terms.hasOwnGroup
    program.diesWithUs = true
    // A group of its own has to be given the terminal; one that may not need it is given it when it asks, by being stopped.
    if terms.hasOwnGroup, terminal.isOurs {
      if ControllingTerminal.isOutput {
        program.terminal = terminal.descriptor
      } else {
        program.signals = program.signals.heeding([SIGTTIN, SIGTTOU])
      }
    }
    let meter = ResourceMeter()
    let child = try program.start()
    return Attempt(terms, meter, queue, record, terminal, child)
  }

  private init(
    _ terms: Supervisor.Terms, _ meter: ResourceMeter, _ queue: SignalQueue, _ record: RunRecord,
    _ terminal: consuming ControllingTerminal, _ child: consuming Child
  ) {
    supervisor = Supervisor(terms)
    self.terms = terms
    if terms.hasOwnGroup { guardian = GroupGuard(of: child.pid, terminal: terminal.descriptor) }
    self.meter = meter
    self.queue = queue
    self.record = record
    self.terminal = terminal
    self.child = child
  }

  /// Waits for the end.
  mutating func run() -> AttemptResult {
    // What came before the program could get it, the keys' signals included, is passed on to it.
    while let arrival = queue.next(within: .zero) { take(arrival, from: .process) }
    while !isOver {
      if let arrival = queue.next(within: supervisor.deadline.map { $0 - meter.elapsed }) {
        take(arrival, from: arrival.origin)
      } else {
        take(.time)
      }
    }
    return result()
  }

  private mutating func take(_ arrival: SignalQueue.Arrival, from origin: SignalQueue.Origin) {
    guard arrival.signal == SIGCHLD else { return take(.signal(arrival.signal, origin)) }
    while let (pid, change) = Child.nextChange() {
      if case .ended = change { guardian?.take(endOf: pid) }
      switch change {
      case .ended(let termination, let usage) where pid == child.pid:
        ending = (termination, usage)
        guardian?.end()
        take(.ended)
      case .ended: take(.orphanEnded)
      case .stopped(let signal) where pid == child.pid: take(.stopped(by: signal, terminalIsOurs: terminal.isOurs))
      case .continued where pid == child.pid: take(.continued)
      case .stopped, .continued: break
      }
    }
  }

  private mutating func take(_ input: Supervisor.Input) {
    for action in supervisor.take(input, at: meter.elapsed) { perform(action) }
  }

  private mutating func perform(_ action: Supervisor.Action) {
    switch action {
    case .pass(let signal): if ending == nil { kill(child.pid, signal) }
    case .passToGroup(let signal): kill(-child.pid, signal)
    case .stop(let signal, let withGroup):
      SignalState.deliver(signal, toGroup: withGroup)
      // A stop takes away a CONT that came before it (signal(7)): one that is there now has ended it.
      take(queue.discard(SIGCONT) ? .resumed : .notStopped(by: signal))
    case .giveTerminal: if terminal.isOurs { terminal.give(to: child.pid) }
    case .touch:
      meter.excluding { [record] in record.touch() }
      meter.look(at: child.pid)
    case .report:
      let use = meter.sample(of: child.pid)
      meter.excluding { [record] in record.report(use) }
    case .adoptOrphans: Child.adoptOrphans(true)
    case .lookAtGroup: take(.group(hasMembers: Child.groupExists(child.pid)))
    case .finish: isOver = true
    }
  }

  private func result() -> AttemptResult {
    let (termination, usage) = ending ?? (.exited(127), Child.Usage())
    Child.adoptOrphans(false)
    var result = AttemptResult(termination: termination)
    let sentToAll = (guardian?.seen ?? []).subtracting(terms.ignored)
    if terms.hasOwnGroup, terminal.belongs(to: child.pid) {
      terminal.take()
      result.diedByKey = [SIGINT, SIGQUIT].contains { termination == .killed($0) && sentToAll.contains($0) }
    }
    result.refusal = termination == .exited(127) ? child.reasonOfRefusal() : nil
    if let refusal = result.refusal { result.termination = .exited(refusal.shellStatus) }
    result.resources = result.refusal == nil ? meter.total(usage) : nil
    result.wasEndedAtLimit = supervisor.wasEndedAtLimit
    // TERM may have been ours, at the limit.
    result.wasToldToStop = supervisor.wasToldToStop || !sentToAll.isDisjoint(with: [SIGHUP, SIGINT, SIGQUIT])
    return result
  }
}

extension SystemError {
  /// What a shell makes of a program that cannot be executed: 127 where there is none, else 126.
  var shellStatus: Int32 { [ENOENT, ENOTDIR, ELOOP, ENAMETOOLONG].contains(code) ? 127 : 126 }
}
