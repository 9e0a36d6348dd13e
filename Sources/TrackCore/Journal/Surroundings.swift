/// Where a request comes from: the machine, the place and what the environment says.
///
/// The core reads none of it by itself; whoever calls it passes it in.
public struct Surroundings: Sendable {
  /// The machine.
  public var machine: Machine
  /// The working directory.
  public var directory: String
  /// `HOME`.
  public var home: String?
  /// `XDG_STATE_HOME`.
  public var stateHome: String?
  /// `TRACK_PROJECT`.
  public var project: String?
  /// `DROID_EXECUTION_ID`, not validated: it may be stale or foreign.
  public var execution: String?
  /// `DROID_RUN_ID`, not validated.
  public var run: String?
  /// `DROID_ID`, not validated.
  public var droid: String?
  /// `TRACEPARENT`, not validated, as the next two.
  public var traceParent: String?
  /// `TRACESTATE`.
  public var traceState: String?
  /// `BAGGAGE`.
  public var baggage: String?
  /// `SCRIPT_NAME`.
  public var scriptName: String?
  /// Values that never go into the journal: those of environment variables with a secret's name.
  public var secretValues: [String]
  /// The pid of the process that asks: a tool's parent.
  public var caller: Int32

  /// Takes what matters from an environment; empty variables count as unset.
  public init(machine: Machine, directory: String, environment: [String: String], caller: Int32) {
    func variable(_ name: String) -> String? { environment[name].flatMap { $0.isEmpty ? nil : $0 } }
    self.machine = machine
    self.directory = directory
    home = variable("HOME")
    stateHome = variable("XDG_STATE_HOME")
    project = variable("TRACK_PROJECT")
    execution = variable("DROID_EXECUTION_ID")
    run = variable("DROID_RUN_ID")
    droid = variable("DROID_ID")
    traceParent = variable("TRACEPARENT")
    traceState = variable("TRACESTATE")
    baggage = variable("BAGGAGE")
    scriptName = variable("SCRIPT_NAME")
    secretValues = environment.filter { SecretNames.matches($0.key) && $0.value.utf8.count >= 8 }.map(\.value)
    self.caller = caller
  }
}
