/// When the files of the journal are to be renamed: by their size, or by the age of their first line.
struct RotationPolicy: Hashable, Sendable {
  /// How large a file may be; nil sets no limit.
  var size: Int64?
  /// How old its first line may be; nil sets no limit.
  var age: Duration?
  /// The same for the audit stream, which is kept when the others are not.
  var auditAge: Duration?
  /// Whether everything is rotated now, whatever its size and age.
  var isDemanded = false

  /// A file is so large at most where nothing else is said.
  private static let usualSize: Int64 = 64 << 20

  /// What the configuration asks for; nil when it asks for nothing.
  ///
  /// Eight files make up what is kept, so that what is pruned at a time is an eighth of it.
  init?(_ retention: Configuration.Retention) {
    let (keptSize, keptAge) = (retention.maximumSize, retention.maximumAge)
    let isOn =
      keptSize != nil || keptAge != nil || retention.rotationSize != nil || retention.rotationAge != nil
      || retention.maximumAuditAge != nil
    guard isOn else { return nil }
    size = retention.rotationSize ?? keptSize.map { min(Self.usualSize, max(64 << 10, $0 / 8)) } ?? Self.usualSize
    age = retention.rotationAge ?? keptAge.map(Self.part)
    auditAge = retention.maximumAuditAge.map(Self.part)
  }

  /// Rotates everything now.
  static let now = RotationPolicy()

  private init() { isDemanded = true }

  private static func part(of age: Duration) -> Duration { min(.seconds(7 * 86_400), max(.seconds(3600), age / 8)) }
}

/// Which streams are to be rotated.
///
/// Pure. The streams but audit are rotated together, so that what belongs together stays together: a result lies in a file
/// that was begun when that of its ending was.
struct RotationPlan: Hashable {
  /// What is known of a stream's file.
  struct File: Hashable {
    let stream: Stream
    let size: Int64
    /// When its first line was written; nil when it does not tell.
    let begun: Timestamp?
  }

  /// The streams to rotate, in the order of writing.
  let streams: [Stream]

  init(_ files: [File], now: Timestamp, policy: RotationPolicy) {
    let filled = files.filter { $0.size > 0 }
    let work = filled.filter { $0.stream != .audit }
    let audit = filled.filter { $0.stream == .audit }
    let isWorkDue = policy.isDemanded || work.contains { policy.isDue($0, now, policy.age) }
    let isAuditDue = policy.isDemanded || audit.contains { policy.isDue($0, now, policy.auditAge) }
    streams = ((isWorkDue ? work : []) + (isAuditDue ? audit : [])).map(\.stream)
  }
}

extension RotationPolicy {
  fileprivate func isDue(_ file: RotationPlan.File, _ now: Timestamp, _ age: Duration?) -> Bool {
    if let size, file.size >= size { return true }
    guard let age, let begun = file.begun else { return false }
    return now.seconds(since: begun) >= age.seconds
  }
}

extension Stream {
  /// The name of a file of the stream that is rotated at `time`: sorted by name, such files are sorted by time.
  func rotatedName(at time: Timestamp, number: Int = 1) -> String {
    let fields = time.calendarFields
    let stamp =
      decimal(fields.year, digits: 4) + decimal(fields.month, digits: 2) + decimal(fields.day, digits: 2) + "T"
      + decimal(fields.hour, digits: 2) + decimal(fields.minute, digits: 2) + decimal(fields.second, digits: 2) + "Z"
    return "\(fileName.dropLast(".ndjson".utf8.count))-\(stamp)\(number > 1 ? "-\(number)" : "").ndjson"
  }
}
