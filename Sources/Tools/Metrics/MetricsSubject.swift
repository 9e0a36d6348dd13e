import TrackCore
import TrackMetrics

/// One project, or one directory of logs, that a report is made of.
struct MetricsSubject {
  /// How a comparison names it.
  let label: String
  let directories: [LogSource]
  let policy: ReportPolicy
  /// When the sweep last ran; nil when it never did or there is none to ask.
  var lastSweep: Timestamp?
  /// The state directory where the fold of what was read is kept; nil where there is no journal to keep it beside.
  var checkpoint: String?

  /// The journal of a project, and beside it the logs of the original's droids.
  init(_ journal: Journal) {
    let factory = ".factory/logs"
    label = Path.name(journal.project.root)
    directories = [
      LogSource(path: journal.logDirectory, label: journal.configuration.logging.directory),
      LogSource(path: "\(journal.project.root)/\(factory)", label: factory, role: .factory),
    ]
    policy = ReportPolicy(journal.configuration)
    lastSweep = journal.lastSweep()
    checkpoint = journal.stateDirectory
  }

  /// A directory of logs, whoever wrote them.
  init(logs path: String, _ configuration: Configuration) {
    label = path
    directories = [LogSource(path: path)]
    policy = ReportPolicy(configuration)
  }

  /// Lines of a journal on standard input.
  init(standardInputOf configuration: Configuration) {
    label = "standard input"
    let directory = ThisProcess.environment()["TMPDIR"].flatMap { $0.isEmpty ? nil : $0 } ?? "/tmp"
    directories = [.standardInput(keptIn: directory)]
    policy = ReportPolicy(configuration)
  }

  /// Everything that the command line names.
  static func all(of source: MetricsSource) throws -> [MetricsSubject] {
    let configuration = try source.configuration()
    if source.input != nil { return [MetricsSubject(standardInputOf: configuration)] }
    return try source.journals().map { MetricsSubject($0) }
      + source.logs.map { MetricsSubject(logs: $0, configuration) }
  }

  /// The report of it.
  /// - Parameter window: how far back is recent, in seconds; nil leaves the policy's own.
  /// - Parameter isIncremental: whether reading goes on from where the last report stopped.
  func report(_ selection: Selection, window: Double?, isIncremental: Bool, _ now: Timestamp) -> Report {
    var policy = policy
    if let window { policy.recentWindow = window }
    var reader = MetricsReader()
    reader.selection = selection
    reader.checkpoint = isIncremental ? checkpoint : nil
    return Report(fold: reader.fold(directories), policy: policy, now: now, lastSweep: lastSweep)
  }
}
