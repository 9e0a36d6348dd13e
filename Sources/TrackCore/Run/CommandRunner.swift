/// Runs a tracked command: a start, the work and an ending for each attempt.
package struct CommandRunner: ~Copyable {
  private let command: TrackedCommand
  private let signals: SignalState
  private let queue: SignalQueue
  private let tell: (RunNews) -> Void

  /// Takes over the signals of this process, which is to do nothing else any more; to be made before anything is recorded.
  package init(_ command: TrackedCommand, tell: @escaping (RunNews) -> Void) {
    self.command = command
    self.tell = tell
    signals = SignalState.current()
    queue = SignalQueue()
  }

  /// Runs the command, again where it fails and that was asked for.
  /// - Parameter journal: where it is recorded; nil when that cannot be.
  /// - Parameter environment: the execution we are in.
  /// - Parameter isStrict: whether the command is not run unless its start is recorded.
  /// - Throws: where `isStrict`, why the start could not be recorded.
  package func run(
    in journal: Journal?, environment: ExecutionID?, isStrict: Bool
  ) throws(JournalError) -> RunEnding {
    var journal = journal
    var previous: ExecutionID?
    var failure: JournalError?
    var attempt = 1
    while true {
      var record = RunRecord(journal, droid: command.droid)
      var program = Program(arguments: command.words, environment: command.environment, signals: signals)
      record.start(start(attempt, after: previous), &program, tell: tell)
      if isStrict, let failure = record.failure { throw failure }
      let result = runOnce(program, &record)
      failure = failure ?? record.failure
      guard isWorthRepeating(result), attempt <= command.retries else {
        return RunEnding(termination: result.termination, includesGroup: result.diedByKey, failure: failure)
      }
      attempt += 1
      previous = record.execution
      journal = record.following(of: environment)
      let delay = command.delay(before: attempt)
      tell(.repeating(attempt: attempt, of: command.retries + 1, after: delay))
      if let signal = pause(for: delay) {
        return RunEnding(termination: .killed(signal), includesGroup: false, failure: failure)
      }
    }
  }

  /// What cannot be executed now cannot be executed a second later, and who was told to stop stops.
  private func isWorthRepeating(_ result: AttemptResult) -> Bool {
    let isFailure = result.wasEndedAtLimit || !result.termination.isSuccess
    return isFailure && result.refusal == nil && !result.wasToldToStop
  }

  private func start(_ attempt: Int, after previous: ExecutionID?) -> Start {
    var start = command.start
    start.owner = ThisProcess.pid
    start.limit = command.limit
    if command.countsAttempts { start.attempt = attempt }
    start.retryOf = previous
    if attempt > 1 { start.mode = .new }
    return start
  }

  private func runOnce(_ program: Program, _ record: inout RunRecord) -> AttemptResult {
    var program = program
    let evidence = Evidence(
      command.expectations, in: command.directory, environment: command.environment, signals: signals)
    var result: AttemptResult
    var tail: [UInt8] = []
    if let signal = pause(for: .zero) {
      // Told to stop before there was anything to pass that on to.
      result = AttemptResult(termination: .killed(signal), wasToldToStop: true)
    } else if let length = command.tailLength, let errors = ErrorTail.start(keeping: length + Self.tailContext) {
      program.error = errors.descriptor
      result = work(program, record)
      tail = errors.finish()
    } else {
      result = work(program, record)
    }
    let findings = evidence.findings()
    if let problem = findings.uncollected { tell(.uncollected(problem)) }
    var details = EndingDetails(result)
    if result.termination == .exited(0), !result.wasEndedAtLimit, !findings.problems.isEmpty {
      details.cause = "evidence"
      details.error = findings.problems.joined(separator: "; ")
      result.termination = .exited(1)
      for problem in findings.problems { tell(.unmet(problem)) }
    }
    let ending: Ending = result.wasEndedAtLimit ? .timeout : result.termination.isSuccess ? .completed : .failed
    if ending != .completed, let length = command.tailLength, !tail.isEmpty {
      details.errorTail = String(decoding: tail, as: UTF8.self)
      details.errorTailLength = length
    }
    if let use = result.resources { record.report(use) }
    record.end(ending, result: findings.result, details: details, tell: tell)
    return result
  }

  /// What is read before the tail that is wanted, so that a secret that begins there is known for one.
  private static let tailContext = 8 * 1024

  private func work(_ program: Program, _ record: RunRecord) -> AttemptResult {
    var terms = Supervisor.Terms()
    (terms.limit, terms.grace) = (command.limit, command.grace)
    terms.ignored = Supervisor.stopping.filter { signals.ignored($0) }
    if record.isOpen { (terms.heartbeat, terms.report) = (command.heartbeat, command.report) }
    let result: AttemptResult
    do throws(SystemError) {
      var attempt = try Attempt.start(program, terms, queue: queue, record: record)
      result = attempt.run()
    } catch {
      result = AttemptResult(termination: .exited(126), refusal: error)
    }
    if let refusal = result.refusal { tell(.notExecuted(refusal)) }
    return result
  }

  /// Waits; returns the signal that told us to stop meanwhile, unless such a one was ignored from the beginning.
  private func pause(for delay: Duration) -> Int32? {
    let end = MonotonicClock.now + delay
    while true {
      let rest = end - MonotonicClock.now
      guard let arrival = queue.next(within: max(rest, .zero)) else {
        if rest <= .zero { return nil }
        continue
      }
      if signals.ignored(arrival.signal) { continue }
      if Supervisor.stopping.contains(arrival.signal) { return arrival.signal }
      if Supervisor.jobStops.contains(arrival.signal) { SignalState.deliver(arrival.signal) }
    }
  }
}

extension EndingDetails {
  /// What is known of how an attempt ended.
  fileprivate init(_ result: AttemptResult) {
    self.init()
    switch result.termination {
    case .exited(let status): exitCode = status
    case .killed(let number): signal = SignalName.of(number)
    }
    error = result.refusal.map { "cannot be executed: \($0.message)" }
    resources = result.resources
  }
}
